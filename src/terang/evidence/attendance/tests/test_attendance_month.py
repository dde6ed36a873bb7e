"""The month with its reasons, the ladder as an early warning, and who is listed near a step."""

import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.evidence.attendance.absence import LEVELS, SANCTIONS, absences_in_sight
from terang.evidence.attendance.models import AttendanceDay, DayDispute, Device, Duty, Leave, LeaveState, Punch
from terang.evidence.attendance.month_days import month_of_person
from terang.evidence.attendance.report_facts import figures
from terang.registry.organization.models import Holiday, Outage
from terang.registry.people.models import Role
from terang.rules.regulations.absence import steps

MONTH = "/kehadiran/?bulan=2026-11"


@pytest.fixture
def budi(office):
    return office.employee("Budi")


def mark(employee, day, status="tanpa_keterangan", **fields):
    return AttendanceDay.objects.create(employee=employee, day=day, status=status, source="mesin presensi", **fields)


def absent(employee, count, start=date(2026, 11, 2)):
    days = [day for n in range(60) if (day := start + timedelta(days=n)).weekday() < 5][:count]
    for day in days:
        mark(employee, day)


def page(client, person, url=MONTH):
    client.force_login(person.user)
    return client.get(url).content.decode()


def leave_of(employee, start, end, **fields):
    values = {"kind": "tahunan", "working_days": 1, "reason": "Acara", "state": LeaveState.APPROVED}
    asked = datetime(2026, 11, 1, tzinfo=UTC)
    return Leave.objects.create(
        employee=employee, starts_on=start, ends_on=end, requested_at=asked, form_key=uuid4(), **values | fields
    )


def test_a_day_tells_all_that_made_it_so(client, office, budi):
    device = Device.objects.create(agency=office.agency, serial="A1", name="Alat lobi")
    at = datetime(2026, 11, 3, 7, 28, tzinfo=office.moment(date(2026, 11, 3)).tzinfo)
    Punch.objects.create(
        agency=office.agency, device=device, pin="7", employee=budi, at=at, received_at=at, origin="kiriman"
    )
    began = at.astimezone(UTC)
    Outage.objects.create(
        agency=office.agency, started_at=began, ended_at=began + timedelta(hours=1), cause="Listrik padam"
    )
    reason = {"text": "Tercatat %(ground)s.", "params": {"ground": "cuti"}}
    clash = {"text": "Ada rekaman kehadiran pada hari ini.", "params": {}}
    mark(budi, date(2026, 11, 3), "cuti", reason=reason, clashes=[clash])
    leave_of(budi, date(2026, 11, 3), date(2026, 11, 4))
    text = page(client, budi)
    for told in (
        "Tercatat cuti.",
        "Ada rekaman kehadiran pada hari ini.",
        "07.28, Alat lobi",
        "Gangguan: Listrik padam, 07.28 sampai 08.28",
        "Cuti tahunan, 3 November 2026 (disetujui)",
        "perlu dilihat",
    ):
        assert told in text, told


def test_every_day_until_today_has_a_line_and_days_to_come_only_what_is_known(client, office, budi):
    Holiday.objects.create(agency=office.agency, day=date(2026, 11, 10), name="Hari Jadi Kota")
    mark(budi, date(2026, 11, 30), "cuti")
    text = page(client, budi)
    lines = text.split('<ul class="plain-list days">')[1].split("</ul>")[0].count("<li>")
    assert lines == 24 + 1
    assert "Hari Jadi Kota" in text
    assert "Data dari alat presensi untuk hari ini belum lengkap" in text
    assert "Hari ini masih berjalan" in text


def test_totals_count_late_and_early_minutes(client, budi):
    mark(budi, date(2026, 11, 2), "hadir", check_in=time(7, 45), late_minutes=15)
    mark(budi, date(2026, 11, 3), "hadir", early_minutes=75)
    mark(budi, date(2026, 11, 4), "hadir")
    text = page(client, budi)
    for told in ("3 dari 3 hari wajib", "1 dari 3 hari hadir", "15 menit", "1 jam 15 menit"):
        assert told in text


def test_only_the_person_disputes_and_only_what_is_counted(client, office, budi):
    mark(budi, date(2026, 11, 2))
    link = "/kehadiran/keberatan/baru/?hari=2026-11-02"
    assert link in page(client, budi)
    assert "hari=2026-11-01" not in page(client, budi)
    assert "keberatan/baru" not in page(client, office.head, f"{MONTH}&pegawai={budi.pk}")
    raised = DayDispute.objects.create(
        employee=budi,
        day=date(2026, 11, 2),
        text="Alat mati",
        raised_at=office.moment(date(2026, 11, 3)),
        form_key=uuid4(),
    )
    text = page(client, budi)
    assert link not in text
    assert f"/kehadiran/keberatan/{raised.pk}/" in text


def test_who_may_see_performance_but_not_what_is_private(client, office, budi):
    """An auditor sees the day, not the request, the dispute or the warning behind it."""
    auditor = office.employee("Lina")
    office.grant(auditor, Role.AUDITOR)
    mark(budi, date(2026, 11, 2))
    leave = leave_of(budi, date(2026, 11, 3), date(2026, 11, 4), kind="sakit")
    url = f"{MONTH}&pegawai={budi.pk}"
    seen, head = page(client, auditor, url), page(client, office.head, url)
    assert "Tanpa keterangan" in seen
    for private in (f"/kehadiran/cuti/{leave.pk}/", "PP 94/2021"):
        assert private not in seen
        assert private in head


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "belum mencapai jenjang pertama. Jenjang berikutnya sesudah 2 hari lagi."),
        (3, "teguran lisan (hukuman disiplin ringan). Jenjang berikutnya sesudah 1 hari lagi."),
        (10, "pemberhentian dengan hormat tidak atas permintaan sendiri (hukuman disiplin berat)."),
    ],
)
def test_the_ladder_warns_the_person_and_the_appraiser_and_decides_nothing(client, office, budi, count, told):
    absent(budi, count)
    own, head = page(client, budi), page(client, office.head, f"{MONTH}&pegawai={budi.pk}")
    for text in (own, head):
        assert told in text
        assert "belum keputusan apa pun; yang memutuskan adalah pejabat yang berwenang sesudah pemeriksaan" in text
    assert "bicarakan dengan penilai Anda sekarang" in own
    assert "Tanyakan dahulu apa yang terjadi" in head


def test_without_absence_there_is_no_warning(client, budi):
    mark(budi, date(2026, 11, 2), "hadir")
    mark(budi, date(2025, 11, 3))
    assert "PP 94/2021" not in page(client, budi)


def test_a_year_before_the_ladder_was_law_has_no_warning(client, budi):
    mark(budi, date(2020, 11, 2))
    mark(budi, date(2021, 3, 1))
    assert "PP 94/2021" not in page(client, budi, "/kehadiran/?bulan=2020-11")
    assert "PP 94/2021" in page(client, budi, "/kehadiran/?bulan=2021-03")


def test_every_word_of_the_ladder_is_marked_for_translation():
    assert {step.sanction for step in steps()} == {*SANCTIONS}
    assert {step.level for step in steps()} == {*LEVELS}


def test_the_list_is_for_who_leads_and_names_who_is_near(client, office, budi):
    sari, dodi = office.employee("Sari"), office.employee("Dodi")
    absent(budi, 4)
    absent(sari, 2)
    absent(dodi, 1)
    text = page(client, office.head, "/kehadiran/tidak-masuk/")
    assert "Budi" in text
    assert "teguran tertulis" in text
    assert "belum mencapai jenjang pertama" in text
    assert "Dodi" not in text
    client.force_login(sari.user)
    assert client.get("/kehadiran/tidak-masuk/").status_code == 403


def test_a_run_goes_over_weekends_and_ends_at_a_day_of_work(office, budi):
    absent(budi, 3, date(2026, 11, 5))
    absent(budi, 2, date(2026, 11, 11))
    [found] = absences_in_sight(office.viewer(office.head))
    assert (found.cumulative, found.standing.consecutive) == (5, 3)


def asked(client, person, url):
    client.force_login(person.user)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_list_asks_as_much_for_fifty_people_as_for_one(client, office):
    absent(office.employee("Pertama"), 3)
    before = asked(client, office.head, "/kehadiran/tidak-masuk/")
    for number in range(49):
        absent(office.employee(f"Pegawai {number}"), 3)
    assert asked(client, office.head, "/kehadiran/tidak-masuk/") == before
    assert len(absences_in_sight(office.viewer(office.head))) == 50


def test_the_month_asks_as_much_for_a_full_month_as_for_one_day(client, office, budi):
    absent(budi, 1)
    before = asked(client, budi, MONTH)
    absent(budi, 15, date(2026, 11, 3))
    for day in range(2, 12):
        leave_of(budi, date(2026, 11, day), date(2026, 11, day + 1), kind="izin")
        duty = Duty.objects.create(
            agency=office.agency,
            letter=f"SPT {day}",
            starts_on=date(2026, 11, day),
            ends_on=date(2026, 11, day + 1),
            form_key=uuid4(),
        )
        duty.people.add(budi)
    assert asked(client, budi, MONTH) == before


def test_a_figure_of_a_report_leads_to_all_the_months_it_counts(client, office, budi):
    for month in (7, 8, 10):
        mark(budi, date(2026, month, 6), "hadir", late_minutes=5 if month == 8 else 0)
    mark(budi, date(2026, 8, 7))
    mark(budi, date(2026, 8, 10), "cuti")
    mark(budi, date(2026, 6, 30), "hadir")
    DayDispute.objects.create(
        employee=budi, day=date(2026, 8, 7), text="Saya ada", raised_at=datetime(2026, 8, 8, tzinfo=UTC),
        form_key=uuid4(),
    )  # fmt: skip
    present, punctual, disputed = figures(budi.pk, date(2026, 7, 1), date(2027, 1, 1), date(2026, 11, 24))
    assert (present.value, punctual.value) == ("3 dari 4 hari", "2 dari 3 hari")
    assert {present.url, punctual.url, disputed.url} == {present.url}
    shown = page(client, budi, present.url)
    links = re.findall(r"bulan=(2026-\d\d)", shown)
    assert links == ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    [foot] = re.findall('<tr class="sum">(.*?)</tr>', shown, re.S)
    assert re.findall(r">(\d+)</td>", foot) == ["4", "3", "2", "1"]
    assert "Keberatan" in page(client, office.head, present.url), "who answers disputes knows of them"
    oversight = office.employee("Wati")
    office.grant(oversight, Role.OVERSIGHT)
    assert "Keberatan" not in page(client, oversight, present.url)
    assert client.get(present.url.replace("2027", "2099")).content.decode().count('class="sum"') == 0
    client.force_login(office.employee("Jauh").user)
    assert client.get(present.url).status_code == 403


def test_the_morning_record_of_a_night_stands_with_the_night(client, office, budi):
    """Also over the end of the month; a record later that day is that day's own."""
    device = Device.objects.create(agency=office.agency, serial="A1", name="Alat bangsal")
    for day, hour in ((30, 21), (31, 6), (31, 12), (31, 21)):
        at = office.moment(date(2026, 10, day), hour)
        Punch.objects.create(
            agency=office.agency, device=device, pin="7", employee=budi, at=at, received_at=at, origin="kiriman"
        )
    at = office.moment(date(2026, 11, 1), 6)
    Punch.objects.create(
        agency=office.agency, device=device, pin="7", employee=budi, at=at, received_at=at, origin="kiriman"
    )
    for day in (30, 31):
        mark(budi, date(2026, 10, day), "hadir", check_in=time(21), check_out=time(6))
    lines = {line.day.day: line for line in month_of(budi, date(2026, 10, 1))}
    assert lines[30].punches == ["21.00, Alat bangsal", "06.00 keesokan harinya, Alat bangsal"]
    assert lines[31].punches == ["12.00, Alat bangsal", "21.00, Alat bangsal", "06.00 keesokan harinya, Alat bangsal"]


def month_of(person, first):
    return month_of_person(person, first, date(2026, 11, 24), own=True, private=True).lines
