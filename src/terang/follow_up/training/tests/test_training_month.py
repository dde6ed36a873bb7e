"""The month as a page, the days as a calendar, and a course's effect on the figure that brought people to it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import TODAY

from terang.follow_up.training.effect import course_effects
from terang.follow_up.training.models import PlanItem, TrainingRecord
from terang.follow_up.training.needs import frozen, needs_of_one
from terang.registry.people.models import Employee


def test_the_month_shows_each_day_of_a_session_with_its_seats(office, sign_in):
    session = office.session(office.course(), length=2, ahead=2)
    office.enrol(session, "siti")
    page = sign_in("andi").get(reverse("training:calendar"))
    assert [len(week) for week in page.context["weeks"]] == [7] * len(page.context["weeks"])
    held = [day for week in page.context["weeks"] for day, in_month, rows in week if in_month and rows]
    assert held == [session.starts_on, session.ends_on]
    assert "1 dari 2 kursi" in " ".join(page.content.decode().split())


@pytest.fixture
def trained(weak):
    """Siti and as many others as asked for, all weak at first, took the course and were marked again."""
    course = weak.course()
    need = frozen(needs_of_one(weak.cast.siti, TODAY)[0])
    ended = TODAY + timedelta(days=1)

    def others(number: int, after: int) -> None:
        for each in range(number):
            nip = f"19850101201001{1 + each % 2}{600 + PlanItem.objects.count() + each:03}"
            who = Employee.objects.create(
                agency=weak.cast.agency, nip=nip, name=f"Orang {nip}", status="pns", joined_on=date(2020, 1, 1)
            )
            weak.cast.people[nip] = who
            told = {"proposed_by": who, "answered_by": weak.cast.dewi, "proposed_on": TODAY, "due_on": ended}
            PlanItem.objects.create(
                employee=who, course=course, reason="Ya", need=need, state="terlaksana", form_key=uuid4(), **told
            )
            TrainingRecord.objects.create(
                employee=who,
                course=course,
                title=course.title,
                form="klasikal",
                provider="BKD",
                starts_on=ended,
                ends_on=ended,
                hours=8,
                certificate=nip,
            )
            weak.answers(nip, 5, day=ended + timedelta(days=1), perilaku=after)

    weak.others, weak.trained_course, weak.later = others, course, ended + timedelta(days=9)
    return weak


def test_under_ten_people_no_effect_is_told(trained, sign_in):
    trained.others(9, 4)
    [effect] = course_effects(trained.trained_course, trained.later)
    assert (effect.change, effect.word) == (None, "belum dapat dinilai")
    page = sign_in("andi").get(trained.trained_course.get_absolute_url()).content.decode()
    assert "Baru tampil dari sepuluh orang ke atas" in page


def test_from_ten_on_with_its_interval_and_people_in_full_tens(trained):
    trained.others(10, 4)
    trained.others(4, 1)
    [effect] = course_effects(trained.trained_course, trained.later)
    assert (effect.change.people, effect.change.before_bp, effect.change.after_bp) == (10, 6_250, 10_000)
    assert (effect.word, effect.kind, effect.before, effect.after) == ("naik", "ok", "62,5", "100,0")


def test_an_effect_costs_as_many_questions_for_many_as_for_few(trained, django_assert_max_num_queries):
    trained.others(3, 4)
    with django_assert_max_num_queries(9):
        course_effects(trained.trained_course, trained.later)
    trained.others(12, 3)
    with django_assert_max_num_queries(9):
        course_effects(trained.trained_course, trained.later)
