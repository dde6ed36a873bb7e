"""Every golden case of the national rules, from the TOML files beside, which an official can read and check."""

import csv
import tomllib
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from terang.rules.errors import RuleInputError
from terang.rules.regulations import credit as credit_rule
from terang.rules.regulations.clocks import check_objection, due_date
from terang.rules.regulations.distribution import check_distribution, counts_from_sequence
from terang.rules.regulations.quadrant import quadrant
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.sample_size import sample_size
from terang.rules.regulations.satisfaction import grade, satisfaction_from_answers, satisfaction_from_means
from terang.rules.regulations.study_leave import study_leave_band
from terang.rules.regulations.words import PREDICATES
from terang.rules.regulations.working_days import Calendar, deadline, national_calendar
from terang.rules.regulations.working_time import Shift, schedule_problems, weekly_minutes
from terang.rules.tables import ELEMENTS

CASES = Path(__file__).parent / "cases"


def golden(name: str, section: str = "cases") -> Any:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))[section]


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def each(name: str, section: str = "cases") -> pytest.MarkDecorator:
    found = golden(name, section)
    return pytest.mark.parametrize("case", found, ids=[case.get("id", str(n)) for n, case in enumerate(found)])


def calendar(holidays: str | list[date]) -> Calendar:
    return national_calendar() if isinstance(holidays, str) else Calendar(frozenset(holidays))


@each("quadrant")
def test_quadrant(case: dict[str, Any]) -> None:
    assert quadrant(case["hasil"], case["perilaku"]) == case["predikat"]


@each("quadrant", "refused")
def test_quadrant_refuses(case: dict[str, Any]) -> None:
    with pytest.raises(RuleInputError, match=case["pesan"]):
        quadrant(case["hasil"], case["perilaku"])


@each("distribution")
def test_distribution(case: dict[str, Any]) -> None:
    check = check_distribution(case["organisasi"], counts_from_sequence(case["jumlah"]), case.get("pada"))
    assert check.ok == (not case["peringatan"])
    assert len(check.warnings) == len(case["peringatan"])
    for warning, expected in zip(check.warnings, case["peringatan"], strict=True):
        assert expected in warning


@each("distribution", "refused")
def test_distribution_refuses(case: dict[str, Any]) -> None:
    with pytest.raises(RuleInputError, match=case["pesan"]):
        check_distribution(case["organisasi"], counts_from_sequence(case["jumlah"]))


@each("credit")
def test_credit(case: dict[str, Any]) -> None:
    assert str(credit_rule.credit(case["jenjang"], case["predikat"], case["bulan"])) == case["hasil"]


@pytest.mark.parametrize("level", list(golden("credit", "yearly")))
def test_credit_of_a_full_year(level: str) -> None:
    amounts = [str(credit_rule.credit(level, predicate)) for predicate in PREDICATES]
    assert amounts == golden("credit", "yearly")[level]


@each("credit", "sums")
def test_credit_accumulates(case: dict[str, Any]) -> None:
    periods = [credit_rule.CreditPeriod(**period) for period in case["periods"]]
    assert str(credit_rule.accumulate(periods)) == case["hasil"]


@each("credit", "refused_sums")
def test_credit_refuses_to_accumulate(case: dict[str, Any]) -> None:
    with pytest.raises(RuleInputError, match=case["pesan"]):
        credit_rule.accumulate([credit_rule.CreditPeriod(**period) for period in case["periods"]])


@each("credit", "refused")
def test_credit_refuses(case: dict[str, Any]) -> None:
    with pytest.raises(RuleInputError, match=case["pesan"]):
        credit_rule.credit(case["jenjang"], case["predikat"], case["bulan"])


@each("deadlines")
def test_deadline(case: dict[str, Any]) -> None:
    assert deadline(case["mulai"], case["hari_kerja"], calendar(case["libur"])) == case["jatuh"]


@each("deadlines", "clocks")
def test_clock(case: dict[str, Any]) -> None:
    assert due_date(case["tenggat"], case["mulai"], calendar(case["libur"])) == case["jatuh"]


@each("deadlines", "objections")
def test_objection(case: dict[str, Any]) -> None:
    check = check_objection(case["diterima"], case["diajukan"], calendar(case["libur"]), final_result=case.get("final"))
    assert check.accepted is case["boleh"]
    assert case["alasan"] in check.reason
    assert (check.decision_due is not None) is case["boleh"]


@each("working_time")
def test_weekly_schedule(case: dict[str, Any]) -> None:
    week = [Shift(time.fromisoformat(start), time.fromisoformat(end), rest) for start, end, rest in case["minggu"]]
    problems = schedule_problems(week, ramadan=case["ramadan"])
    assert len(problems) == len(case["masalah"])
    for problem, expected in zip(problems, case["masalah"], strict=True):
        assert expected in problem
    if not case["masalah"]:
        assert sum(shift.minutes for shift in week) == weekly_minutes(ramadan=case["ramadan"])


@each("study_leave")
def test_study_leave_band(case: dict[str, Any]) -> None:
    assert study_leave_band(case["program"], Decimal(case["ipk"])) == case["predikat"]


@each("study_leave", "refused")
def test_study_leave_band_refuses(case: dict[str, Any]) -> None:
    with pytest.raises(RuleInputError, match=case["pesan"]):
        study_leave_band(case["program"], Decimal(case["ipk"]))


def test_sample_size_reproduces_the_whole_table() -> None:
    table = {int(population): sample for population, sample in golden("sample_size", "table").items()}
    assert len(table) > 60
    assert {population: sample_size(population) for population in table} == table


def test_sample_size_refuses_nobody() -> None:
    with pytest.raises(RuleInputError, match="Populasi 0"):
        sample_size(0)


@each("ikm", "grades")
def test_ikm_is_rounded_half_up_before_it_is_graded(case: dict[str, Any]) -> None:
    value = half_up(Fraction(case["exact"]), 2)
    assert str(value) == case["ikm"]
    assert grade(value) == case["kelas"]


@each("ikm", "published")
def test_ikm_grade_as_published(case: dict[str, Any]) -> None:
    assert grade(Decimal(case["ikm"])) == case["kelas"]


@each("ikm", "misprinted")
def test_ikm_grade_printed_by_the_old_limits(case: dict[str, Any]) -> None:
    assert grade(Decimal(case["ikm"])) == case["kelas"]
    assert grade(Decimal(case["ikm"]), date(2016, 6, 1)) == case["tercetak"]


@each("ikm", "weights")
def test_ikm_weights(case: dict[str, Any]) -> None:
    result = satisfaction_from_answers([dict.fromkeys(ELEMENTS, case["jawaban"])], case["bobot"])
    assert str(result.value) == case["ikm"]


@pytest.mark.parametrize("value", ["24.99", "100.01"])
def test_ikm_outside_the_scale_has_no_grade(value: str) -> None:
    with pytest.raises(RuleInputError, match="di luar 25 sampai 100"):
        grade(Decimal(value))


@pytest.mark.parametrize("row", rows("ikm_published"), ids=lambda row: row["case"])
def test_ikm_of_published_surveys(row: dict[str, str]) -> None:
    means = {element: Fraction(row[f"u{number}"]) for number, element in enumerate(ELEMENTS, start=1)}
    result = satisfaction_from_means(means, row["weights"], int(row["respondents"]))
    assert result.grade == row["grade"]
    places = len(row["published"].partition(".")[2])
    # A running value was made from unrounded means, of which only six decimals are known.
    tolerance = Decimal(0) if places == 2 else Decimal("0.0001")
    off = abs(half_up(result.index, places) - Decimal(row["published"]))
    assert (off <= tolerance) is (row["agrees"] == "yes")


def test_ikm_of_a_running_survey_agrees_after_every_respondent() -> None:
    answers: list[dict[str, int | None]] = []
    for row in rows("ikm_respondents"):
        answers.append({element: int(row[f"u{number}"]) for number, element in enumerate(ELEMENTS, start=1)})
        result = satisfaction_from_answers(answers)
        assert result.index == Fraction(int(row["running_total"]) * 25, 9 * len(answers))
        assert abs(result.index - Fraction(row["running_ikm"])) < Fraction(1, 10_000)
    assert len(answers) == 10
