"""The same figure before and after a training: with its numbers, or not told where there is too little."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.cast import TODAY

from terang.follow_up.training.effect import effects_of
from terang.follow_up.training.models import PlanItem


@pytest.fixture
def trained(weak):
    """Siti's manner was 62,5; the course was agreed, held and finished."""
    course = weak.course()
    item = weak.agreed(course)
    session = weak.session(course)
    weak.enrol(session, "siti")
    weak.hold(session)
    weak.finish(session)
    weak.item, weak.ended = PlanItem.objects.select_related("employee", "course").get(pk=item.pk), session.ends_on
    return weak


@pytest.mark.parametrize(
    ("marks", "after", "word"), [((4, 4, 3, 4, 4), 9_500, "naik"), ((2, 2, 2, 2, 2), 5_000, "turun")]
)
def test_the_same_figure_of_the_days_after_it(trained, marks, after, word):
    for mark in marks:
        trained.answers("siti", 1, day=trained.ended + timedelta(days=1), perilaku=mark)
    [effect] = effects_of(trained.item, trained.ended + timedelta(days=9))
    assert (effect.before.value_bp, effect.after.value_bp, effect.after.n, effect.word) == (6_250, after, 5, word)


def test_too_few_answers_and_those_of_the_last_day_are_not_told(trained):
    trained.answers("siti", 9, day=trained.ended, perilaku=4)
    trained.answers("siti", 4, day=trained.ended + timedelta(days=1), perilaku=4)
    [effect] = effects_of(trained.item, trained.ended + timedelta(days=9))
    assert (effect.after, effect.word) == (None, "belum dapat dinilai")
    [effect] = effects_of(trained.item, trained.ended)
    assert effect.after is None


def test_answers_of_more_than_half_a_year_later_say_nothing(trained):
    trained.answers("siti", 9, day=trained.ended + timedelta(days=200), perilaku=4)
    [effect] = effects_of(trained.item, trained.ended + timedelta(days=210))
    assert effect.after is None


def test_a_plan_that_did_not_come_true_has_no_effect(weak):
    assert effects_of(weak.agreed(weak.course()), TODAY) == []


def test_the_page_shows_both(trained, sign_in):
    page = sign_in("siti").get(reverse("training:item", args=[trained.item.pk])).content.decode()
    assert "Sebelum dan sesudah" in page
    assert "belum dapat dinilai" in page
