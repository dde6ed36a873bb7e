"""The question box, and places that help with the day they were last checked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.cast import NOW, TODAY

from terang.audit.models import JournalEntry
from terang.follow_up.explainers import asking, services
from terang.follow_up.explainers.duties import waiting_for
from terang.follow_up.explainers.models import BoxQuestion
from terang.follow_up.explainers.selectors import answer_days, box_of
from terang.follow_up.explainers.services import Contact
from terang.web.errors import NotAllowed, NotNow, Stale

pytestmark = pytest.mark.django_db
DAYS = answer_days(TODAY)


def ask(cast, who="andi", text="Mengapa bobot saya berubah?", nameless=True, key=None):
    return asking.ask(actor=cast.viewer(who), text=text, nameless=nameless, form_key=key or uuid4())


def reply(cast, question, who="maya", answer="Karena kebijakan baru.", **more):
    version = more.pop("version", question.version)
    return asking.reply(actor=cast.viewer(who), question=question, answer=answer, version=version, **more)


def test_without_a_name_nothing_says_who_asked(cast):
    made = ask(cast, text="Pak Hendra Saputra minta laporan dua kali, mengapa?")
    assert made.asked_by is None
    assert "Hendra" not in made.text
    assert "[nama]" in made.text
    told = JournalEntry.objects.get(verb="explainers.asked")
    assert (told.actor_id, told.object_id, told.subject_employee_id, told.changes) == (None, None, None, {})
    named = ask(cast, nameless=False)
    assert named.asked_by == cast.andi
    kinds = JournalEntry.objects.filter(verb="explainers.asked").values_list("actor_id", "changes").distinct()
    assert kinds.count() == 1, "the journal tells both alike"


def test_sent_twice_it_is_asked_once_and_not_without_words(cast, monkeypatch):
    key = UUID(int=5)
    assert ask(cast, key=key) == ask(cast, key=key)
    with pytest.raises(ValidationError):
        ask(cast, text="  ")
    with pytest.raises(ValidationError):
        ask(cast, text="x" * 501)
    monkeypatch.setattr(asking, "MOST_NAMELESS", 1)
    with pytest.raises(NotNow):
        ask(cast)
    assert ask(cast, nameless=False)


def test_everybody_reads_answers_and_what_was_not_answered_in_time(cast, sign_in):
    question = ask(cast)
    assert list(box_of(cast.viewer("rina"))) == []
    assert list(box_of(cast.viewer("maya"))) == [question]
    late = cast.viewer("rina", NOW + timedelta(days=DAYS))
    assert list(box_of(late)) == [question]
    BoxQuestion.objects.update(asked_on=TODAY - timedelta(days=DAYS))
    assert "Belum dijawab, lewat tenggat" in sign_in("rina").get(reverse("explainers:box")).content.decode()
    reply(cast, question)
    page = sign_in("rina").get(reverse("explainers:box")).content.decode()
    assert "Karena kebijakan baru." in page
    assert "Maya Lestari" in page


def test_ones_own_is_seen_at_once(cast):
    own = ask(cast, nameless=False)
    assert list(box_of(cast.viewer("andi"))) == [own]
    assert list(box_of(cast.viewer("rina"))) == []


def test_only_the_keeper_answers_and_a_stale_page_is_told(cast, sign_in):
    question = ask(cast)
    with pytest.raises(NotAllowed):
        reply(cast, question, who="hendra")
    with pytest.raises(ValidationError):
        reply(cast, question, answer=" ")
    reply(cast, question)
    with pytest.raises(Stale):
        reply(cast, question, version=0)
    url = reverse("explainers:reply", args=[question.pk])
    assert sign_in("maya").post(url, {"answer": "Lain", "version": "0"}).status_code == 409
    assert BoxQuestion.objects.get().answer == "Karena kebijakan baru."


def test_what_attacks_somebody_is_kept_back_with_a_reason(cast, sign_in):
    question = ask(cast, text="Si anu malas sekali")
    reply(cast, question, answer="Menyerang seseorang; laporkan ke inspektorat.", withheld=True)
    page = sign_in("rina").get(reverse("explainers:box")).content.decode()
    assert "malas" not in page
    assert "laporkan ke inspektorat" in page
    assert JournalEntry.objects.filter(verb="explainers.withheld").exists()


def test_it_waits_for_the_keeper_and_nobody_else(cast):
    assert waiting_for(cast.viewer("maya")) == []
    question = ask(cast)
    [duty] = waiting_for(cast.viewer("maya"))
    assert (duty.kind, duty.due) == ("quiet", TODAY + timedelta(days=DAYS))
    [late] = waiting_for(cast.viewer("maya", NOW + timedelta(days=DAYS)))
    assert late.kind == "attention"
    assert waiting_for(cast.viewer("andi")) == []
    reply(cast, question)
    assert waiting_for(cast.viewer("maya")) == []


def test_a_place_that_helps_says_when_it_was_last_checked(cast, sign_in):
    told = Contact("konselor", "Ruang konseling", "Lantai 2", "")
    made = services.add_contact(actor=cast.viewer("maya"), told=told, form_key=uuid4())
    later = cast.viewer("maya", NOW + timedelta(days=40))
    assert services.check_contact(actor=later, contact=made).checked_on == TODAY + timedelta(days=40)
    services.check_contact(actor=later, contact=made)
    assert JournalEntry.objects.filter(verb="explainers.help_checked").count() == 1
    page = sign_in("andi").get(reverse("pulse:thanks")).content.decode()
    assert "Ruang konseling" in page
    assert "diperiksa 3 Januari 2027" in page
    with pytest.raises(NotAllowed):
        services.check_contact(actor=cast.viewer("hendra"), contact=made)
    services.end_contact(actor=later, contact=made)
    with pytest.raises(NotNow):
        services.check_contact(actor=later, contact=made)
