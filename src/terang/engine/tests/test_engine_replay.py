"""Kept evidence and two policies side by side: the same scores as the engine gives, nobody lost or doubled."""

from dataclasses import fields, replace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terang.engine import EvidenceError, evaluate
from terang.engine.kept import Keeper, scored, values_of
from terang.engine.replay import MOVEMENTS, Tally, compare
from terang.engine.simulation import Plan, simulated
from terang.rules.assumed_pay import AssumedPay
from terang.rules.policies import PRESETS, Policy, load_preset
from terang.rules.policies.knobs import groups, turned
from terang.rules.tables import PEOPLE, TOTALS

PEOPLE_COUNT = 230
BATCH = 60
"""Not a multiple of the size of a unit: some units come along with two batches."""

PAY = AssumedPay(3_000_000, 12, "ladder", 10_000, steps=((9_000, 10_000), (8_000, 8_500), (0, 4_000)))


def evidence(policy: Policy, family: str = "") -> dict[str, pl.DataFrame]:
    aspects = tuple(aspect.code for each in policy.instruments for aspect in each.aspects) or ("a",)
    frames = dict(simulated(Plan(PEOPLE_COUNT, seed=5, aspects=aspects), 1, PEOPLE_COUNT))
    variant = pl.when(pl.col("employee_id") % 3 == 0).then(pl.lit(policy.variant_for(family))).otherwise(pl.lit(""))
    frames["people"] = frames["people"].with_columns(variant=variant)
    return frames


def keep(folder, frames, family=""):
    with Keeper(folder) as keeper:
        for first in range(1, PEOPLE_COUNT + 1, BATCH):
            ids = range(first, min(first + BATCH, PEOPLE_COUNT + 1))
            units = {(number - 1) // 25 + 1 for number in ids}
            rows = {name: _part(frame, ids, units).rows() for name, frame in frames.items()}
            keeper.add(rows, [(n, "pelaksana", "pns", family if n % 3 == 0 else "") for n in ids])
    return folder


def _part(frame, ids, units):
    by, members = ("employee_id", list(ids)) if "employee_id" in frame.columns else ("unit_id", list(units))
    return frame.filter(pl.col(by).is_in(members))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return keep(tmp_path_factory.mktemp("kept") / "makassar", evidence(load_preset("makassar")))


@pytest.mark.parametrize(("code", "family"), [(code, "") for code in PRESETS] + [("mamuju", "guru")])
def test_kept_evidence_gives_the_totals_of_the_engine_to_the_digit(tmp_path, code, family):
    policy = load_preset(code)
    frames = evidence(policy, family)
    folder = keep(tmp_path / "kept", frames, family)
    official = evaluate(frames, policy).totals.select(TOTALS.names)
    assert scored(folder, policy, "uji").equals(official)
    assert official["total_bp"].is_not_null().any()


def test_another_policy_than_the_one_gathered_under_puts_people_into_its_own_variants(tmp_path):
    gathered, tried = load_preset("makassar"), load_preset("mamuju")
    folder = keep(tmp_path / "kept", evidence(gathered), "guru")
    people = values_of(folder, tried, "uji").select(PEOPLE.names)
    assert people.filter(pl.col("employee_id") % 3 == 0)["variant"].unique().to_list() == [tried.variant_for("guru")]
    assert people.filter(pl.col("employee_id") % 3 != 0)["variant"].unique().to_list() == [""]


def test_an_unchanged_policy_moves_nobody(kept):
    policy = load_preset("makassar")
    found = compare(kept, policy, policy, "uji", PAY)
    assert found.whole.people == PEOPLE_COUNT
    assert found.whole.stayed == PEOPLE_COUNT
    assert found.whole.better == found.whole.worse == found.whole.fell == found.whole.rose == 0
    assert found.whole.paid_before == found.whole.paid_after > 0
    assert [before for before, _ in found.histogram()] == [after for _, after in found.histogram()]
    assert all(before == after for before, after in found.crossed("work"))


weights = st.dictionaries(
    st.sampled_from([g.knob(code) for g in groups(load_preset("makassar")) for code in g.values_bp]),
    st.integers(1, 10_000),
)
limits = st.fixed_dictionaries(
    {}, optional={"standard": st.integers(0, 12_000), "least_coverage": st.integers(0, 10_000)}
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weights, limits)
def test_nobody_is_lost_or_doubled_and_parts_add_up(kept, wanted, others):
    policy = load_preset("makassar")
    found = compare(kept, policy, turned(policy, wanted | others), "uji", PAY)
    whole = found.whole
    assert sorted(move.employee_id for move in found.moves()) == list(range(1, PEOPLE_COUNT + 1))
    assert whole.up + whole.down + whole.appeared + whole.vanished + whole.stayed == whole.people == PEOPLE_COUNT
    assert whole.below_after == whole.below_before + whole.fell - whole.rose
    for tallies in (found.by_unit(), found.by("kind"), found.by("status"), found.by("category")):
        assert sum(tallies.values(), Tally()) == whole
    assert sum(found.crossed("work").values()) == sum(found.crossed("behaviour").values()) == PEOPLE_COUNT
    assert sum(after for _, after in found.histogram()) == whole.known_after
    for movement in MOVEMENTS:
        assert len(list(found.moves(movement))) == getattr(whole, movement)


def _of_two_measures() -> Policy:
    policy = load_preset("makassar")
    plan, attendance = policy.aspects[0].measures[0], policy.aspects[3].measures[0]
    results = replace(policy.aspects[0], weight_bp=5_000, measures=(replace(plan, share_bp=10_000),))
    discipline = replace(policy.aspects[3], weight_bp=5_000, measures=(replace(attendance, share_bp=10_000),))
    return replace(policy, aspects=(results, discipline), work_rating=replace(policy.work_rating, aspects=("hasil",)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 9_998), st.integers(1, 4_000))
def test_of_two_measures_more_weight_for_one_never_lowers_who_is_better_in_it(kept, weight, more):
    """A total of two scores lies between them, nearer to the one that weighs more: true for who has both."""
    policy = _of_two_measures()
    before = turned(policy, {"w..hasil": weight}, ["w..hasil"])
    after = turned(policy, {"w..hasil": min(weight + more, 9_999)}, ["w..hasil"])
    totals = pl.concat(
        [
            scored(kept, before, "uji").select("employee_id", before="total_bp"),
            scored(kept, after, "uji").select(after="total_bp"),
            values_of(kept, policy, "uji").select(
                results=pl.col("m0__value_bp").clip(0, 12_000), discipline=pl.col("m1__value_bp").clip(0, 10_000)
            ),
        ],
        how="horizontal",
    ).drop_nulls()
    assert totals.height > 100
    better = totals.filter(pl.col("results") >= pl.col("discipline"))
    worse = totals.filter(pl.col("results") <= pl.col("discipline"))
    assert better.height
    assert worse.height
    assert (better["after"] >= better["before"]).all()
    assert (worse["after"] <= worse["before"]).all()


def test_money_by_hand(kept):
    """Ladder: a total of 90 and more is paid in full, of 80 and more 85 %, below 40 %."""
    policy = load_preset("makassar")
    move = next(move for move in compare(kept, policy, policy, "uji", PAY).moves() if move.total_before)
    share = 10_000 if move.total_before >= 9_000 else 8_500 if move.total_before >= 8_000 else 4_000
    assert move.paid_before == 3_000_000 * share // 10_000 * 12


@pytest.mark.parametrize(
    ("pay", "total", "rating", "paid"),
    [
        (AssumedPay(1_000_001, 1, "score", 0), 5_000, "below", 500_001),
        (AssumedPay(1_000_000, 3, "score", 0), 12_000, "above", 3_000_000),
        (AssumedPay(1_000_000, 2, "score", 7_000), None, "none", 1_400_000),
        (AssumedPay(1_000_000, 1, "class", 0, {"above": 10_000, "meets": 8_000, "below": 5_000}), 5, "meets", 800_000),
        (AssumedPay(1_000_000, 1, "class", 2_500, {"above": 10_000, "meets": 0, "below": 0}), 9_000, "none", 250_000),
        (AssumedPay(6_000_000, 1, "ladder", 0, steps=((8_000, 8_500), (7_000, 7_000))), 8_000, "meets", 5_100_000),
        (AssumedPay(6_000_000, 1, "ladder", 0, steps=((8_000, 8_500), (7_000, 7_000))), 7_999, "meets", 4_200_000),
        (AssumedPay(6_000_000, 1, "ladder", 0, steps=((8_000, 8_500), (7_000, 7_000))), 6_999, "meets", 0),
    ],
)
def test_each_manner_of_paying_by_hand(pay, total, rating, paid):
    import narwhals as nw

    from terang.rules.assumed_pay import paid_idr, paid_share_bp

    frame = pl.DataFrame({"t": [total], "r": [rating]}, schema={"t": pl.Int64, "r": pl.String})
    found = nw.from_native(frame).select(paid=paid_idr(pay, paid_share_bp(pay, "t", "r"))).to_native()
    assert found["paid"].to_list() == [paid]


def test_a_failed_copy_leaves_nothing_that_could_be_read(tmp_path):
    with pytest.raises(EvidenceError), Keeper(tmp_path / "kept") as keeper:
        keeper.add({"people": [("bukan angka", 1, True, "")]}, [])
    assert not list((tmp_path / "kept").rglob("*.parquet"))


def test_groups_of_other_people_are_refused(tmp_path):
    frames = evidence(load_preset("makassar"))
    with Keeper(tmp_path / "kept") as keeper:
        keeper.add({name: frame.rows() for name, frame in frames.items()}, [(1, "pelaksana", "pns", "")])
    with pytest.raises(EvidenceError, match="groups"):
        compare(tmp_path / "kept", load_preset("makassar"), load_preset("makassar"), "uji")


def test_a_tally_adds_every_count():
    one = Tally(*range(1, len(fields(Tally)) + 1))
    assert one + Tally() == one
    assert (one + one).paid_after == 2 * one.paid_after
    assert Tally(known_before=3, sum_before=10).mean_before_bp == 3
    assert Tally().mean_after_bp is None
