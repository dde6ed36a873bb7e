"""A reporter who is forgotten is in nobody's words any more; what officers did can still be read."""

from uuid import uuid4

import pytest

from terang.evidence.complaints.models import Complaint
from terang.evidence.complaints.services import citizen, verifying, working
from terang.web.scrubbing import scrub_person

NOTE = (
    "Ditelepon Pak Hendra ke +62812-5500-1234: Bu Wati Warga (wati@surat.id, NIK 7371015505800001) tidak mengangkat. "
    "Surat 005/18829931/2026, NIP 198001012005011003."
)
KEPT = (
    "Ditelepon Pak Hendra ke [nomor]: Bu [nama] ([surel], NIK [nomor]) tidak mengangkat. "
    "Surat 005/18829931/2026, NIP 198001012005011003."
)


@pytest.fixture
def forgotten(house):
    found = house.in_hand(body="Saya Wati Warga, NIK 7371015505800001, wati@surat.id. Petugasnya Pak Hendra.")
    budi = house.viewer("budi")
    verifying.note_privately(actor=budi, complaint=found, text=NOTE)
    working.tell_citizen(actor=budi, complaint=found, text="Bu Wati, Pak Hendra datang.", asks=False, form_key=uuid4())
    citizen.forget_reporter(Complaint.objects.get(pk=found.pk))
    return Complaint.objects.get(pk=found.pk)


def test_internal_notes_stay_readable_and_lose_the_reporter_alone(forgotten):
    note = forgotten.messages.get(is_shown=False)
    assert note.text == KEPT
    assert forgotten.messages.get(text__contains="datang").text == "Bu [nama], Pak Hendra datang."


def test_nothing_written_tells_who_reported(forgotten):
    told = " ".join([forgotten.title, forgotten.body, *forgotten.messages.values_list("text", flat=True)])
    for word in ("Wati", "Warga", "5500", "7371015505800001", "wati@surat.id"):
        assert word not in told
    assert forgotten.body == "Saya [nama], NIK [nomor], [surel]. Petugasnya Pak [nama]."


def test_reasons_and_remarks_lose_the_reporter_too(house):
    found = house.verifying()
    found = verifying.reject_complaint(
        actor=house.viewer("kokom"), complaint=found, version=found.version, reason="Bu Wati sudah dijawab Pak Hendra."
    )
    Complaint.objects.filter(pk=found.pk).update(rating_reason="Salam, Wati Warga 0812 5500 1234")
    citizen.forget_reporter(found)
    found.refresh_from_db()
    assert found.ending_reason == "Bu [nama] sudah dijawab Pak Hendra."
    assert found.rating_reason == "Salam, [nama] [nomor]"


def test_without_a_reporter_only_what_was_told_goes():
    assert scrub_person("Hubungi 0812 5500 1234 atau 0411 882 991.", "", "", ["WA 081255001234"]) == (
        "Hubungi [nomor] atau 0411 882 991."
    )
    assert scrub_person("Akun @watiw.", "", "@watiw", []) == "Akun [kontak]."
    assert scrub_person("Tidak ada yang berubah.", "", "", []) == "Tidak ada yang berubah."
