"""What is said plainly before and after sending: an amount far outside the usual, a day off, how late it comes."""

import json
import uuid
from datetime import date, timedelta

import pytest

from terang.audit.models import JournalEntry
from terang.evidence.attendance.models import AttendanceDay, DayStatus
from terang.evidence.work import services
from terang.evidence.work.desk import desk_of
from terang.evidence.work.evidence import facts
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.standing import standing_of
from terang.evidence.work.week import week_of
from terang.registry.organization.models import Holiday
from terang.web.errors import NotAllowed, NotNow, Stale

HTMX = {"HTTP_HX_REQUEST": "true"}
NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
MONDAY = date(2026, 11, 23)


def typed(indicator, today, **fields):
    values = {"form_key": str(uuid.uuid4()), "purpose": f"i{indicator.pk}", "text": "Menerbitkan kartu warga Tallo"}
    return values | {"quantity": "200", "day": today.isoformat()} | fields


@pytest.fixture
def write(office, budi, indicator):
    def write(day, **fields):
        values = {"employee": budi, "day": day, "result": indicator.result, "indicator": indicator, "text": "Kartu"}
        values |= {"quantity_milli": 2000, "submitted_at": office.moment(day), "form_key": uuid.uuid4()}
        return Entry.objects.create(**(values | fields))

    return write


@pytest.fixture
def usual(write):
    """Three entries of two: two is usual."""
    return [write(date(2026, 11, day)) for day in (16, 17, 18)]


# An amount far outside the usual


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_hundred_times_the_usual_is_asked_about_once_and_then_taken(as_, budi, indicator, today, usual, headers):
    data = typed(indicator, today)
    page = as_(budi).post("/kegiatan/baru/", data, **headers)
    assert (page.status_code, Entry.objects.count()) == (422, 3)
    assert "Jumlah ini 100 kali biasanya (sekitar 2). Benar?" in page.content.decode()
    assert 'name="sure" value="200000"' in page.content.decode()
    assert as_(budi).post("/kegiatan/baru/", data | {"sure": "200000"}, **headers).status_code < 400
    assert Entry.objects.filter(quantity_milli=200_000).count() == 1


def test_a_confirmation_is_for_the_amount_that_was_asked_about(as_, budi, indicator, today, usual):
    other = typed(indicator, today, quantity="2000", sure="200000")
    assert as_(budi).post("/kegiatan/baru/", other).status_code == 422
    assert as_(budi).post("/kegiatan/baru/", typed(indicator, today, quantity="19")).status_code == 302


def test_a_correction_is_asked_about_too(as_, budi, indicator, usual, write, today):
    entry = write(today, state=EntryState.RETURNED)
    data = {"version": 1, "text": "Kartu", "quantity": "200"}
    page = as_(budi).post(f"/kegiatan/{entry.pk}/perbaiki/", data)
    assert (page.status_code, "100 kali biasanya" in page.content.decode()) == (422, True)
    assert as_(budi).post(f"/kegiatan/{entry.pk}/perbaiki/", data | {"sure": "200000"}).status_code < 400


def test_the_door_asks_a_device_and_takes_what_its_person_confirms(as_, budi, indicator, today, usual):
    data = typed(indicator, today) | {"person": budi.pk}
    told = as_(budi).post("/kegiatan/luring/terima/", data)
    assert (told.status_code, told.json()["unsure"]) == (422, "200000")
    assert "100 kali biasanya" in json.dumps(told.json()["reasons"]["quantity"])
    assert Entry.objects.count() == 3
    assert as_(budi).post("/kegiatan/luring/terima/", data | {"sure": "200000"}).status_code == 201
    wrong = as_(budi).post("/kegiatan/luring/terima/", data | {"form_key": str(uuid.uuid4()), "minutes": "9999"})
    assert (wrong.status_code, wrong.json()["unsure"]) == (422, "200000")


def test_what_waits_is_told_apart_from_what_was_accepted(as_, budi, indicator, today, write):
    write(today, quantity_milli=119_000, state=EntryState.ACCEPTED)
    write(today, quantity_milli=2_000)
    write(today, quantity_milli=7_000, state=EntryState.RETURNED)
    page = as_(budi).post("/kegiatan/isian/periksa/", typed(indicator, today, quantity="3"), **HTMX).content.decode()
    assert "Diterima 119, menunggu 2 dari target 120." in page
    assert "sudah tercapai" not in page


# The day


def test_a_day_off_leave_and_a_late_day_are_said_at_form_and_card(office, as_, budi, indicator, today, write):
    Holiday.objects.create(agency=office.agency, day=date(2026, 11, 11), name="Hari jadi kota", kind="daerah")
    AttendanceDay.objects.create(employee=budi, day=date(2026, 11, 12), status=DayStatus.LEAVE)
    days = {
        date(2026, 11, 22): ("Tanggal ini bukan hari kerja", "bukan hari kerja"),
        date(2026, 11, 11): ("Hari libur: Hari jadi kota", "hari libur: Hari jadi kota"),
        date(2026, 11, 12): ("Anda tercatat cuti", "tercatat cuti pada hari itu"),
        date(2026, 11, 5): ("Terlambat 10 hari kerja", "terlambat 10 hari kerja"),
    }
    for day, (hint, words) in days.items():
        data = typed(indicator, day, quantity="2")
        page = as_(budi).post("/kegiatan/isian/periksa/", data, **HTMX).content.decode()
        assert hint in page
        saved = as_(budi).post("/kegiatan/baru/", data, **HTMX).content.decode()
        assert words[1:] in saved
        assert words in as_(budi).get(Entry.objects.get(day=day).get_absolute_url()).content.decode()
    plain = as_(budi).get(write(today).get_absolute_url()).content.decode()
    assert not any(words in plain for words in ("hari libur", "bukan hari kerja", "terlambat"))


def test_the_standing_of_a_day_knows_the_lag_that_was_written(budi, indicator, today):
    friday = MONDAY - timedelta(days=3)
    assert standing_of(budi, friday, today).late_days == 1
    assert standing_of(budi, friday, today, lag_days=1).words == []
    assert standing_of(budi, friday, today, lag_days=13).words == ["terlambat 12 hari kerja"]


# Given back, and withdrawn


def test_a_returned_entry_brings_nothing_to_the_week_until_it_is_sent_again(budi, indicator, today, write):
    entry = write(MONDAY, quantity_milli=5000, state=EntryState.RETURNED)
    write(MONDAY, quantity_milli=1000)
    assert [row.week_milli for row in week_of(budi, MONDAY, today).sums] == [1000]
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.SUBMITTED)
    assert [row.week_milli for row in week_of(budi, MONDAY, today).sums] == [6000]


def test_the_author_withdraws_a_returned_entry_and_it_counts_for_nothing(office, as_, budi, indicator, today, write):
    entry = write(MONDAY, state=EntryState.RETURNED, source="work.task:1", lag_days=0)
    assert facts([budi.pk], *NOVEMBER)["reporting"][0][3] == 1
    assert "Tarik kegiatan ini" in as_(budi).get(entry.get_absolute_url()).content.decode()
    assert as_(budi).post(f"/kegiatan/{entry.pk}/tarik/", {"version": 1}).status_code < 400
    entry.refresh_from_db()
    assert (entry.state, entry.version, entry.source) == (EntryState.WITHDRAWN, 2, "")
    assert facts([budi.pk], *NOVEMBER)["reporting"][0][3] == 0
    told = JournalEntry.objects.get(verb="work.entry_withdrawn")
    assert (told.subject_employee_id, told.changes["source"]) == (budi.pk, ["work.task:1", ""])
    page = as_(budi).get(entry.get_absolute_url()).content.decode()
    assert "Ditarik" in page
    assert "Kirim lagi" not in page
    assert not any(day.entries for day in week_of(budi, MONDAY, today).days)
    assert desk_of(budi, today).recent == ()
    with pytest.raises(NotNow, match="sudah ditarik"):
        services.withdraw_entry(actor=office.viewer(budi), entry=entry, version=2)
    with pytest.raises(NotNow, match="sudah ditarik"):
        services.accept_entry(actor=office.viewer(office.head), entry=entry, version=2)


def test_only_a_returned_entry_is_withdrawn_by_its_author_alone(office, as_, budi, indicator, today, write):
    waiting, returned = write(today), write(today, state=EntryState.RETURNED)
    with pytest.raises(NotNow, match="masih menunggu"):
        services.withdraw_entry(actor=office.viewer(budi), entry=waiting, version=1)
    with pytest.raises(NotAllowed):
        services.withdraw_entry(actor=office.viewer(office.head), entry=returned, version=1)
    with pytest.raises(Stale):
        services.withdraw_entry(actor=office.viewer(budi), entry=returned, version=7)
    assert "Tarik kegiatan" not in as_(budi).get(waiting.get_absolute_url()).content.decode()
    assert not Entry.objects.filter(state=EntryState.WITHDRAWN).exists()


def test_a_withdrawn_text_is_no_copy_and_its_draft_is_offered_again(budi, indicator, today, write, as_):
    entry = write(today, text="Menerbitkan kartu warga Tallo", state=EntryState.WITHDRAWN)
    hint = "sudah Anda catat untuk hari itu"
    data = typed(indicator, today, quantity="2")
    assert hint not in as_(budi).post("/kegiatan/isian/periksa/", data, **HTMX).content.decode()
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.SUBMITTED)
    assert hint in as_(budi).post("/kegiatan/isian/periksa/", data, **HTMX).content.decode()
    assert desk_of(budi, today).recent
