"""What is copied to joined reports tells nothing of who made the main one; who writes it is told that they read it."""

from uuid import uuid4

import pytest

from terang.evidence.complaints.act_forms import JOINED_READ, AnswerForm, NoteForm, TellForm
from terang.evidence.complaints.models import Complaint
from terang.evidence.complaints.services import verifying, working

TOLD = "Terima kasih Bu Wati, nomor 0812 5500 1234 sudah kami hubungi. Loket kedua dibuka Senin."
CLEAN = "Terima kasih Bu [nama], nomor [nomor] sudah kami hubungi. Loket kedua dibuka Senin."


def joined_to(house, main):
    twin = house.verifying(title="Kembar", name="Andi Lain", contact="")
    return verifying.merge_duplicate(actor=house.viewer("kokom"), complaint=twin, version=twin.version, main=main)


def last_words(found):
    return found.messages.order_by("id").last().text


def test_news_and_answers_reach_joined_reports_without_the_name_of_the_main_reporter(house):
    main = house.in_hand(title="Utama")
    twin = joined_to(house, main)
    told = {"actor": house.viewer("budi"), "text": TOLD}
    working.tell_citizen(complaint=main, asks=False, form_key=uuid4(), **told)
    assert (last_words(main), last_words(twin)) == (TOLD, CLEAN)
    main = Complaint.objects.get(pk=main.pk)
    working.answer_complaint(complaint=main, version=main.version, form_key=uuid4(), **told)
    assert (last_words(main), last_words(twin)) == (TOLD, CLEAN)


def test_a_reason_to_refer_reaches_joined_reports_without_the_name_of_the_main_reporter(house):
    main = house.routed(title="Utama")
    twin = joined_to(house, main)
    main = Complaint.objects.get(pk=main.pk)
    verifying.refer_complaint(
        actor=house.viewer("kokom"), complaint=main, version=main.version, institution="PLN", reason=TOLD
    )
    twin.refresh_from_db()
    assert twin.ending_reason == CLEAN
    assert "Wati" not in last_words(twin)
    assert "Wati" in last_words(main)


@pytest.mark.parametrize("form", [TellForm, AnswerForm])
def test_the_hint_stands_beside_the_field_while_there_is_a_joined_report(house, form):
    main = house.in_hand(title="Utama")

    def hint(form):
        found = Complaint.objects.get(pk=main.pk)
        return form(complaint=found, viewer=house.viewer("budi")).fields["text"].help_text

    assert str(JOINED_READ) not in hint(form)
    joined_to(house, main)
    assert str(JOINED_READ) in hint(form)
    assert str(JOINED_READ) not in hint(NoteForm)
