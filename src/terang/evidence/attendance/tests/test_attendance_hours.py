"""Hours of a week: lawful sums, units with shifts, what is drawn while typing; devices; and who follows the journal."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from terang.audit.models import JournalEntry
from terang.evidence.attendance import followers
from terang.evidence.attendance.models import Device, PinHolder, WebPunchRule, WorkHours
from terang.evidence.attendance.schedules import Schedules
from terang.evidence.attendance.services.devices import add_device, change_device, retire_device
from terang.evidence.attendance.services.hours import DayHours, end_hours, set_hours
from terang.registry.organization.models import WorkWeek
from terang.registry.organization.services import add_holiday, record_outage
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, Stale

MONDAY = date(2026, 11, 16)
USUAL = [*(DayHours(n, time(7, 30), time(16), 60) for n in range(4)), DayHours(4, time(7, 30), time(16, 30), 90)]
RAMADAN = [*(DayHours(n, time(8), time(15), 30) for n in range(4)), DayHours(4, time(8), time(15, 30), 60)]


@pytest.fixture
def keeper(office):
    person = office.employee("Pengelola")
    office.grant(person, Role.PERSONNEL)
    return office.viewer(person)


def decide(keeper, week, unit=None, since=MONDAY, until=None, ramadan=False):
    return set_hours(
        actor=keeper, agency=keeper.employee.agency, unit=unit, label="Uji", week=week, basis="SK 1",
        valid_from=since, valid_to=until, ramadan=ramadan,
    )  # fmt: skip


def test_a_week_must_add_up(office, keeper):
    assert len(decide(keeper, USUAL)) == 5
    decide(keeper, RAMADAN, since=MONDAY + timedelta(days=7), until=MONDAY + timedelta(days=35), ramadan=True)
    for week, ramadan in ((USUAL[:4], False), (RAMADAN, False), (USUAL, True)):
        with pytest.raises(ValidationError, match="seharusnya"):
            decide(keeper, week, since=MONDAY + timedelta(days=60), ramadan=ramadan)
    for week, said in (([], "sekurang-kurangnya"), ([DayHours(0, time(8), time(9), 60)], "istirahatnya")):
        with pytest.raises(ValidationError, match=said):
            decide(keeper, week, since=MONDAY + timedelta(days=60))
    with pytest.raises(ValidationError, match="Sudah ada"):
        decide(keeper, USUAL)
    with pytest.raises(NotAllowed):
        decide(office.viewer(office.head), USUAL, since=MONDAY + timedelta(days=60))
    assert JournalEntry.objects.filter(verb="attendance.hours_set").count() == 2


def test_only_units_with_shifts_may_pass_midnight_or_have_another_sum(office, keeper):
    night = [DayHours(n, time(21), time(7), 60) for n in range(7)]
    with pytest.raises(ValidationError, match="melewati malam"):
        decide(keeper, night, unit=office.unit)
    WorkWeek.objects.create(
        agency=office.agency, unit=office.unit, weekdays="1234567", starts_at=time(7), ends_at=time(14), shifts=True,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    decide(keeper, night, unit=office.unit)
    shift = Schedules(office.agency).shift(office.unit.pk, MONDAY)
    assert (shift.start, shift.end) == (21 * 60, 31 * 60)
    assert Schedules(office.agency).shift(office.root.pk, MONDAY).start == 450


def test_ramadan_ends_by_itself_and_hours_can_be_ended(office, keeper):
    decide(keeper, USUAL, since=date(2026, 1, 1))
    ramadan = decide(keeper, RAMADAN, until=MONDAY + timedelta(days=7), ramadan=True)
    starts = [Schedules(office.agency).shift(office.unit.pk, MONDAY + timedelta(days=n)).start for n in (-3, 0, 7)]
    assert starts == [450, 480, 450]
    row = WorkHours.objects.select_related("agency", "unit").get(
        pk=WorkHours.objects.filter(label="Uji", valid_from=MONDAY).first().pk
    )
    with pytest.raises(ValidationError):
        end_hours(actor=keeper, hours=row, on=MONDAY + timedelta(days=7))
    end_hours(actor=keeper, hours=row, on=MONDAY + timedelta(days=2))
    assert Schedules(office.agency).shift(None, MONDAY + timedelta(days=2)).start == 450
    row.refresh_from_db()
    end_hours(actor=keeper, hours=row, on=MONDAY)
    assert WorkHours.objects.filter(valid_from=MONDAY).count() == 0
    assert len(ramadan) == 5


def test_the_sum_stands_beside_the_form(office, keeper, client):
    client.force_login(keeper.user)
    page = client.get("/kehadiran/jam/baru/").content.decode()
    assert "2.250 menit seminggu, sesuai Perpres 21/2023" in page
    typed = {"start_0": "07:30", "end_0": "16:00", "break_0": "60", "mode_0": "office"}
    assert "kurang 1.800 menit" in client.get("/kehadiran/jam/jumlah/", typed).content.decode()
    bare = {f"{part}_{n}": value for n in range(7) for part, value in (("break", "60"), ("mode", "office"))}
    refused = client.post(
        "/kehadiran/jam/baru/", {**bare, **typed, "label": "x", "basis": "x", "valid_from": "2026-11-16"}
    )
    assert (refused.status_code, WorkHours.objects.count()) == (422, 0)
    full = {f"{p}_{n}": v for n in range(5) for p, v in (("start", "07:30"), ("end", "16:00"))} | {"break_4": "60"}
    done = client.post("/kehadiran/jam/baru/", {**bare, **full, "label": "x", "basis": "x", "valid_from": "2026-11-16"})
    assert (done.status_code, WorkHours.objects.count()) == (302, 5)
    assert "2.250 menit seminggu" in client.get("/kehadiran/jam/").content.decode()


WEEK_TYPED = {f"{part}_{n}": value for n in range(7) for part, value in (("break", "60"), ("mode", "office"))}
WEEK_TYPED |= {f"{part}_{n}": value for n in range(5) for part, value in (("start", "07:30"), ("end", "16:00"))}
RULE_TYPED = {"who": "semua", "outside": "dihitung", "answer_days": "3", "flexible_by": "kepegawaian"}


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize(
    ("path", "model", "typed"), [("jam", WorkHours, WEEK_TYPED), ("web/aturan", WebPunchRule, RULE_TYPED)]
)
def test_a_second_one_from_the_same_day_is_told_beside_the_day(
    keeper, client, monkeypatch, path, model, typed, at_once
):
    """Also where the first was saved between the look and the write of the second (`at_once`)."""
    client.force_login(keeper.user)
    if at_once:
        looks = QuerySet.exists
        monkeypatch.setattr(QuerySet, "exists", lambda rows: rows.model is not model and looks(rows))
    typed = typed | {"label": "x", "basis": "x", "valid_from": "2026-11-16"}
    assert client.post(f"/kehadiran/{path}/baru/", typed).status_code == 302
    kept = model.objects.count()
    refused = client.post(f"/kehadiran/{path}/baru/", typed)
    assert (refused.status_code, model.objects.count()) == (422, kept)
    assert list(refused.context["form"].errors) == ["valid_from"]
    assert client.post(f"/kehadiran/{path}/baru/", typed | {"valid_from": "2026-11-17"}).status_code == 302


def test_devices_are_kept_by_the_personnel_agency(office, keeper):
    told = {"name": "Pintu", "unit": office.unit, "may_push": False, "layout": {}}
    device = add_device(actor=keeper, agency=office.agency, serial=" A1 ", **told)
    assert device.serial == "A1"
    with pytest.raises(ValidationError, match="sudah terdaftar"):
        add_device(actor=keeper, agency=office.agency, serial="A1", **told)
    with pytest.raises(NotAllowed):
        add_device(actor=office.viewer(office.head), agency=office.agency, serial="A2", **told)
    device = change_device(actor=keeper, device=device, version=1, **{**told, "may_push": True})
    with pytest.raises(Stale):
        change_device(actor=keeper, device=device, version=1, **told)
    retire_device(actor=keeper, device=device, version=2, on=MONDAY)
    assert Device.objects.get().retired_on == MONDAY


def test_pages_cost_the_same_for_one_device_and_for_fifty(office, keeper, client, django_assert_max_num_queries):
    client.force_login(keeper.user)
    for n in range(50):
        Device.objects.create(agency=office.agency, serial=f"A{n}", name=f"Alat {n}", unit=office.unit)
        person = office.employee(f"Pegawai {n}")
        PinHolder.objects.create(agency=office.agency, pin=str(n), employee=person, starts_on=MONDAY)
    for path in ("alat", "pin", "berkas", "jam"):
        with django_assert_max_num_queries(16):
            assert client.get(f"/kehadiran/{path}/").status_code == 200


def test_an_outage_or_a_day_off_asks_for_its_days_again(office, keeper, monkeypatch):
    asked = []
    monkeypatch.setattr(followers, "ask_to_derive", lambda agency, start, end: asked.append((start, end)))
    record_outage(
        actor=keeper, agency=office.agency, unit=None, started_at=office.moment(MONDAY, 7),
        ended_at=office.moment(MONDAY, 9), cause="Listrik padam",
    )  # fmt: skip
    add_holiday(actor=keeper, agency=office.agency, day=MONDAY, name="Hari Jadi", basis="SE 1")
    followers.follow(JournalEntry.objects.order_by("pk"))
    assert asked == [
        (MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)),
        (MONDAY, MONDAY + timedelta(days=1)),
    ]
