"""Feedback by name: who may say, read, answer and take back; in which part; and that nothing is lost or said twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.evidence.dialogue import selectors
from terang.evidence.dialogue.access import giver_kind
from terang.evidence.dialogue.attention import leaders_below, unheard_by
from terang.evidence.dialogue.models import AskState, Feedback, FeedbackTerms, GiverKind, Symbol, Topic
from terang.evidence.dialogue.services import (
    About,
    Words,
    ask_feedback,
    decline_ask,
    give_feedback,
    reply_feedback,
    set_terms,
    withdraw_feedback,
)
from terang.evidence.dialogue.services.asking import MOST_OPEN
from terang.web.errors import NotAllowed, NotNow, Stale

CALM = Words(behaviour="Menjelaskan syarat satu per satu dengan sabar", impact="Warga tidak perlu kembali")

WORK = About()


@pytest.fixture
def say(cast, today):
    def say(giver, subject, words=CALM, about=WORK, **others):
        people = cast.people
        return give_feedback(
            actor=cast.viewer(giver), subject=people[subject], about=about, words=words, form_key=uuid4(), **others
        )

    return say


def test_feedback_is_seen_at_once_and_its_words_stay_out_of_the_journal(say, cast, sign_in):
    row = say("hendra", "andi", about=About(value="BP"))
    assert (row.topic, row.value, row.about, row.day) == (Topic.VALUE, "BP", "Berorientasi Pelayanan", TODAY)
    page = sign_in("andi").get(reverse("dialogue:mine")).content.decode()
    assert "Menjelaskan syarat" in page
    assert "Hendra Saputra" in page
    entry = JournalEntry.objects.get(verb="dialogue.feedback_given")
    assert entry.subject_employee_id == cast.andi.pk
    assert "syarat" not in str(entry.changes) + entry.reason


@pytest.mark.parametrize(
    ("giver", "subject", "kind"),
    [
        ("hendra", "andi", GiverKind.LEADER),
        ("sri", "andi", GiverKind.LEADER),
        ("andi", "hendra", GiverKind.SUBORDINATE),
        ("andi", "sri", GiverKind.SUBORDINATE),
        ("andi", "rina", GiverKind.PEER),
        ("siti", "andi", GiverKind.OTHER),
        ("hendra", "sri", GiverKind.SUBORDINATE),
    ],
)
def test_the_part_one_speaks_in_follows_from_the_posts(cast, giver, subject, kind):
    assert giver_kind(cast.people[giver], cast.people[subject], TODAY) is kind


def test_words_of_an_outsider_are_passed_on_as_such(say):
    row = say("hendra", "andi", Words(symbol=Symbol.THUMB, said_by="pemohon KTP"))
    assert (row.giver_kind, row.said_by) == (GiverKind.STAKEHOLDER, "pemohon KTP")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Words(), "behaviour"),
        (Words(situation="Senin pagi", advice="Teruskan"), "behaviour"),
        (Words(behaviour="Baik", evidence="kegiatan saya"), "evidence"),
        (Words(behaviour="Baik", evidence="//jahat.example/"), "evidence"),
        (Words(behaviour="Baik", evidence="javascript:alert(1)"), "evidence"),
    ],
)
def test_empty_words_and_addresses_that_are_none_are_refused_beside_the_field(say, words, field):
    with pytest.raises(ValidationError) as refused:
        say("hendra", "andi", words)
    assert field in refused.value.message_dict
    assert not Feedback.objects.exists()


def test_nobody_speaks_to_themselves_to_who_left_or_to_another_government(say, cast):
    with pytest.raises(NotAllowed):
        say("andi", "andi")
    cast.rina.left_on = TODAY
    cast.rina.save()
    with pytest.raises(NotAllowed, match="tidak bekerja di sini lagi"):
        say("andi", "rina")


def test_the_same_form_sent_twice_says_it_once(cast, today):
    key = uuid4()
    same = {"subject": cast.andi, "about": About(), "words": CALM, "form_key": key}
    first = give_feedback(actor=cast.viewer("hendra"), **same)
    assert give_feedback(actor=cast.viewer("hendra"), **same) == first
    assert JournalEntry.objects.filter(verb="dialogue.feedback_given").count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("andi", 200), ("hendra", 200), ("sri", 200), ("maya", 200), ("rina", 403), ("siti", 403), ("tono", 403)],
)
def test_only_both_and_who_answers_for_the_receiver_read_it(say, sign_in, who, status):
    row = say("hendra", "andi")
    assert sign_in(who).get(row.get_absolute_url()).status_code == status


def test_the_receiver_answers_once(say, cast):
    row = say("hendra", "andi")
    with pytest.raises(NotAllowed):
        reply_feedback(actor=cast.viewer("rina"), feedback=row, text="Terima kasih", version=0)
    answered = reply_feedback(actor=cast.viewer("andi"), feedback=row, text=" Terima kasih ", version=0)
    assert (answered.reply, answered.version) == ("Terima kasih", 1)
    with pytest.raises(Stale):
        reply_feedback(actor=cast.viewer("andi"), feedback=row, text="Lagi", version=0)
    with pytest.raises(NotNow):
        reply_feedback(actor=cast.viewer("andi"), feedback=row, text="Lagi", version=1)


def test_what_was_taken_back_stays_with_its_reason_and_counts_no_more(say, cast, sign_in):
    row = say("hendra", "andi")
    with pytest.raises(NotAllowed):
        withdraw_feedback(actor=cast.viewer("sri"), feedback=row, reason="Keliru", version=0)
    withdraw_feedback(actor=cast.viewer("hendra"), feedback=row, reason="Keliru orang", version=0)
    with pytest.raises(NotNow):
        reply_feedback(actor=cast.viewer("andi"), feedback=row, text="Terima kasih", version=1)
    assert selectors.timeline_of(cast.andi.pk, TODAY.year).total == 0
    leader = sign_in("sri").get(row.get_absolute_url()).content.decode()
    assert "Keliru orang" in leader
    assert "Menjelaskan syarat" not in leader
    assert "Menjelaskan syarat" in sign_in("andi").get(row.get_absolute_url()).content.decode()


def test_an_ask_is_answered_once_about_what_was_asked(say, cast, today):
    ask = ask_feedback(
        actor=cast.viewer("andi"), asked=cast.rina, about=About(value="KP"), question="Cara saya?", form_key=uuid4()
    )
    with pytest.raises(NotAllowed, match="orang lain"):
        say("hendra", "andi", ask=ask)
    row = say("rina", "andi", about=About(value=ask.value), ask=ask)
    assert (row.ask, row.about) == (ask, "Kompeten")
    with pytest.raises(NotNow):
        say("rina", "andi", ask=ask)
    with pytest.raises(NotNow):
        decline_ask(actor=cast.viewer("rina"), ask=ask)


def test_an_ask_may_be_declined_and_many_at_once_are_too_many(office, today):
    budi = office.employee("Budi")
    others = [office.employee(f"Orang {n}") for n in range(MOST_OPEN + 1)]

    def ask(who):
        return ask_feedback(actor=office.viewer(budi), asked=who, about=About(), question="", form_key=uuid4())

    first = ask(others[0])
    with pytest.raises(NotNow, match="masih menunggu"):
        ask(others[0])
    for other in others[1:MOST_OPEN]:
        ask(other)
    with pytest.raises(NotNow, match="Sudah 10"):
        ask(others[-1])
    with pytest.raises(NotAllowed):
        decline_ask(actor=office.viewer(others[1]), ask=first)
    assert decline_ask(actor=office.viewer(others[0]), ask=first).state == AskState.DECLINED
    ask(others[-1])


def test_leaders_who_say_nothing_are_seen_by_their_superior(say, cast):
    [line] = [each for each in leaders_below(cast.viewer("sri")) if each.leader == cast.hendra]
    assert (line.people, line.unheard, line.last) == (2, 2, None)
    row = say("hendra", "andi")
    assert [each.employee for each in unheard_by(cast.viewer("hendra"))] == [cast.rina]
    [line] = [each for each in leaders_below(cast.viewer("sri")) if each.leader == cast.hendra]
    assert (line.unheard, line.heard, line.last) == (1, 1, TODAY)
    Feedback.objects.filter(pk=row.pk).update(day=TODAY - timedelta(days=31))
    assert len(unheard_by(cast.viewer("hendra"))) == 2
    FeedbackTerms.objects.create(agency=cast.agency, valid_from=TODAY, days=60, basis="Edaran")
    assert len(unheard_by(cast.viewer("hendra"))) == 1


def test_a_colleague_who_praises_is_no_leader_who_spoke(say, cast):
    say("rina", "andi")
    assert len(unheard_by(cast.viewer("hendra"))) == 2


def test_the_rhythm_is_set_by_the_personnel_agency_within_bounds(cast, today):
    with pytest.raises(NotAllowed):
        set_terms(actor=cast.viewer("hendra"), valid_from=TODAY, days=30, basis="Edaran")
    for days, day, field in ((3, TODAY, "days"), (365, TODAY, "days"), (30, TODAY - timedelta(days=1), "valid_from")):
        with pytest.raises(ValidationError) as refused:
            set_terms(actor=cast.viewer("maya"), valid_from=day, days=days, basis="Edaran")
        assert field in refused.value.message_dict
    assert set_terms(actor=cast.viewer("maya"), valid_from=TODAY, days=14, basis="Edaran").days == 14


def test_a_result_of_the_plan_may_be_spoken_about(office, today):
    budi = office.employee("Budi")
    plan = office.plan(budi)
    office.indicator(plan)
    [result] = selectors.results_of(office.viewer(office.head), budi)
    assert selectors.results_of(office.viewer(office.employee("Sari")), budi) == [], "a plan is no colleague's business"
    row = give_feedback(
        actor=office.viewer(office.head), subject=budi, about=About(result=result), words=CALM, form_key=uuid4()
    )
    assert (row.topic, row.about) == (Topic.RESULT, "Dokumen terbit tepat waktu")


def test_the_form_keeps_what_was_typed_and_brings_the_evidence(cast, sign_in, today):
    client, url = sign_in("hendra"), reverse("dialogue:give", args=[cast.andi.pk])
    assert 'value="/kegiatan/"' in client.get(f"{url}?tentang=/kegiatan/").content.decode()
    assert 'value="//jahat' not in client.get(f"{url}?tentang=//jahat.example/").content.decode()
    form = {"about": "umum", "symbol": "", "advice": "Teruskan", "form_key": str(uuid4())}
    refused = client.post(url, form)
    assert refused.status_code == 422
    assert "Teruskan" in refused.content.decode()
    assert "Tulis apa yang dilakukan" in refused.content.decode()
    assert client.post(url, form | {"behaviour": "Sabar"}).status_code == 302
    assert Feedback.objects.get().advice == "Teruskan"


def test_pages_cost_the_same_for_few_and_for_many(cast, say, sign_in, django_assert_max_num_queries):
    client = sign_in("andi")
    for _ in range(25):
        say("hendra", "andi")
    with django_assert_max_num_queries(14):
        client.get(reverse("dialogue:mine"))
    leader = sign_in("hendra")
    with django_assert_max_num_queries(16):
        leader.get(reverse("dialogue:given"))


def test_the_page_of_leaders_is_for_heads(cast, sign_in, today):
    assert sign_in("sri").get(reverse("dialogue:leaders")).status_code == 200
    assert sign_in("andi").get(reverse("dialogue:leaders")).status_code == 403


def test_who_one_works_with_is_offered_without_a_search(cast, sign_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        names = [each.name for each in selectors.near(cast.viewer("andi"))]
    assert names[0] == cast.hendra.name, "who appraises comes first"
    assert cast.rina.name in names
    assert cast.andi.name not in names
    assert cast.siti.name not in names, "another office"
    page = sign_in("andi").get(reverse("dialogue:choose")).content.decode()
    assert reverse("dialogue:give", args=[cast.hendra.pk]) in page
    sought = sign_in("andi").get(reverse("dialogue:choose"), {"cari": cast.siti.name}).content.decode()
    assert cast.siti.name in sought
    assert "Di sekitar Anda" not in sought
