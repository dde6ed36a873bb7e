"""Declared data: a document, a second person, and the employee's word against it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.follow_up.career.models import Declaration
from terang.follow_up.career.services import answer_contest, contest, send_back
from terang.web.errors import NotAllowed, NotNow, Stale


def test_a_fact_counts_only_after_the_second_person_and_the_journal_tells_both(desk):
    row = desk.give()
    assert desk.profile().facts == {}
    desk.check(row)
    known = desk.profile().facts["pendidikan"]
    assert (known.value, known.url, known.contested) == ("s1", row.get_absolute_url(), False)
    verbs = JournalEntry.objects.filter(verb__startswith="career.").values_list("verb", "subject_employee_id")
    assert sorted(verbs) == [("career.confirmed", desk.cast.siti.pk), ("career.declared", desk.cast.siti.pk)]


def test_who_gave_it_does_not_check_it_and_nobody_checks_themselves(desk):
    row = desk.give()
    with pytest.raises(NotAllowed, match="orang kedua"):
        desk.check(row, by="maya")
    own = desk.give(who="tono")
    with pytest.raises(NotAllowed, match="diri sendiri"):
        desk.check(own, by="tono")
    with pytest.raises(IntegrityError), transaction.atomic():
        Declaration.objects.filter(pk=row.pk).update(state="sah", checked_by=desk.cast.maya)


def test_the_person_hands_in_what_is_in_their_hands_and_the_agency_checks_it(desk):
    row = desk.give(by="siti")
    assert desk.profile().facts == {}
    with pytest.raises(NotAllowed):
        desk.check(row, by="siti")
    desk.check(row)
    assert desk.profile().facts["pendidikan"].value == "s1"
    for subject, value in (("disiplin", "none"), ("potensi", "90")):
        with pytest.raises(NotAllowed, match="diri sendiri"):
            desk.give(subject, value, by="siti")
        with pytest.raises(IntegrityError), transaction.atomic():
            Declaration.objects.filter(pk=row.pk).update(subject=subject)


@pytest.mark.parametrize("name", ["dewi", "bambang", "agus", "lina", "mayor", "andi"])
def test_only_the_personnel_agency_gives_and_checks_about_others(desk, name):
    row = desk.give()
    with pytest.raises(NotAllowed):
        desk.give(by=name, subject="seminar", value="ya")
    with pytest.raises(NotAllowed):
        desk.check(row, by=name)


@pytest.mark.parametrize(
    ("subject", "value", "others", "field"),
    [
        ("pendidikan", "s9", {}, "value"),
        ("pendidikan", "s1", {"document": " "}, "document"),
        ("pendidikan", "s1", {"day": date(2026, 11, 25)}, "day"),
        ("potensi", "100,1", {}, "value"),
        ("potensi", "-1", {}, "value"),
        ("potensi", "nan", {}, "value"),
        ("potensi", "82,555", {}, "value"),
        ("jp_teknis", "12,5", {}, "value"),
        ("jp_teknis", "²", {}, "value"),
        ("disiplin", "none", {"until": date(2020, 1, 2)}, "until"),
        ("apa", "s1", {}, "subject"),
    ],
)
def test_refusals_name_their_field(desk, subject, value, others, field):
    with pytest.raises(ValidationError) as refused:
        desk.give(subject, value, **others)
    assert list(refused.value.message_dict) == [field]
    assert not Declaration.objects.exists()


def test_the_same_form_twice_makes_one_and_the_same_fact_of_a_day_only_one(desk):
    key = uuid4()
    assert desk.give(form_key=key).pk == desk.give(form_key=key).pk
    with pytest.raises(NotNow, match="sudah tercatat"):
        desk.give(value="s2")
    desk.give(value="s2", day=date(2024, 1, 1))


def test_returned_with_a_reason_it_never_counts_and_may_be_given_again(desk):
    row = desk.give()
    with pytest.raises(ValidationError):
        send_back(actor=desk.viewer("tono"), row=row, reason=" ", version=0)
    send_back(actor=desk.viewer("tono"), row=row, reason="Ijazahnya D4.", version=0)
    with pytest.raises(NotNow):
        desk.check(row)
    assert desk.profile().facts == {}
    desk.give()


def test_a_contested_fact_counts_on_marked_until_a_person_answers(desk):
    row = desk.fact("disiplin", "medium")
    with pytest.raises(NotAllowed):
        contest(actor=desk.viewer("dewi"), row=row, reason="Tidak.", version=row.version)
    row = contest(actor=desk.viewer("siti"), row=row, reason="SK-nya sudah dicabut.", version=row.version)
    assert desk.profile().facts["disiplin"].contested
    with pytest.raises(NotAllowed, match="orang kedua"):
        answer_contest(actor=desk.viewer("maya"), row=row, upholds=True, answer="Tetap.", version=row.version)
    with pytest.raises(ValidationError):
        answer_contest(actor=desk.viewer("tono"), row=row, upholds=True, answer="", version=row.version)
    with pytest.raises(Stale):
        answer_contest(actor=desk.viewer("tono"), row=row, upholds=True, answer="Tetap.", version=0)
    for _ in range(2):
        done = answer_contest(actor=desk.viewer("tono"), row=row, upholds=False, answer="Benar.", version=row.version)
    assert (done.state, desk.profile().facts) == ("dicabut", {})
    assert JournalEntry.objects.filter(verb="career.withdrawn").count() == 1


def test_upheld_it_counts_unmarked_and_may_be_contested_again(desk):
    row = desk.fact()
    row = contest(actor=desk.viewer("siti"), row=row, reason="S2.", version=row.version)
    row = answer_contest(actor=desk.viewer("tono"), row=row, upholds=True, answer="Ijazah S1.", version=row.version)
    assert not desk.profile().facts["pendidikan"].contested
    assert contest(actor=desk.viewer("siti"), row=row, reason="S2!", version=row.version).answer == ""


def test_an_old_page_changes_nothing(desk):
    row = desk.give()
    Declaration.objects.update(version=3)
    with pytest.raises(Stale):
        desk.check(row)
    assert Declaration.objects.get().state == "menunggu"


@pytest.mark.parametrize(
    ("subject", "value", "day", "until", "known"),
    [
        ("jp_teknis", "24", date(2025, 11, 24), None, True),
        ("jp_teknis", "24", date(2025, 11, 23), None, False),
        ("seminar", "ya", date(2024, 11, 24), None, True),
        ("seminar", "ya", date(2024, 11, 23), None, False),
        ("disiplin", "medium", date(2026, 1, 1), TODAY, False),
        ("disiplin", "medium", date(2026, 1, 1), date(2026, 11, 25), True),
    ],
)
def test_what_is_over_is_not_known_any_more(desk, subject, value, day, until, known):
    desk.fact(subject, value, day=day, until=until)
    assert (subject in desk.profile().facts) is known


def test_the_latest_of_a_fact_counts(desk):
    desk.fact(value="s2", day=date(2024, 1, 1))
    desk.fact(value="s1")
    assert desk.profile().facts["pendidikan"].value == "s2"


def test_the_whole_index_and_what_is_missing(desk):
    assert desk.profile().index.total is None
    desk.complete()
    assert desk.profile().index.total == Decimal(15 + 15 + 15 + 25 + 5)
    assert desk.profile().placing.box == 8


def test_a_final_yearly_evaluation_stands_before_a_declared_predicate(desk):
    desk.complete()
    appraisal = desk.rate("siti", 2025, "sangat_baik")
    known = desk.profile().predicates[2025]
    assert (known.value, known.url) == ("sangat_baik", appraisal.get_absolute_url())
    assert desk.profile().placing.box == 9
    desk.rate("siti", 2026, "kurang")
    assert desk.profile().placing.box == 9


def test_an_evaluation_that_is_not_final_says_nothing(desk):
    desk.rate("siti", 2025, "sangat_baik", state="diserahkan")
    assert desk.profile().predicates == {}


def test_enough_hours_with_certificate_in_terang_count_fewer_say_nothing(desk):
    def learn(hours: int, number: str) -> None:
        desk.cast.siti.training_records.create(
            title="Arsip",
            form="daring",
            provider="LAN",
            starts_on=TODAY,
            ends_on=TODAY,
            hours=hours,
            certificate=number,
        )

    learn(19, "1")
    assert "jp_teknis" not in desk.profile().facts
    learn(1, "2")
    assert desk.profile().facts["jp_teknis"].value == "20"
    desk.fact("jp_teknis", "30", day=date(2026, 6, 1))
    assert desk.profile().facts["jp_teknis"].value == "30"
