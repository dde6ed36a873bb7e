"""The development plan: one proposes, the other answers; nobody holds both keys."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from terang.audit.models import JournalEntry
from terang.follow_up.training.models import PlanItem
from terang.follow_up.training.services import (
    CourseWords,
    Wish,
    agree_item,
    decline_item,
    propose_item,
    withdraw_course,
    withdraw_item,
)
from terang.web.errors import NotAllowed, NotNow, Stale


def test_the_person_proposes_with_the_reason_frozen_and_the_appraiser_agrees(weak):
    item = weak.propose(weak.course())
    assert item.need["reasons"][0]["value_bp"] == 6_250
    done = agree_item(actor=weak.viewer("dewi"), item=item, word="Baik.", version=item.version)
    assert (done.state, done.answered_by, done.word) == ("disetujui", weak.cast.dewi, "Baik.")
    verbs = list(JournalEntry.objects.filter(verb__startswith="training.item").values_list("verb", flat=True))
    assert sorted(verbs) == ["training.item_agreed", "training.item_proposed"]


def test_the_appraiser_proposes_and_then_the_person_holds_the_second_key(office):
    item = office.propose(office.course(), who="dewi")
    with pytest.raises(NotAllowed, match="orang kedua"):
        agree_item(actor=office.viewer("dewi"), item=item, word="", version=0)
    assert agree_item(actor=office.viewer("siti"), item=item, word="", version=0).state == "disetujui"


@pytest.mark.parametrize("name", ["siti", "bambang", "maya", "andi", "agus", "mayor", "tono"])
def test_only_the_appraiser_answers_what_the_person_proposed(office, name):
    item = office.propose(office.course())
    with pytest.raises(NotAllowed):
        agree_item(actor=office.viewer(name), item=item, word="", version=0)
    with pytest.raises(NotAllowed):
        decline_item(actor=office.viewer(name), item=item, word="Tidak.", version=0)


@pytest.mark.parametrize("name", ["bambang", "maya", "andi", "lina"])
def test_nobody_else_proposes(office, name):
    course = office.course()
    with pytest.raises(NotAllowed):
        office.propose(course, who=name)


def test_declining_needs_a_word_and_frees_the_course_for_another_try(office):
    course = office.course()
    item = office.propose(course)
    with pytest.raises(ValidationError) as refused:
        decline_item(actor=office.viewer("dewi"), item=item, word=" ", version=0)
    assert list(refused.value.message_dict) == ["word"]
    decline_item(actor=office.viewer("dewi"), item=item, word="Tahun depan.", version=0)
    assert office.propose(course).state == "diusulkan"


def test_a_course_stands_in_a_plan_once(office):
    course = office.course()
    office.propose(course)
    with pytest.raises(NotNow, match="sudah ada dalam rencana"):
        office.propose(course)


def test_the_same_form_sent_twice_proposes_once(office):
    course, key = office.course(), uuid4()
    wish = Wish(course, office.day + timedelta(days=9), "Perlu.")
    made = [
        propose_item(actor=office.viewer("siti"), employee=office.cast.siti, wish=wish, form_key=key) for _ in range(2)
    ]
    assert made[0] == made[1]
    assert PlanItem.objects.count() == 1


def test_empty_and_past_wishes_are_refused_beside_their_fields(office):
    course = office.course()
    with pytest.raises(ValidationError) as refused:
        office.propose(course, due_on=office.day, reason=" ")
    assert set(refused.value.message_dict) == {"due_on", "reason"}


def test_pressed_twice_it_is_answered_once_and_an_old_page_changes_nothing(office):
    item = office.propose(office.course())
    first = agree_item(actor=office.viewer("dewi"), item=item, word="", version=0)
    again = agree_item(actor=office.viewer("dewi"), item=item, word="Lain", version=0)
    assert (again.version, again.word) == (first.version, "")
    with pytest.raises(NotNow):
        decline_item(actor=office.viewer("dewi"), item=item, word="Tidak.", version=first.version)
    other = office.propose(office.course(CourseWords("Arsip", "Isi", "daring", 4, "LAN")))
    PlanItem.objects.filter(pk=other.pk).update(version=3)
    with pytest.raises(Stale):
        agree_item(actor=office.viewer("dewi"), item=other, word="", version=0)


def test_who_proposed_takes_it_back_until_it_is_answered(office):
    item = office.propose(office.course())
    with pytest.raises(NotAllowed):
        withdraw_item(actor=office.viewer("dewi"), item=item, version=0)
    assert withdraw_item(actor=office.viewer("siti"), item=item, version=0).state == "ditarik"
    assert withdraw_item(actor=office.viewer("siti"), item=item, version=0).state == "ditarik"
    with pytest.raises(NotNow):
        agree_item(actor=office.viewer("dewi"), item=item, word="", version=1)


def test_a_withdrawn_course_cannot_be_planned(office):
    course = office.course()
    withdraw_course(actor=office.viewer("maya"), course=course, version=0)
    with pytest.raises(NotNow, match="tidak ditawarkan"):
        office.propose(course)


def test_the_database_itself_keeps_two_keys(office):
    item = office.propose(office.course())
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.filter(pk=item.pk).update(state="disetujui", answered_by=office.cast.siti)
