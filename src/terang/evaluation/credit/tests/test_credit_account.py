"""What evaluations and documents add up to: golden cases of PerBKN 3/2023, and that no month counts twice."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import TODAY

from terang.evaluation.appraisals.models import Objection
from terang.evaluation.credit.account import formula, thawed
from terang.evaluation.credit.selectors import accounts_of
from terang.rules.regulations.rounding import half_up


def shown(lines):
    return [(line.span, line.predicate, str(line.points)) for line in lines]


def test_the_example_of_the_personnel_board(clinic):
    """2023 Sangat Baik, then January and February Baik: 18.75 + 2.08 = 20.83."""
    clinic.posts(("ahli_pertama", date(2023, 1, 1), None))
    clinic.rate(2023, "sangat_baik")
    clinic.rate(2024, "baik", months=(1, 1))
    clinic.rate(2024, "baik", months=(2, 2))
    account = clinic.account
    assert shown(account.lines) == [("Januari–Desember 2023", "sangat_baik", "18.75")]
    assert [line.span for line in account.early] == ["Januari 2024", "Februari 2024"]
    assert half_up(sum(line.exact for line in account.through(date(2024, 3, 1))), 2) == Decimal("20.83")


def test_a_year_is_converted_once_whatever_its_months_said(clinic):
    clinic.rate(2025, "sangat_baik", months=(1, 3))
    clinic.rate(2025, "baik")
    account = clinic.account
    assert shown(account.lines) == [("Januari–Desember 2025", "baik", "12.50")]
    assert account.early == []


@pytest.mark.parametrize(
    ("start", "end", "span", "points"),
    [
        (date(2025, 6, 1), None, "Juni–Desember 2025", "7.29"),
        (date(2025, 6, 2), None, "Juli–Desember 2025", "6.25"),
        (date(2020, 1, 2), date(2025, 8, 1), "Januari–Juli 2025", "7.29"),
    ],
    ids=["from the first", "not from the second", "until the post ended"],
)
def test_only_whole_months_on_the_post_count(clinic, start, end, span, points):
    clinic.posts(*([("ahli_pertama", start, end)] + ([("ahli_pertama", date(2026, 11, 1), None)] if end else [])))
    clinic.rate(2025)
    assert shown(clinic.account.lines) == [(span, "baik", points)]


def test_a_new_level_begins_at_nothing_and_the_old_one_stays_readable(clinic):
    clinic.posts(("ahli_pertama", date(2020, 1, 1), date(2025, 8, 1)), ("ahli_muda", date(2025, 8, 1), None))
    clinic.rate(2024)
    clinic.rate(2025, "sangat_baik")
    account = clinic.account
    assert shown(account.past) == [
        ("Januari–Desember 2024", "baik", "12.50"),
        ("Januari–Juli 2025", "sangat_baik", "10.94"),
    ]
    assert shown(account.lines) == [("Agustus–Desember 2025", "sangat_baik", "15.63")]
    assert (account.level, str(account.total)) == ("ahli_muda", "15.63")


def test_nothing_before_the_rule_and_nothing_a_document_has_counted(clinic):
    clinic.rate(2022)
    clinic.rate(2023)
    assert [line.year for line in clinic.account.lines] == [2023]
    clinic.grant(points=Decimal("40"), day=date(2023, 6, 30))
    account = clinic.account
    assert [line.span for line in account.lines] == ["", "Juli–Desember 2023"]
    assert str(account.total) == "46.25"


def test_an_education_adds_a_quarter_of_the_next_rank_and_covers_no_month(clinic):
    clinic.rate(2025)
    clinic.grant("pendidikan", None, date(2025, 12, 1))
    assert str(clinic.account.total) == "25.00"


def test_a_result_changed_by_an_objection_counts_as_changed(clinic, cast):
    row = clinic.rate(2025, "butuh_perbaikan")
    assert str(clinic.account.total) == "9.38"
    days = {"filed_on": TODAY, "last_day": TODAY, "decision_due": TODAY}
    Objection.objects.create(
        appraisal=row,
        text="…",
        outcome="berubah",
        predicate="baik",
        work_result="meets",
        behaviour="meets",
        form_key=uuid4(),
        **days,
    )
    assert str(clinic.account.total) == "12.50"


@pytest.mark.parametrize("state", ["diserahkan", "diterima", "keberatan"])
def test_what_is_not_final_waits(clinic, state):
    clinic.rate(2025, state=state)
    account = clinic.account
    assert account.lines == []
    assert [row.state for row in account.waiting] == [state]


@pytest.mark.parametrize("state", ["draf", "ditetapkan"])
def test_what_the_employee_was_not_told_is_not_there(clinic, state):
    clinic.rate(2025, state=state, predicate="baik")
    assert clinic.account.waiting == []


def test_who_stands_in_or_is_no_civil_servant_for_good_earns_nothing(clinic, cast):
    cast.rina.refresh_from_db()
    assert cast.rina.status == "pppk"
    assert accounts_of([cast.rina], TODAY) == {}
    clinic.siti.assignments.update(kind="plt")
    clinic.rate(2025)
    assert (clinic.account.level, clinic.account.lines) == ("", [])


def test_an_unknown_level_is_told_not_guessed(clinic, cast):
    cast.posts["nurse"].level = "Ahli Super"
    cast.posts["nurse"].save()
    clinic.rate(2025)
    assert (clinic.account.unknown_level, clinic.account.lines) == ("Ahli Super", [])


def test_what_is_asked_next_follows_the_rank(clinic):
    clinic.rate(2025)
    assert str(clinic.account.standing.next_rank) == "50"
    clinic.siti.rank = "III/b"
    found = clinic.account.standing
    assert (found.next_rank, str(found.to_next_level)) == (None, "87.50")


def test_a_line_says_how_it_came_about_and_survives_freezing(clinic):
    clinic.posts(("ahli_muda", date(2025, 6, 1), None))
    clinic.rate(2025)
    (line,) = clinic.account.lines
    assert formula(line) == "7/12 × 100\u00a0% × 25 = 14,58"
    assert thawed(line.frozen()) == line


def test_a_page_of_people_costs_four_queries(clinic, cast):
    people = [clinic.siti, cast.lina, cast.dewi, cast.andi]
    for year in (2023, 2024, 2025):
        clinic.rate(year)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        accounts_of(people, TODAY)
    assert len(asked) == 4
