"""Following the journal: who is touched by an entry, and that delivering twice does no harm."""

from datetime import date

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from tests.cast import NOW

from terang.audit.models import JournalEntry
from terang.audit.services import record
from terang.evaluation import followers
from terang.evaluation.models import Period, Score
from terang.evaluation.services import open_periods
from terang.evaluation.tasks import begin_day


def tell(city, verb, name=None, unit=None, **changes):
    with transaction.atomic():
        return record(
            verb,
            actor=None,
            agency_id=city.cast.agency.pk,
            subject_employee_id=city.cast.people[name].pk if name else None,
            unit_id=city.cast.units[unit].pk if unit else None,
            changes=changes,
        )


def results():
    return JournalEntry.objects.filter(verb="evaluation.score_changed").count()


def test_evidence_recomputes_the_person_it_is_about(city):
    city.attend("andi", present=9, absent=1)
    city.serve("andi", timely=3)
    followers.recompute([tell(city, "work.entry_accepted", "andi")])
    score = Score.objects.get()
    assert (score.employee, score.cause, score.changed_at) == (city.cast.andi, "work.entry_accepted", NOW)


def test_delivering_twice_changes_nothing_the_second_time(city):
    city.attend("andi", present=9, absent=1)
    city.serve("andi", timely=3)
    entries = [tell(city, "work.entry_accepted", "andi")]
    followers.recompute(entries)
    first = Score.objects.values().get()
    followers.recompute(entries)
    assert Score.objects.values().get() == first
    assert results() == 1


def test_its_own_entries_and_those_of_other_rooms_are_passed_over(city):
    city.attend("andi", present=9)
    entries = [tell(city, "evaluation.score_changed", "andi"), tell(city, "accounts.signed_in", "andi")]
    followers.recompute([*entries, tell(city, "work.entry_accepted"), tell(city, "colleagues.review_answered", "andi")])
    assert not Score.objects.exists()


def test_an_answer_touches_the_unit_where_its_average_stands_in(city):
    followers.recompute([tell(city, "citizens.survey_answered", "andi", "register")])
    assert set(Score.objects.values_list("employee__name", flat=True)) == {
        "Andi Pratama",
        "Rina Marlina",
        "Hendra Saputra",
    }


def test_other_evidence_touches_only_the_person(city):
    followers.recompute([tell(city, "attendance.day_recorded", "andi", "register")])
    assert Score.objects.get().employee == city.cast.andi


def test_late_evidence_reaches_the_open_month_it_is_about(city):
    [september, *_] = open_periods(agency=city.cast.agency, start=date(2026, 9, 1), end=date(2026, 11, 1))
    followers.recompute([tell(city, "attendance.day_recorded", "andi", day=["2026-09-01", "2026-09-14"])])
    assert september.scores.count() == 1
    assert set(Score.objects.values_list("period__name", flat=True)) == {
        "September 2026",
        "Oktober 2026",
        "November 2026",
    }


def test_a_month_nobody_opened_is_opened_by_the_first_evidence(city):
    Period.objects.all().delete()
    followers.recompute([tell(city, "work.entry_accepted", "andi")])
    assert Score.objects.get().period.name == "November 2026"


@pytest.mark.parametrize("day", [None, "kemarin", 7, []])
def test_a_day_that_cannot_be_read_is_no_reason_to_stop(city, day):
    followers.recompute([tell(city, "work.entry_accepted", "andi", day=day)])
    assert Score.objects.count() == 1


def test_the_first_evidence_of_a_day_computes_everybody_once(city):
    followers.recompute([tell(city, "work.entry_accepted", "andi")])
    followers.recompute([tell(city, "work.entry_accepted", "andi")])
    asked = DBTaskResult.objects.get()
    assert asked.args_kwargs["args"] == [city.cast.agency.pk, "2026-11-24"]
    begin_day.func(*asked.args_kwargs["args"])
    assert Score.objects.count() == 12


def test_the_day_brings_the_warnings_that_are_due(city):
    city.attend("andi", present=1, absent=9)
    city.serve("andi", timely=0, late=3)
    city.compute("andi", as_of=date(2026, 11, 12))
    begin_day.func(city.cast.agency.pk, "2026-11-24")
    assert city.score("andi").warned_on == date(2026, 11, 24)
