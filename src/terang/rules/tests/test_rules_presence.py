"""Presence away from the devices: free hours, places, weeks of a roster; golden cases and properties."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.attendance.day import Day, Shift, day_result
from terang.rules.attendance.place import Point, metres_between, placed
from terang.rules.attendance.weeks import Planned, findings, total, weekly_due, worked
from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set

CASES = tomllib.loads((Path(__file__).parent / "cases" / "presence.toml").read_text(encoding="utf-8"))
HALL = Point(-5_133_400, 119_406_900)


def each(section: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", CASES[section], ids=lambda case: case.get("id", str(case.get("ramadan"))))


@each("days")
def test_free_and_fixed_hours(case: dict[str, Any]) -> None:
    shift = Shift.free(*case["jam"]) if case["dinamis"] else Shift(*case["jam"])
    found = day_result(Day(shift, punches=case["rekaman"]))
    assert (found.status, found.check_in, found.check_out) == (case["status"], case.get("masuk"), case.get("pulang"))
    assert (found.late, found.early) == (case["terlambat"], case["cepat"])


@each("places")
def test_where_a_record_stands(case: dict[str, Any]) -> None:
    reading = Point(*case["baca"]) if "baca" in case else None
    found = placed(reading, case.get("teliti"), [Point(0, 0), HALL], case.get("jarak"))
    assert (found.standing, found.metres) == (case["hasil"], case.get("meter"))
    assert found.nearest == (1 if reading else None)


@each("weeks")
def test_minutes_due_in_a_week(case: dict[str, Any]) -> None:
    assert weekly_due(case["ramadan"]) == case["wajib"]


@each("rosters")
def test_what_stands_out_in_a_roster(case: dict[str, Any]) -> None:
    found = findings([Planned(*shift) for shift in case["sif"]])
    assert [[one.kind, one.day, one.minutes] for one in found] == case["temuan"]


def test_minutes_between_two_records() -> None:
    """Nine hours less an hour's break; four hours have none; over midnight; one record tells nothing."""
    assert worked(480, 1020, 60) == 480
    assert worked(480, 720, 60) == 240
    assert worked(1320, 360, 30) == 450
    assert worked(480, None, 60) is None
    assert (total([(480, 450), (None, 450), (0, 450)]).difference, total([]).gap) == (-870, 0)


def test_rest_and_stays_without_a_break_are_dated(monkeypatch: pytest.MonkeyPatch) -> None:
    day, old = date(2026, 11, 24), rule_set("shifts")
    assert rule_set("shifts", day).confidence == "low"
    with pytest.raises(RuleInputError):
        worked(480, 720, 60, date(1999, 12, 31))
    longer = replace(old, values={"rest_minutes": 660, "no_break_minutes": 180})
    monkeypatch.setattr("terang.rules.attendance.weeks.rule_set", lambda _name, on: longer if on == day else old)
    assert (worked(480, 720, 60), worked(480, 720, 60, day)) == (240, 180)
    two = [Planned(0, 480, 900), Planned(0, 1500, 1900)]
    assert (findings(two), [one.kind for one in findings(two, day)]) == ((), ["short_rest"])


def test_a_point_lies_on_earth() -> None:
    for wrong in ((90_000_001, 0), (0, -180_000_001)):
        with pytest.raises(RuleInputError):
            Point(*wrong)


points = st.builds(Point, latitude=st.integers(-11_000_000, 6_000_000), longitude=st.integers(95_000_000, 141_000_000))


@given(points, points)
def test_a_way_is_as_long_back_and_none_to_itself(one: Point, other: Point) -> None:
    assert metres_between(one, other) == metres_between(other, one) >= 0
    assert metres_between(one, one) == 0


@given(points, st.integers(0, 2_000), st.lists(points, max_size=4), st.integers(1, 2_000), st.integers(0, 2_000))
def test_a_wider_radius_never_puts_somebody_outside(
    reading: Point, accuracy: int, places: list[Point], radius: int, more: int
) -> None:
    before = placed(reading, accuracy, places, radius).standing
    after = placed(reading, accuracy, places, radius + more).standing
    assert not (before == "di_lokasi" and after != "di_lokasi")


shifts = st.builds(
    Planned, day=st.integers(0, 6), start=st.integers(0, 1439), end=st.integers(1440, 2000), break_minutes=st.just(30)
)


@given(st.lists(shifts, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_shifts_are_written_changes_nothing(given_shifts: list[Planned], dice: Any) -> None:
    assert findings(dice.sample(given_shifts, len(given_shifts))) == findings(given_shifts)


@given(st.lists(st.integers(0, 1_439), max_size=6), st.integers(300, 700), st.integers(30, 600))
def test_free_hours_never_cost_minutes(punches: list[int], start: int, length: int) -> None:
    found = day_result(Day(Shift.free(start, start + length), punches=punches))
    assert (found.late, found.early, found.missing_in, found.missing_out) == (0, 0, False, False)
    assert found.status == ("hadir" if punches else "tanpa_keterangan")
