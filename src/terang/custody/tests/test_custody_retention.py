"""Retention: what is past every rule is destroyed and tells so; what anybody still needs stays."""

import os
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.custody.models import Resemblance, ResemblanceState, RetentionRule, StoredFile, UseKind
from terang.custody.services import destroy_due, set_retention, set_terms, store_upload
from terang.custody.serving import file_response
from terang.custody.terms import kept_until, terms_on
from terang.custody.vault import path_of
from terang.evidence.attendance.models import Leave
from terang.evidence.work.models import Entry, EntryFile, EntryState
from terang.planning.plans.models import Plan, PlanResult, PlanState
from terang.web.errors import NotAllowed, NotNow

PDF = b"%PDF-1.7\n1 0 obj\n"
LONG_AGO = TODAY - timedelta(days=4 * 365)


@pytest.fixture(autouse=True)
def vault(settings, tmp_path, monkeypatch):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    monkeypatch.setattr("terang.custody.services.destroying.local_today", lambda agency: TODAY)


@pytest.fixture
def rule(cast):
    return RetentionRule.objects.create(
        agency=cast.agency, kind=UseKind.WORK, years=3, basis="Perwali 9/2026", valid_from=TODAY
    )


def old(cast, content=PDF, who="siti"):
    """A file of four years ago."""
    stored = store_upload(SimpleUploadedFile("bukti.pdf", content), actor=cast.viewer(who))
    StoredFile.objects.filter(pk=stored.pk).update(uploaded_at=timezone.now() - timedelta(days=4 * 365))
    for sha256 in {stored.sha256, stored.shown_sha256, stored.small_sha256} - {""}:
        os.utime(path_of(sha256), (0, 0))
    return stored


def proves(cast, stored, day=LONG_AGO, state=EntryState.ACCEPTED):
    span = {"period_start": day, "period_end": day + timedelta(days=30)}
    plan, _ = Plan.objects.get_or_create(employee=cast.siti, state=PlanState.AGREED, **span)
    result, _ = PlanResult.objects.get_or_create(plan=plan, number=1, text="Hasil")
    told = {"text": "Kegiatan", "submitted_at": timezone.now(), "form_key": uuid.uuid4(), "state": state}
    entry = Entry.objects.create(employee=cast.siti, day=day, result=result, **told)
    EntryFile.objects.create(entry=entry, file=stored)
    return stored


def test_past_its_years_the_content_goes_and_the_row_tells(cast, rule):
    stored = proves(cast, old(cast))
    assert destroy_due() == 1
    stored.refresh_from_db()
    assert (stored.destroyed_on, stored.bytes_gone, stored.size_bytes) == (TODAY, True, len(PDF))
    assert not path_of(stored.sha256).exists()
    entry = JournalEntry.objects.get(verb="custody.file_destroyed")
    assert (entry.changes["sha256"], entry.reason) == (stored.sha256, "Perwali 9/2026")
    with pytest.raises(NotNow, match="sesuai jadwal retensi"):
        file_response(stored)
    assert destroy_due() == 0


def test_a_photo_goes_with_its_copies_its_place_and_its_look(cast, rule):
    from io import BytesIO

    from PIL import Image

    drawn = BytesIO()
    Image.effect_mandelbrot((400, 300), (-2, -1.2, 1, 1.2), 50).save(drawn, "PNG")
    stored = store_upload(SimpleUploadedFile("foto.png", drawn.getvalue()), actor=cast.viewer("siti"))
    StoredFile.objects.update(uploaded_at=timezone.now() - timedelta(days=4 * 365), taken_at="2022-01-01T08:00:00")
    digests = (stored.sha256, stored.shown_sha256, stored.small_sha256)
    for sha256 in digests:
        os.utime(path_of(sha256), (0, 0))
    proves(cast, stored)
    assert destroy_due() == 1
    stored.refresh_from_db()
    assert not any(path_of(sha256).exists() for sha256 in digests)
    assert stored.taken_at == ""
    assert not hasattr(stored, "fingerprint")


def test_without_a_rule_and_before_its_time_everything_stays(cast, rule):
    proves(cast, old(cast), day=TODAY - timedelta(days=2 * 365))
    assert destroy_due() == 0
    RetentionRule.objects.all().delete()
    proves(cast, old(cast, PDF + b"2"))
    assert destroy_due() == 0
    assert not StoredFile.objects.exclude(destroyed_on=None).exists()


def test_a_rule_of_for_ever_ends_an_earlier_one(cast, rule):
    proves(cast, old(cast))
    RetentionRule.objects.filter(pk=rule.pk).update(valid_from=TODAY - timedelta(days=9))
    RetentionRule.objects.create(agency=cast.agency, kind=UseKind.WORK, years=None, basis="SE", valid_from=TODAY)
    assert destroy_due() == 0


@pytest.mark.parametrize("state", [EntryState.SUBMITTED, EntryState.RETURNED])
def test_what_is_not_decided_stays(cast, rule, state):
    proves(cast, old(cast), state=state)
    assert destroy_due() == 0


def test_an_open_question_holds_both_files_and_a_closed_one_does_not(cast, rule):
    first, second = proves(cast, old(cast)), proves(cast, old(cast, PDF + b"2"))
    told = {"agency": cast.agency, "employee": cast.siti, "earlier_employee": cast.siti, "found_at": timezone.now()}
    told |= {"day": TODAY, "earlier_day": TODAY, "same_bytes": True, "distance": 0, "due_on": TODAY}
    row = Resemblance.objects.create(file=second, earlier=first, **told)
    assert destroy_due() == 0
    Resemblance.objects.filter(pk=row.pk).update(state=ResemblanceState.CLOSED)
    assert destroy_due() == 0, "looked at again only later"
    StoredFile.objects.update(look_again_on=TODAY)
    assert destroy_due() == 2


def test_one_use_without_a_rule_keeps_the_file_for_the_other(cast, rule):
    stored = proves(cast, old(cast))
    Leave.objects.create(
        employee=cast.siti,
        kind="sakit",
        starts_on=LONG_AGO,
        ends_on=LONG_AGO + timedelta(days=1),
        working_days=1,
        reason="Sakit",
        proof=stored,
        state="disetujui",
        requested_at=timezone.now(),
        form_key=uuid.uuid4(),
    )
    assert destroy_due() == 0


def test_a_use_that_no_room_tells_of_keeps_the_file(cast, rule, settings):
    proves(cast, old(cast))
    settings.TERANG_FILE_USES = []
    assert destroy_due() == 0


def test_shared_bytes_go_only_with_the_last_row(cast, rule):
    first = proves(cast, old(cast))
    second = proves(cast, old(cast), day=TODAY - timedelta(days=300))
    assert destroy_due() == 1
    first.refresh_from_db()
    assert first.bytes_gone
    assert path_of(second.sha256).read_bytes() == PDF
    assert file_response(second).status_code == 200


def test_bytes_written_this_hour_wait_for_their_row(cast, rule):
    stored = proves(cast, old(cast))
    os.utime(path_of(stored.sha256))
    assert destroy_due() == 1
    stored.refresh_from_db()
    assert not stored.bytes_gone
    os.utime(path_of(stored.sha256), (0, 0))
    destroy_due()
    stored.refresh_from_db()
    assert stored.bytes_gone


def test_another_government_keeps_its_own(cast, rule):
    from tests.cast import make_cast

    other = make_cast("99.73", "Pemerintah Kota Lain")
    proves(other, old(other))
    assert destroy_due() == 0


def test_the_last_day_of_february_is_kept_a_day_longer():
    assert kept_until(date(2024, 2, 29), 3) == date(2027, 3, 1)
    assert kept_until(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_only_the_personnel_agency_sets_rules_and_only_ahead(cast):
    maya, said = cast.viewer("maya"), {"kind": UseKind.WORK, "basis": "Perwali"}
    rule = set_retention(actor=maya, years=5, valid_from=TODAY, **said)
    assert JournalEntry.objects.get(verb="custody.retention_set").changes["years"] == rule.years == 5
    for wrong in ({"valid_from": TODAY}, {"valid_from": TODAY - timedelta(days=1)}, {"years": 0}, {"basis": " "}):
        with pytest.raises(ValidationError):
            set_retention(actor=maya, **({"years": 5, "valid_from": TODAY + timedelta(days=9)} | said | wrong))
    with pytest.raises(NotAllowed):
        set_retention(actor=cast.viewer("dewi"), years=5, valid_from=TODAY + timedelta(days=1), **said)


def test_terms_hold_from_their_day(cast):
    maya = cast.viewer("maya")
    assert terms_on(cast.agency.pk, TODAY).answer_days == 5
    set_terms(actor=maya, valid_from=TODAY + timedelta(days=1), answer_days=2, asks_same_day=False, basis="")
    assert terms_on(cast.agency.pk, TODAY).answer_days == 5
    assert terms_on(cast.agency.pk, TODAY + timedelta(days=1)).answer_days == 2
    for days in (0, 61):
        with pytest.raises(ValidationError):
            set_terms(actor=maya, valid_from=TODAY + timedelta(days=5), answer_days=days, asks_same_day=True, basis="")


def test_rules_on_screen(cast, sign_in, monkeypatch):
    browser, far = sign_in("maya"), (timezone.localdate() + timedelta(days=30)).isoformat()
    typed = {"kind": "kegiatan", "years": "", "valid_from": far, "basis": "JRA Kota Terang"}
    assert browser.post(reverse("custody:retention_new"), typed).status_code == 302
    refused = browser.post(reverse("custody:retention_new"), typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["valid_from"])
    with monkeypatch.context() as patched:
        patched.setattr("terang.custody.services.rules._require_day", lambda *_: None)
        refused = browser.post(reverse("custody:retention_new"), typed)
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["valid_from"])
    typed = {"valid_from": far, "answer_days": "4", "basis": ""}
    assert browser.post(reverse("custody:terms_new"), typed).status_code == 302
    refused = browser.post(reverse("custody:terms_new"), typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["valid_from"])
    page = browser.get(reverse("custody:rules")).content.decode()
    for told in ("selamanya", "JRA Kota Terang", "akan berlaku", "4 hari kerja"):
        assert told in page
    assert sign_in("dewi").get(reverse("custody:rules")).status_code == 403
