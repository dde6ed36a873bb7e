"""Where an indicator stands: beside what is due today and the target of the year."""

from datetime import date

import pytest

from terang.planning.goals.models import KeyIndicator, Reading, YearTarget
from terang.planning.goals.presenting import course, figure
from terang.planning.goals.standing import LiveValue, State, due_on, standings

TODAY = date(2026, 11, 24)
COURSE = (20_000, 40_000, 60_000)


def stand(milli, day=date(2026, 11, 1), on=TODAY, target=80_000, most=None, quarters=COURSE, live=None, **values):
    targets = []
    if target is not None:
        named = {f"quarter{place}_milli": value for place, value in enumerate(quarters, start=1)}
        targets.append(YearTarget(year=2026, target_milli=target, target_max_milli=most, **named))
    indicator = Fake(targets, milli, day if milli is not None else None, **values)
    [standing] = standings([indicator], on, live)
    return standing


class Fake:
    """The attributes of an indicator that a standing reads."""

    pk = 1

    def __init__(self, targets, latest_milli, latest_day, direction="higher", baseline_milli=None, measure=""):
        self.near_targets, self.latest_milli, self.latest_day = targets, latest_milli, latest_day
        self.direction, self.baseline_milli, self.measure = direction, baseline_milli, measure


@pytest.mark.parametrize(
    ("milli", "state"),
    [
        (80_000, State.REACHED),
        (79_999, State.ON_COURSE),
        (60_000, State.ON_COURSE),
        (59_999, State.BEHIND),
        (None, State.NO_VALUE),
    ],
)
def test_a_value_is_judged_by_the_last_quarter_that_has_ended(milli, state):
    assert stand(milli).state is state


def test_what_is_due_is_the_quarter_before_and_the_target_at_the_end_of_the_year():
    target = YearTarget(year=2026, target_milli=80_000, quarter1_milli=20_000, quarter3_milli=60_000)
    indicator, targets = KeyIndicator(direction="higher"), {2026: target}
    assert due_on(indicator, targets, date(2026, 3, 30)) is None
    assert due_on(indicator, targets, date(2026, 3, 31)).milli == 20_000
    assert due_on(indicator, targets, date(2026, 9, 29)).milli == 20_000, "a quarter without its own value asks nothing"
    assert due_on(indicator, targets, date(2026, 9, 30)).milli == 60_000
    assert due_on(indicator, targets, date(2026, 12, 31)).milli == 80_000
    assert due_on(indicator, {2025: YearTarget(year=2025, target_milli=70_000)}, date(2026, 2, 1)).milli == 70_000


def test_nothing_is_due_before_the_first_agreed_value():
    assert stand(10_000, quarters=()).state is State.NOT_DUE
    assert stand(10_000, target=None).state is State.NO_TARGET


def test_an_old_value_is_asked_for_anew_and_one_of_last_year_is_none():
    assert stand(30_000, day=date(2026, 6, 30)).state is State.OLD
    assert stand(30_000, day=date(2026, 7, 1)).state is State.BEHIND
    assert stand(80_000, day=date(2025, 12, 31)).state is State.NO_VALUE
    assert stand(80_000, day=date(2025, 12, 31)).milli == 80_000, "it is still shown"


@pytest.mark.parametrize(
    ("milli", "state"),
    [(2_000, State.REACHED), (3_000, State.ON_COURSE), (3_001, State.BEHIND), (14_001, State.WORSE)],
)
def test_lower_is_better(milli, state):
    told = {"direction": "lower", "baseline_milli": 14_000, "target": 2_000, "quarters": (5_000, 4_000, 3_000)}
    assert stand(milli, **told).state is state


@pytest.mark.parametrize(
    ("baseline", "target", "milli", "state"),
    [
        (312_000, 260_000, 260_000, State.REACHED),
        (312_000, 260_000, 312_001, State.WORSE),
        (312_000, 260_000, 300_000, State.NOT_DUE),
        (71_000, 83_000, 83_000, State.REACHED),
        (71_000, 83_000, 70_999, State.WORSE),
    ],
)
def test_impact_works_in_both_directions(baseline, target, milli, state):
    told = {"direction": "impact", "baseline_milli": baseline, "target": target, "quarters": ()}
    assert stand(milli, **told).state is state


@pytest.mark.parametrize(
    ("milli", "state"),
    [(2_000, State.REACHED), (8_000, State.REACHED), (1_999, State.BEHIND), (8_001, State.BEHIND)],
)
def test_a_range_is_asked_for_whole(milli, state):
    assert stand(milli, direction="range", target=2_000, most=8_000, quarters=()).state is state


def test_yes_or_no():
    asked = {"direction": "yes_no", "target": 1000, "quarters": (None, None, 1000)}
    assert stand(1000, **asked).state is State.REACHED
    assert stand(0, **asked).state is State.BEHIND


def test_a_count_that_begins_anew_each_year_is_not_worse_than_where_it_began():
    assert stand(58_000, baseline_milli=71_000).state is State.BEHIND
    assert stand(70_000, baseline_milli=71_000, quarters=()).state is State.WORSE


def test_a_measure_is_read_live_and_small_groups_stay_missing():
    live = {1: LiveValue(61_000, 12)}
    assert (stand(1, measure="punctuality", live=live).milli, stand(1, measure="punctuality", live=live).people) == (
        61_000,
        12,
    )
    assert stand(1, measure="punctuality", live={1: LiveValue(None, 4)}).state is State.NO_VALUE
    assert stand(1, measure="punctuality").milli is None, "a value by hand does not stand in"


def test_the_way_from_the_baseline_is_drawn_between_its_ends():
    def way(milli, **values):
        return stand(milli, **{"baseline_milli": 60_000, **values}).reached_percent

    assert (way(70_000), way(100_000), way(10_000)) == (50, 100, 0)
    assert (
        way(None)
        is way(70_000, baseline_milli=None)
        is way(70_000, target=None)
        is way(1, baseline_milli=80_000)
        is None
    )


def test_the_course_has_gaps_and_leaves_corrected_values_out():
    indicator = KeyIndicator(direction="higher", unit_label="%", baseline_milli=10_000, baseline_year=2024)
    target = YearTarget(year=2026, target_milli=80_000, quarter1_milli=20_000, quarter3_milli=60_000)
    right = Reading(pk=2, day=date(2026, 2, 2), value_milli=22_000)
    wrong = Reading(pk=1, day=date(2026, 2, 3), value_milli=99_000)
    wrong._state.fields_cache["correction"], right._state.fields_cache["correction"] = right, None
    chart = course(indicator, [target], [wrong, right], TODAY)
    assert chart.labels == ["Awal 2024", "I 2026", "II 2026", "III 2026", "IV 2026"]
    assert chart.series[0].values == [10_000, 22_000, None, None, None]
    assert chart.series[1].values == [10_000, 20_000, None, 60_000, 80_000]
    assert course(indicator, [target], [], TODAY) is None


def test_figures_are_said_with_their_unit():
    assert figure(KeyIndicator(direction="higher", unit_label="%"), 87_500) == "87,5\u00a0%"
    assert figure(KeyIndicator(direction="range", unit_label="°C"), 2_000, 8_000) == "2 sampai 8\u00a0°C"
    assert figure(KeyIndicator(direction="yes_no", unit_label="dokumen"), 0) == "belum"
    assert figure(KeyIndicator(direction="higher", unit_label="%"), None) == "belum ada"
