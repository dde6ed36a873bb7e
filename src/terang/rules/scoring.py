"""From measures to components and totals: cap, weights, what happens to the weight of what is missing, coverage.

Named roundings. "weighted mean": a total is sum(weight × score) / sum(weight), half-up, once, from weights that were
not rounded again. "running weight": the effective weights shown beside it are the steps between running sums, each
rounded half-up, so a person's weights add up to 10,000 exactly.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import narwhals as nw

from terang.rules.layout import Layout, Slot
from terang.rules.measures.arithmetic import half_up, whole
from terang.rules.measures.values import Frame, of_variant
from terang.rules.policies.model import FULL_BP, Policy
from terang.rules.ratings import behaviour_rating, work_result_rating
from terang.rules.tables import COMPONENTS, MEASURE_VALUES, TOTALS


def components(wide: Frame, layout: Layout) -> Frame:
    """`COMPONENTS`: one row per employee, aspect and measure of the policy that holds for the employee."""
    return component_rows(scored_by_variant(wide, layout), layout)


def scored_by_variant(wide: Frame, layout: Layout) -> dict[str, Frame]:
    """The people of each variant of the policy with their scores and effective weights, one row per employee."""
    return {
        variant: with_effective_weights(with_scores(of_variant(wide, variant, layout), slots), slots)
        for variant, slots in layout.slots.items()
    }


def component_rows(scored: Mapping[str, Frame], layout: Layout) -> Frame:
    """`COMPONENTS` from the frames of `scored_by_variant`."""
    return nw.concat(
        [_component_rows(scored[variant], slot) for variant, slots in layout.slots.items() for slot in slots]
    )


def totals(wide: Frame, layout: Layout, policy: Policy) -> Frame:
    """`TOTALS`: one row per employee.

    `insufficient` where less than the policy's least coverage of what applies to the person has evidence: then there is
    no total, no warning and no suggested rating. Measures made of contacts with citizens do not apply to somebody whose
    work serves none; the coverage shown is that of the whole policy all the same.
    """
    parts: list[Frame] = []
    for variant, slots in layout.slots.items():
        people = of_variant(wide, variant, layout)
        scored = with_scores(with_scores(people, slots), layout.behaviour)
        parts.append(_totals_of(scored, slots, layout.behaviour, policy))
    return nw.concat(parts)


def with_scores(frame: Frame, slots: Sequence[Slot]) -> Frame:
    """Adds for each slot `PLACE__score` (missing where its weight is shared out, 0 where held) and `PLACE__weight`."""
    frame = frame.with_columns(**{f"{slot.place}__score": _score(slot) for slot in slots})
    weights = {
        f"{slot.place}__weight": nw.when(~nw.col(f"{slot.place}__score").is_null())
        .then(whole(slot.weight_bp))
        .otherwise(whole(0))
        for slot in slots
    }
    return frame.with_columns(**weights)


def _score(slot: Slot) -> nw.Expr:
    capped = nw.col(f"{slot.use}__value_bp").clip(0, slot.cap_bp)
    if not slot.hold:
        return capped
    held = capped.is_null() & nw.col("serves_citizens") if slot.citizens else capped.is_null()
    return nw.when(held).then(whole(0)).otherwise(capped)


def with_effective_weights(frame: Frame, slots: Sequence[Slot]) -> Frame:
    """Adds `PLACE__effective`: weights in basis points that add up to 10,000, or all zero where nothing counts."""
    weights = [nw.col(f"{slot.place}__weight") for slot in slots]
    sums = {f"{slot.place}__sum": nw.sum_horizontal(*weights[: i + 1]) for i, slot in enumerate(slots)}
    frame = frame.with_columns(**sums)
    everything = nw.col(f"{slots[-1].place}__sum")
    running = {
        f"{slot.place}__running": half_up(nw.col(f"{slot.place}__sum") * FULL_BP, everything).fill_null(0)
        for slot in slots
    }
    frame = frame.with_columns(**running)
    effective, before = {}, whole(0)
    for slot in slots:
        after = nw.col(f"{slot.place}__running")
        effective[f"{slot.place}__effective"] = after - before
        before = after
    return frame.with_columns(**effective)


def _component_rows(scored: Frame, slot: Slot) -> Frame:
    value = nw.col(f"{slot.use}__value_bp")
    behind = [name for name in MEASURE_VALUES.names if name in COMPONENTS.names[-4:]]
    return scored.select(
        "employee_id",
        aspect=nw.lit(slot.aspect),
        measure=nw.lit(slot.measure),
        value_bp=value,
        score_bp=nw.col(f"{slot.place}__score"),
        capped=nw.when((value > slot.cap_bp) | (value < 0)).then(nw.lit(True)).otherwise(nw.lit(False)),
        weight_bp=whole(slot.weight_bp),
        effective_weight_bp=nw.col(f"{slot.place}__effective"),
        **{name: nw.col(f"{slot.use}__{name}") for name in behind},
    )


def _totals_of(scored: Frame, slots: Sequence[Slot], behaviour: Sequence[Slot], policy: Policy) -> Frame:
    in_rating = [slot for slot in slots if slot.aspect in policy.work_rating.aspects]
    frame = scored.with_columns(
        coverage_bp=coverage_bp(slots),
        mean_bp=weighted_mean_bp(slots),
        enough_bp=coverage_bp(slots, of=_applicable),
        work_coverage_bp=coverage_bp(in_rating, of=_applicable),
        work_mean_bp=weighted_mean_bp(in_rating),
        behaviour_coverage_bp=coverage_bp(behaviour, of=_applicable),
        behaviour_mean_bp=weighted_mean_bp(behaviour),
    )
    enough = nw.col("enough_bp") >= max(policy.least_coverage_bp, 1)
    frame = frame.with_columns(
        total_bp=nw.when(enough).then(nw.col("mean_bp")),
        status=nw.when(~enough)
        .then(nw.lit("insufficient"))
        .when(nw.col("coverage_bp") < FULL_BP)
        .then(nw.lit("partial"))
        .otherwise(nw.lit("complete")),
        work_result_bp=nw.when(nw.col("work_coverage_bp") >= max(policy.least_coverage_bp, 1)).then(
            nw.col("work_mean_bp")
        ),
        behaviour_bp=nw.when(nw.col("behaviour_coverage_bp") >= max(policy.least_coverage_bp, 1)).then(
            nw.col("behaviour_mean_bp")
        ),
    )
    below = nw.when(nw.col("total_bp") < policy.standard_bp).then(nw.lit(True)).otherwise(nw.lit(False))
    return frame.with_columns(
        work_result=work_result_rating(policy), behaviour=behaviour_rating(policy), below_standard=below
    ).select(*TOTALS.names)


def _weight(slot: Slot) -> nw.Expr:
    return whole(slot.weight_bp)


def _applicable(slot: Slot) -> nw.Expr:
    """The slot's weight for a person it applies to, or who has evidence for it all the same; otherwise zero."""
    if not slot.citizens:
        return _weight(slot)
    applies = nw.col("serves_citizens") | ~nw.col(f"{slot.use}__value_bp").is_null()
    return nw.when(applies).then(_weight(slot)).otherwise(whole(0))


def coverage_bp(slots: Sequence[Slot], of: Callable[[Slot], nw.Expr] = _weight) -> nw.Expr:
    """Share of the weight `of` these slots that has evidence (a held weight has none), half-up; zero of nothing."""
    with_evidence = _sum(
        nw.when(~nw.col(f"{slot.use}__value_bp").is_null()).then(whole(slot.weight_bp)).otherwise(whole(0))
        for slot in slots
    )
    return half_up(with_evidence * FULL_BP, _sum(of(slot) for slot in slots)).fill_null(0)


def weighted_mean_bp(slots: Sequence[Slot]) -> nw.Expr:
    """Named rounding "weighted mean" over the slots that count. Missing where none does."""
    points = _sum(nw.col(f"{slot.place}__score") * slot.weight_bp for slot in slots)
    return half_up(points, _sum(nw.col(f"{slot.place}__weight") for slot in slots))


def _sum(terms: Iterable[nw.Expr]) -> nw.Expr:
    """The sum of what is not missing; zero where there is nothing, as for a variant without the aspects of a rating."""
    return nw.sum_horizontal(whole(0), *terms)
