"""What must hold for any evidence under each of the five presets."""

from fractions import Fraction
from typing import Any

from hypothesis import given as such_as
from hypothesis import settings
from hypothesis import strategies as st

from terang.engine import Rows, evaluate_rows
from terang.engine.tests import evidence_rows as given
from terang.rules.policies import PRESETS, load_preset

POLICIES = {code: load_preset(code) for code in PRESETS}
PEOPLE = st.lists(st.integers(1, 6), min_size=1, max_size=6, unique=True)
SOME = settings(max_examples=20, deadline=None)


@st.composite
def worlds(draw: st.DrawFn) -> given.Rows:
    """People and evidence, some of it about people who are not evaluated."""
    employee = st.integers(1, 8)
    count = st.integers(0, 40)

    def several(row: st.SearchStrategy[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return draw(st.lists(row, max_size=8))

    def part(whole: int) -> st.SearchStrategy[int]:
        return st.integers(0, whole)

    month = st.integers(202601, 202612)
    days = count.flatmap(lambda whole: st.tuples(st.just(whole), part(whole)))
    present = days.flatmap(lambda both: st.tuples(st.just(both[0]), st.just(both[1]), part(both[1])))
    answered = st.lists(st.integers(0, 30), min_size=9, max_size=9)
    survey = answered.flatmap(lambda n: st.tuples(st.just(n), st.tuples(*(st.integers(each, 4 * each) for each in n))))
    milli = st.integers(0, 10**6)
    direction = st.sampled_from(["higher", "lower", "range", "yes_no", "impact"])
    world = dict(given.NONE)
    world["people"] = [given.person(each, serves=draw(st.booleans())) for each in draw(PEOPLE)]
    world["attendance"] = several(st.tuples(employee, month, present).map(lambda row: (*row[:2], *row[2])))
    world["reporting"] = several(st.tuples(employee, month, days).map(lambda row: (*row[:2], *row[2])))
    world["tasks"] = several(st.tuples(employee, st.none(), milli, milli, st.booleans()))
    world["plan_results"] = several(
        st.tuples(
            employee,
            st.none(),
            direction,
            st.booleans(),
            st.none() | milli,
            st.none() | milli,
            st.none() | milli,
            st.none() | milli,
            st.integers(0, 10_000),
        )
    )
    world["surveys"] = [given.survey(who, sums, n) for who, (n, sums) in several(st.tuples(employee, survey))]
    world["services"] = several(
        st.tuples(
            employee, month, count, st.none() | count, count, st.integers(0, 9_000), st.integers(0, 20_000), count
        )
    )
    world["complaints"] = several(st.tuples(employee, month, days, count).map(lambda row: (*row[:2], *row[2], row[3])))
    return world


def by_person(result: Rows) -> list[Any]:
    return [result.totals, result.components, result.measures]


@SOME
@such_as(worlds(), st.sampled_from(PRESETS))
def test_nobody_is_lost_or_doubled(world: given.Rows, code: str) -> None:
    policy = POLICIES[code]
    result = evaluate_rows(world, policy)
    people = sorted(row[0] for row in world["people"])
    assert [each.employee_id for each in result.totals] == people
    places = [(aspect.code, rule.code) for aspect in policy.aspects for rule in aspect.measures]
    assert sorted((each.employee_id, each.aspect, each.measure) for each in result.components) == sorted(
        (who, *place) for who in people for place in places
    )
    measures = sorted((each.employee_id, each.measure) for each in result.measures)
    assert len(measures) == len(set(measures))


@SOME
@such_as(worlds(), st.sampled_from(PRESETS), st.randoms())
def test_row_order_is_irrelevant(world: given.Rows, code: str, random: Any) -> None:
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in world.items()}
    one, other = evaluate_rows(world, POLICIES[code]), evaluate_rows(shuffled, POLICIES[code])
    assert by_person(one) == by_person(other)
    assert one.digests == other.digests


@SOME
@such_as(worlds(), st.sampled_from(PRESETS))
def test_totals_weights_and_coverage_agree_with_the_components(world: given.Rows, code: str) -> None:
    policy = POLICIES[code]
    result = evaluate_rows(world, policy)
    for total in result.totals:
        parts = [each for each in result.components if each.employee_id == total.employee_id]
        counted = [(each.weight_bp, each.score_bp) for each in parts if each.score_bp is not None]
        assert sum(each.weight_bp for each in parts) == 10_000
        assert sum(each.effective_weight_bp for each in parts) == (10_000 if counted else 0)
        assert total.coverage_bp == sum(each.weight_bp for each in parts if each.value_bp is not None)
        assert (total.total_bp is None) == (total.status == "insufficient")
        if total.total_bp is not None:
            exact = Fraction(sum(w * s for w, s in counted), sum(w for w, _ in counted))
            assert total.total_bp == int(exact + Fraction(1, 2))
            assert 0 <= total.total_bp <= 12_000
            applicable = sum(each.weight_bp for each in parts if each.reason != "not_applicable")
            assert Fraction(total.coverage_bp, applicable) * 10_000 > policy.least_coverage_bp - 1


@SOME
@such_as(worlds(), st.sampled_from(PRESETS))
def test_missing_is_never_graded_and_always_has_a_reason(world: given.Rows, code: str) -> None:
    for each in evaluate_rows(world, POLICIES[code]).components:
        if each.value_bp is None:
            assert (each.score_bp, each.effective_weight_bp, each.numerator, each.denominator) == (None, 0, None, None)
            assert each.reason in {"no_evidence", "too_few_answers", "no_target", "not_applicable"}
        else:
            assert each.reason in {"ok", "unit_average"}
            assert each.score_bp == min(each.value_bp, each.score_bp or 0)


BETTER = {"attendance": 3, "tasks": 3, "reporting": 3, "complaints": 3, "services": 4}
"""Per table the column in which more is better for the measure made of it."""


@SOME
@such_as(worlds(), st.sampled_from(PRESETS), st.sampled_from(sorted(BETTER)), st.integers(1, 5))
def test_better_evidence_never_lowers_a_score(world: given.Rows, code: str, table: str, more: int) -> None:
    column = BETTER[table]
    better = [(*row[:column], row[column] + more, *row[column + 1 :]) for row in world[table]]
    before, after = evaluate_rows(world, POLICIES[code]), evaluate_rows(world | {table: better}, POLICIES[code])
    measure = {"attendance": "attendance_rate", "services": "service_timeliness"}.get(table)
    for one, other in zip(before.components, after.components, strict=True):
        if one.measure == "punctuality" or (measure and one.measure != measure):
            continue
        assert (one.score_bp or 0) <= (other.score_bp or 0)


@SOME
@such_as(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**5))
def test_a_higher_result_never_lowers_plan_achievement(target: int, actual: int, more: int) -> None:
    def score(direction: str, reached: int) -> int:
        world = given.NONE | {
            "people": [given.person(1)],
            "plan_results": [given.indicator(1, direction, target, reached)],
        }
        values = {each.measure: each.value_bp for each in evaluate_rows(world, POLICIES["palu"]).measures}
        return values["plan_achievement"] or 0

    assert score("higher", actual) <= score("higher", actual + more)
    assert score("lower", actual) >= score("lower", actual + more)


ANSWERED = st.lists(st.integers(0, 60_000), min_size=9, max_size=9).filter(any)


@settings(max_examples=8, deadline=None)
@such_as(st.lists(ANSWERED, min_size=20, max_size=40), st.data())
def test_satisfaction_is_the_exact_fraction_rounded_once(answers: list[list[int]], data: st.DataObject) -> None:
    """Nine different divisors, so nine different fractions; compared with rational arithmetic."""
    sums = [[data.draw(st.integers(each, 4 * each)) for each in answered] for answered in answers]
    world = given.NONE | {
        "people": [given.person(who) for who, _ in enumerate(answers)],
        "surveys": [given.survey(who, sums[who], answered) for who, answered in enumerate(answers)],
    }
    found = {
        each.employee_id: each.value_bp
        for each in evaluate_rows(world, POLICIES["makassar"]).measures
        if each.measure == "citizen_satisfaction"
    }
    for who, answered in enumerate(answers):
        used = [Fraction(total, count) for total, count in zip(sums[who], answered, strict=True) if count]
        exact = int(2_500 * sum(used) / len(used) + Fraction(1, 2))
        assert found[who] == (exact if max(answered) >= 5 else None)
