"""Files of punches: read as devices write them, looked through, kept once; PINs that are nobody's wait."""

import io
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from terang.audit.models import JournalEntry
from terang.evidence.attendance import tasks
from terang.evidence.attendance.device_lists import waiting_pins
from terang.evidence.attendance.models import AttendanceDay, BatchState, Device, PinHolder, Punch, PunchBatch
from terang.evidence.attendance.reading import Reading, Unreadable, attlog_line, read_lines
from terang.evidence.attendance.services import batches
from terang.evidence.attendance.services.incoming import with_span
from terang.evidence.attendance.services.pin_holders import assign_pin, end_pin
from terang.evidence.attendance.services.uploading import confirm, upload
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow
from terang.web.sheets import SpreadsheetError

MONDAY = date(2026, 11, 16)
moment = datetime.fromisoformat
LOG = (
    b"        17\t2026-11-16 07:28:41\t1\t0\t1\t0\r\n"
    b"        17\t2026-11-16 16:03:02\t1\t1\t1\t0\r\n"
    b"        17\t2026-11-16 16:03:02\t1\t1\t1\t0\r\n"
    b"        99\t2026-11-16 07:40:00\t1\t0\t1\t0\r\n"
    b"kacau\r\n"
    b"        17\t2031-01-01 00:00:00\t1\t0\t1\t0\r\n"
)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }


@pytest.fixture
def device(office):
    return Device.objects.create(agency=office.agency, unit=office.unit, serial="A1", name="Alat pintu depan")


@pytest.fixture
def keeper(office):
    person = office.employee("Pengelola")
    office.grant(person, Role.PERSONNEL)
    return office.viewer(person)


@pytest.fixture
def budi(office):
    person = office.employee("Budi")
    PinHolder.objects.create(agency=office.agency, pin="17", employee=person, starts_on=date(2026, 1, 1))
    return person


def lines(text, name="a.csv", **layout):
    data = text if isinstance(text, bytes) else text.encode()
    return [line for _number, line in read_lines(io.BytesIO(data), name, layout)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("        17\t2026-10-05 07:28:41\t1\t0\t1\t0", Reading("17", moment("2026-10-05 07:28:41"), "0")),
        ("0017\t2026-10-05 07:28:41", Reading("0017", moment("2026-10-05 07:28:41"), "")),
        ("17\t05/10/2026 07:28", Unreadable("17\t05/10/2026 07:28")),
        ("17", Unreadable("17")),
        ("\t2026-10-05 07:28:41", Unreadable("2026-10-05 07:28:41")),
        ("1" * 21 + "\t2026-10-05 07:28:41", Unreadable("1" * 21 + "\t2026-10-05 07:28:41")),
    ],
)
def test_a_line_of_the_attendance_log(text, expected):
    assert attlog_line(text) == expected


def test_the_column_of_the_key_differs_by_firmware_and_line_ends_do_not_matter():
    unix, windows = LOG.replace(b"\r\n", b"\n"), LOG
    assert lines(unix, "x_attlog.dat") == lines(windows, "x_attlog.dat")
    assert [line.hint for line in lines(LOG, "x.dat", hint_column=3)[:2]] == ["1", "1"]


def test_columns_of_a_table_are_found_by_their_usual_or_their_given_names():
    at = moment("2026-10-05 07:28")
    assert lines("Nama;No. ID;Waktu\nBudi;17;05/10/2026 07.28\n") == [Reading("17", at)]
    assert lines("PIN,Tanggal,Jam\n17,2026-10-05,07:28\n") == [Reading("17", at)]
    assert lines("kode,kapan\n17,10/05/2026 07:28\n", pin="Kode", time="kapan", order="mdy") == [Reading("17", at)]
    assert lines("PIN,Waktu\n17,kemarin\n") == [Unreadable("17; kemarin")]
    with pytest.raises(SpreadsheetError, match="Kolom dalam berkas: apa, kapan"):
        lines("apa,kapan\n17,2026-10-05\n")
    with pytest.raises(SpreadsheetError, match="Jenis berkas"):
        lines("x", "a.pdf")


def test_a_sheet_holds_numbers_and_real_dates():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["PIN", "Waktu", "Status"])
    sheet.write_number(1, 0, 17)
    sheet.write_datetime(1, 1, moment("2026-10-05 07:28:41"), book.add_format({"num_format": "d/m/yyyy h:mm"}))
    sheet.write_string(1, 2, "C/In")
    book.close()
    [reading] = lines(buffer.getvalue(), "a.xlsx")
    assert reading == Reading("17", moment("2026-10-05 07:28:41"), "C/In")


def test_spans_that_touch_become_one():
    a, b, c, d = (moment(f"2026-10-0{n}") for n in range(1, 5))
    assert with_span([(a, b)], c, d) == [(a, b), (c, d)]
    assert with_span([(a, b), (c, d)], b, c) == [(a, d)]
    assert with_span([], a, a) == [(a, a)]


def test_a_file_is_looked_through_before_anything_is_kept(office, device, keeper, budi):
    batch = upload(actor=keeper, device=device, name="attlog.dat", data=LOG)
    assert batch.state == BatchState.READING
    with pytest.raises(NotNow):
        confirm(actor=keeper, batch_id=batch.pk)
    tasks.check_batch.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Punch.objects.count()) == (BatchState.CHECKED, 0)
    found = batch.found
    assert (found["lines"], found["bad"], found["future"]) == (5, 1, 1)
    assert found["unknown"] == [["99", 1]]
    assert [row["what"] for row in found["sample"]] == ["baru", "baru", "ganda", "asing", "depan"]
    assert found["sample"][0]["name"] == "Budi"


def test_taking_a_file_over_twice_changes_nothing(office, device, keeper, budi):
    for _ in range(2):
        batch = upload(actor=keeper, device=device, name="attlog.dat", data=LOG)
        tasks.check_batch.call(batch.pk)
        confirm(actor=keeper, batch_id=batch.pk)
        confirm(actor=keeper, batch_id=batch.pk)
        tasks.take_batch.call(batch.pk)
        tasks.take_batch.call(batch.pk)
        day = AttendanceDay.objects.get(employee=budi)
        told = (Punch.objects.count(), day.pk, day.check_in, day.check_out)
        assert told == (3, day.pk, time(7, 28), time(16, 3))
    batch = PunchBatch.objects.get()
    assert (batch.state, batch.found["new"], batch.found["known"], batch.found["days"]) == ("selesai", 0, 4, 0)
    assert JournalEntry.objects.filter(verb="attendance.days_derived").count() == 1
    assert len(LOG) == len(batches.default_storage.open(batch.path).read())


def test_the_order_of_two_files_does_not_matter(office, device, budi):
    first = LOG.splitlines(keepends=True)[:1]
    for data in (LOG, b"".join(first), LOG[::1]):
        batches.import_file(device=device, name="a.dat", data=data)
    assert Punch.objects.count() == 3
    assert AttendanceDay.objects.get(employee=budi).check_in == time(7, 28)


def test_a_file_of_no_use_fails_with_a_reason(office, device, keeper):
    for name, data in (("a.dat", b"kacau\n"), ("a.xlsx", b"PK"), ("a.csv", b"apa,kapan\n1,2\n")):
        batch = batches.import_file(device=device, name=name, data=data)
        assert (batch.state, Punch.objects.count()) == (BatchState.FAILED, 0)
        assert batch.message["text"]
        with pytest.raises(NotNow):
            confirm(actor=keeper, batch_id=batch.pk)


def test_the_head_brings_the_files_of_the_own_units_devices_only(office, device):
    head, other = office.viewer(office.head), Device.objects.create(agency=office.agency, serial="B", name="Umum")
    assert upload(actor=head, device=device, name="a.dat", data=LOG).uploaded_by == office.head
    with pytest.raises(NotAllowed):
        upload(actor=head, device=other, name="b.dat", data=LOG)
    with pytest.raises(NotAllowed):
        upload(actor=office.viewer(office.employee("Sari")), device=device, name="b.dat", data=LOG)
    Device.objects.filter(pk=device.pk).update(retired_on=MONDAY)
    device.refresh_from_db()
    with pytest.raises(NotNow):
        upload(actor=head, device=device, name="b.dat", data=LOG)


def test_an_unknown_pin_waits_and_is_resolved_by_assigning(
    office, device, keeper, budi, django_capture_on_commit_callbacks
):
    batches.import_file(device=device, name="a.dat", data=LOG)
    [row], total = waiting_pins(office.agency)
    assert (row.pin, row.count, row.devices, total) == ("99", 1, "Alat pintu depan", 1)
    sari = office.employee("Sari")
    with django_capture_on_commit_callbacks(execute=True):
        assign_pin(actor=keeper, pin=" 99 ", employee=sari, starts_on=MONDAY)
    assert waiting_pins(office.agency) == ([], 0)
    run_queue()
    assert AttendanceDay.objects.get(employee=sari).late_minutes == 10
    holder = PinHolder.objects.get(pin="99")
    with django_capture_on_commit_callbacks(execute=True):
        end_pin(actor=keeper, holder=holder, on=MONDAY)
    run_queue()
    assert not PinHolder.objects.filter(pin="99").exists()
    assert waiting_pins(office.agency)[1] == 1
    assert not AttendanceDay.objects.filter(employee=sari).exists()


def run_queue():
    from django_tasks_db.models import DBTaskResult

    for waiting in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        waiting.task.call(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])
        waiting.delete()


def test_a_pin_assigned_from_a_later_day_leaves_earlier_punches_waiting(office, device, keeper):
    batches.import_file(device=device, name="a.dat", data=LOG)
    assign_pin(actor=keeper, pin="99", employee=office.employee("Sari"), starts_on=MONDAY + timedelta(days=1))
    assert {row.pin for row in waiting_pins(office.agency)[0]} == {"17", "99"}


def test_a_pin_has_one_holder_at_a_time(office, keeper, budi):
    sari = office.employee("Sari")
    for starts, ends in ((MONDAY, None), (date(2025, 1, 1), date(2026, 1, 2)), (date(2025, 1, 1), None)):
        with pytest.raises(ValidationError, match="Budi"):
            assign_pin(actor=keeper, pin="17", employee=sari, starts_on=starts, ends_on=ends)
    assign_pin(actor=keeper, pin="17", employee=sari, starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1))
    end_pin(actor=keeper, holder=PinHolder.objects.get(employee=budi), on=MONDAY)
    assign_pin(actor=keeper, pin="17", employee=sari, starts_on=MONDAY)
    with pytest.raises(ValidationError):
        assign_pin(actor=keeper, pin="18", employee=sari, starts_on=MONDAY, ends_on=MONDAY)
    with pytest.raises(NotAllowed):
        assign_pin(actor=office.viewer(budi), pin="19", employee=sari, starts_on=MONDAY)


def test_the_pages_show_what_becomes_of_a_file_and_who_waits(
    office, device, keeper, budi, client, django_capture_on_commit_callbacks
):
    client.force_login(keeper.user)
    sent = client.post("/kehadiran/berkas/", {"device": device.pk, "file": io.BytesIO(LOG)})
    assert sent.status_code == 422  # a name without an ending says nothing
    file = io.BytesIO(LOG)
    file.name = "attlog.dat"
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/kehadiran/berkas/", {"device": device.pk, "file": file}).url
    assert "Sedang dibaca" in client.get(page).content.decode()
    run_queue()
    seen = client.get(page).content.decode()
    for word in (
        "Baru",
        "Dua kali dalam berkas",
        "PIN belum dikenal",
        "Jam di masa depan",
        "1 baris dilewati",
        "kacau",
    ):
        assert word in seen
    assert f"/kehadiran/pin/tetapkan/?pin=99&amp;mulai={MONDAY}" in seen
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page}terapkan/")
    assert "Berjalan" in client.get(page).content.decode()
    run_queue()
    assert "3 rekaman baru, 1 sudah ada" in client.get(page).content.decode()
    pins = client.get("/kehadiran/pin/").content.decode()
    assert "1 rekaman menunggu" in pins
    assert "Budi" in pins
    Device.objects.filter(pk=device.pk).update(drift_seconds=-600)
    assert "Jam terlambat 10 menit" in client.get("/kehadiran/alat/").content.decode()
