"""Submitting, accepting, returning and correcting: what is done, and what is refused."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.audit.models import JournalEntry
from terang.custody.models import StoredFile
from terang.custody.services import RejectedFileError, uploads
from terang.evidence.work import services
from terang.evidence.work.models import Entry, EntryState
from terang.planning.plans.models import PlanState
from terang.registry.organization.models import Outage
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow, Stale


@pytest.fixture
def submit(office, budi, indicator, today):
    def submit(**fields):
        values = {
            "actor": office.viewer(budi),
            "day": today,
            "result": indicator.result,
            "indicator": indicator,
            "text": "Menerbitkan tiga kartu",
            "quantity_milli": 3000,
            "form_key": uuid.uuid4(),
        }
        return services.submit_entry(**(values | fields))

    return submit


def pdf(name="bukti.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7\n")


def test_a_submitted_entry_waits_with_its_proof_and_is_journaled_once(submit, office, budi, today):
    entry = submit(files=[pdf()])
    assert (entry.state, entry.lag_days, entry.version) == (EntryState.SUBMITTED, 0, 1)
    assert [proof.file.name for proof in entry.files.all()] == ["bukti.pdf"]
    [told] = JournalEntry.objects.all()
    assert (told.verb, told.subject_employee_id, told.unit_id) == ("work.entry_submitted", budi.pk, office.unit.pk)
    assert told.changes["day"] == today.isoformat()


def test_a_double_click_writes_one_entry(submit):
    key = uuid.uuid4()
    first, second = submit(form_key=key), submit(form_key=key, text="Lagi")
    assert first.pk == second.pk
    assert Entry.objects.get().text == "Menerbitkan tiga kartu"
    assert JournalEntry.objects.count() == 1


def test_somebody_elses_form_key_gives_nothing_away(submit, office, today):
    entry = submit()
    sari = office.employee("Sari")
    other = office.indicator(office.plan(sari))
    with pytest.raises(NotNow):
        submit(actor=office.viewer(sari), result=other.result, indicator=other, form_key=entry.form_key)


@pytest.mark.parametrize(
    ("day", "word"),
    [(date(2026, 11, 25), "belum tiba"), (date(2025, 12, 31), "di luar masa"), (date(2026, 5, 4), "ke belakang")],
)
def test_a_day_out_of_reach_is_refused(submit, day, word):
    with pytest.raises(NotNow, match=word):
        submit(day=day)
    assert not Entry.objects.exists()


def test_a_plan_of_somebody_else_or_not_agreed_is_refused(submit, office, budi):
    sari = office.employee("Sari")
    other = office.indicator(office.plan(sari))
    with pytest.raises(NotAllowed):
        submit(result=other.result, indicator=other)
    budi.plans.update(state=PlanState.DRAFT)
    draft = office.indicator(budi.plans.get())
    with pytest.raises(NotNow, match="belum disepakati"):
        submit(result=draft.result, indicator=draft)
    assert not Entry.objects.exists()


def test_an_indicator_of_another_result_is_refused(submit, office, budi):
    other = office.indicator(budi.plans.get())
    with pytest.raises(NotAllowed):
        submit(indicator=other)


def test_a_refused_file_keeps_nothing(submit):
    with pytest.raises(RejectedFileError):
        submit(files=[pdf(), SimpleUploadedFile("foto.jpg", b"<html>")])
    assert not Entry.objects.exists()
    assert not StoredFile.objects.exists()
    assert not JournalEntry.objects.exists()


def test_lag_counts_working_days_and_an_outage_stops_the_clock(submit, office):
    friday = date(2026, 11, 20)
    assert submit(day=friday).lag_days == 2
    start = office.moment(date(2026, 11, 23), 8)
    Outage.objects.create(
        agency=office.agency, started_at=start, ended_at=start + timedelta(hours=9), cause="Serat optik"
    )
    assert submit(day=friday).lag_days == 1


def test_the_appraiser_accepts_once(submit, office):
    entry = submit()
    head = office.viewer(office.head)
    accepted = services.accept_entry(actor=head, entry=entry, version=1)
    assert (accepted.state, accepted.decided_by, accepted.version) == (EntryState.ACCEPTED, office.head, 2)
    assert JournalEntry.objects.order_by("-id")[0].verb == "work.entry_accepted"
    with pytest.raises(NotNow, match="sudah diterima"):
        services.accept_entry(actor=head, entry=entry, version=2)
    with pytest.raises(NotNow):
        services.return_entry(actor=head, entry=entry, version=2, note="Terlambat berubah pikiran")


def test_nobody_else_decides(submit, office, budi):
    entry = submit()
    stranger = office.employee("Sari")
    office.grant(stranger, Role.PERSONNEL)
    for person in (budi, stranger):
        with pytest.raises(NotAllowed):
            services.accept_entry(actor=office.viewer(person), entry=entry, version=1)
    assert Entry.objects.get().state == EntryState.SUBMITTED


def test_a_stale_page_changes_nothing(submit, office):
    entry = submit()
    head = office.viewer(office.head)
    with pytest.raises(Stale):
        services.accept_entry(actor=head, entry=entry, version=7)
    assert Entry.objects.get().state == EntryState.SUBMITTED


def test_returned_with_a_note_corrected_and_sent_again(submit, office, budi):
    entry = submit()
    head = office.viewer(office.head)
    with pytest.raises(NotNow, match="Tuliskan"):
        services.return_entry(actor=head, entry=entry, version=1, note="  ")
    returned = services.return_entry(actor=head, entry=entry, version=1, note="Lampirkan daftar")
    assert (returned.state, returned.note) == (EntryState.RETURNED, "Lampirkan daftar")
    change = {"entry": entry, "version": 2, "text": "Tiga kartu, daftar terlampir", "quantity_milli": 2000}
    with pytest.raises(NotAllowed):
        services.resubmit_entry(actor=head, **change)
    again = services.resubmit_entry(actor=office.viewer(budi), files=[pdf()], **change)
    stored = Entry.objects.get()
    assert (stored.state, stored.text, stored.quantity_milli, stored.version) == (
        EntryState.SUBMITTED,
        "Tiga kartu, daftar terlampir",
        2000,
        3,
    )
    assert again.files.count() == 1
    with pytest.raises(NotNow, match="masih menunggu"):
        services.resubmit_entry(actor=office.viewer(budi), **change)


def test_a_batch_accepts_what_is_unchanged_and_tells_the_rest(submit, office):
    first, second, third = submit(), submit(), submit()
    head = office.viewer(office.head)
    services.return_entry(actor=head, entry=third, version=1, note="Belum jelas")
    services.open_entry(actor=head, entry=first)
    batch = services.accept_entries(actor=head, versions={first.pk: 1, second.pk: 9, third.pk: 1})
    assert batch == services.Batch((first.pk,), (second.pk, third.pk))
    assert JournalEntry.objects.filter(verb="work.entry_accepted").count() == 1


def test_a_batch_with_one_foreign_entry_accepts_nothing(submit, office):
    mine = submit()
    sari = office.employee("Sari")
    other = office.indicator(office.plan(sari))
    elsewhere = submit(actor=office.viewer(sari), result=other.result, indicator=other)
    with pytest.raises(NotAllowed):
        services.accept_entries(actor=office.viewer(sari), versions={mine.pk: 1, elsewhere.pk: 1})
    assert not Entry.objects.filter(state=EntryState.ACCEPTED).exists()


def test_a_batch_costs_the_same_for_one_and_for_fifty(submit, office):
    entries = [submit() for _ in range(51)]

    def count(rows):
        for row in rows:
            services.open_entry(actor=head, entry=row)
        with CaptureQueriesContext(connection) as queries:
            services.accept_entries(actor=head, versions={row.pk: 1 for row in rows})
        return len(queries)

    head = office.viewer(office.head)
    assert count(entries[:1]) == count(entries[1:])


def test_a_file_is_checked_before_the_database_is_held(submit, budi, office, today, monkeypatch, tmp_path, settings):
    """A scanner or a large photo takes its time; on one machine everybody who writes would wait for it."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": folder}
    depth, outside = [], len(connection.savepoint_ids)
    looked = uploads.kind_of
    monkeypatch.setattr(uploads, "kind_of", lambda file: depth.append(len(connection.savepoint_ids)) or looked(file))
    files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.4\n%%EOF\n") for n in range(2)]
    entry = submit(files=files[:1])
    services.return_entry(actor=office.viewer(office.head), entry=entry, version=1, note="Tambah bukti")
    services.resubmit_entry(
        actor=office.viewer(budi), entry=entry, version=2, text="Lagi", quantity_milli=1000, files=files[1:]
    )
    assert depth == [outside, outside]
    assert entry.files.count() == 2
