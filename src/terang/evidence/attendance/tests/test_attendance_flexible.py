"""Flexible work: who decides it, what it does to days, and free hours by the week."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evidence.attendance.free_hours import free_weeks
from terang.evidence.attendance.models import AttendanceDay, Device, FlexibleWork, PinHolder, Punch, WebPunchRule
from terang.evidence.attendance.services.deriving import derive_days
from terang.evidence.attendance.services.flexible_work import cancel_flexible_work, decide_flexible_work
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow, Stale

MONDAY = date(2026, 11, 16)
TEXTS = {"place": "Rumah", "letter": "SK 7/2026", "signed_by": "Sekretaris Daerah"}


@pytest.fixture
def keeper(office):
    person = office.employee("Pengelola")
    office.grant(person, Role.PERSONNEL)
    return office.viewer(person)


@pytest.fixture
def andi(office):
    person = office.employee("Andi")
    PinHolder.objects.create(agency=office.agency, pin="7", employee=person, starts_on=date(2020, 1, 1))
    return person


def decide(actor, people, mode="elsewhere", weekdays="01234", start=MONDAY, days=7, **changes):
    told = TEXTS | {"form_key": uuid.uuid4()} | changes
    return decide_flexible_work(
        actor=actor, mode=mode, weekdays=weekdays, starts_on=start, ends_on=start + timedelta(days=days),
        people=people, **told,
    )  # fmt: skip


def heads_decide(office):
    WebPunchRule.objects.create(
        agency=office.agency, unit=office.unit, who="fleksibel", place_required=False, flexible_by="kepala_unit",
        basis="Perwali 1", valid_from=date(2020, 1, 1),
    )  # fmt: skip


def punch(office, person, day, *hours):
    device, _new = Device.objects.get_or_create(agency=office.agency, serial="A", name="A")
    for hour in hours:
        at = office.moment(day, int(hour), round(hour % 1 * 60))
        Punch.objects.create(
            agency=office.agency, device=device, pin="7", employee=person, at=at, received_at=at, origin="berkas"
        )


def test_the_personnel_agency_decides_and_heads_only_where_the_rule_lets_them(office, keeper, andi):
    head = office.viewer(office.head)
    with pytest.raises(NotAllowed, match="pengelola kepegawaian"):
        decide(head, [andi])
    with pytest.raises(NotAllowed):
        decide(office.viewer(andi), [andi])
    heads_decide(office)
    work = decide(head, [andi])
    assert list(work.people.all()) == [andi]
    with pytest.raises(NotAllowed, match="sendiri"):
        decide(head, [office.head], start=MONDAY + timedelta(days=30))
    stranger = office.employee("Jauh", unit=office.root)
    with pytest.raises(NotAllowed):
        decide(head, [stranger])
    assert decide(keeper, [stranger, office.head])
    assert JournalEntry.objects.filter(verb="attendance.flexible_work_decided").count() == 3


def test_nobody_decides_the_own_flexible_work(office, keeper, andi, client):
    """Not even the personnel agency, alone or among others; another officer does."""
    for people in ([keeper.employee], [andi, keeper.employee]):
        with pytest.raises(NotAllowed, match="kepegawaian yang lain"):
            decide(keeper, people)
    client.force_login(keeper.user)
    typed = TEXTS | {"mode": "elsewhere", "weekdays": ["0"], "starts_on": MONDAY, "last_day": MONDAY}
    typed |= {"others": keeper.employee.nip, "form_key": uuid.uuid4()}
    answer = client.post(reverse("attendance:flexible_new"), typed)
    assert (answer.status_code, FlexibleWork.objects.count()) == (403, 0)
    colleague = office.employee("Pengelola Kedua")
    office.grant(colleague, Role.PERSONNEL)
    assert decide(office.viewer(colleague), [andi, keeper.employee])


def test_one_decision_for_a_day_and_the_same_form_once(office, keeper, andi):
    key = uuid.uuid4()
    assert decide(keeper, [andi], weekdays="024", form_key=key) == decide(keeper, [andi], weekdays="024", form_key=key)
    assert decide(keeper, [andi], weekdays="13")
    with pytest.raises(NotNow, match="Andi"):
        decide(keeper, [andi], weekdays="4", mode="dynamic")
    for wrong in ({"weekdays": ""}, {"place": " "}, {"days": 0}, {"days": 400}, {"people": []}):
        told = {"people": [andi], "start": MONDAY + timedelta(days=60)} | wrong
        with pytest.raises(NotNow):
            decide(keeper, **told)


def test_the_decision_changes_the_days_and_taking_it_back_restores_them(office, keeper, andi):
    """Tuesday is dynamic: half past nine is not late; Wednesday is not named and stays late."""
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    for day in (tuesday, wednesday):
        punch(office, andi, day, 9.5, 18)
    span = {"agency": office.agency, "start": MONDAY, "end": MONDAY + timedelta(days=5), "employee_ids": [andi.pk]}
    work = decide(keeper, [andi], mode="dynamic", weekdays="1", place="")
    derive_days(**span)
    late = dict(AttendanceDay.objects.filter(employee=andi).values_list("day", "late_minutes"))
    assert (late[tuesday], late[wednesday]) == (0, 120)
    reason = AttendanceDay.objects.get(employee=andi, day=tuesday).reason
    assert "dinamis" in str(reason)
    with pytest.raises(NotNow, match="mengapa"):
        cancel_flexible_work(actor=keeper, work=work, version=1, reason=" ")
    with pytest.raises(Stale):
        cancel_flexible_work(actor=keeper, work=work, version=3, reason="Selesai")
    cancel_flexible_work(actor=keeper, work=work, version=1, reason="Selesai")
    derive_days(**span)
    assert AttendanceDay.objects.get(employee=andi, day=tuesday).late_minutes == 120
    with pytest.raises(NotNow, match="sudah dibatalkan"):
        cancel_flexible_work(actor=keeper, work=work, version=2, reason="Selesai")


def test_free_hours_add_up_by_the_week(office, keeper, andi):
    """Nine hours less the break, four hours without one, an absent day with none, a day with one record unknown."""
    decide(keeper, [andi], mode="dynamic", place="")
    rows = [("hadir", time(8), time(17)), ("hadir", time(9), time(13)), ("tanpa_keterangan", None, None)]
    rows += [("hadir", time(8), None), ("cuti", None, None)]
    for n, (status, arrived, left) in enumerate(rows):
        AttendanceDay.objects.create(
            employee=andi, day=MONDAY + timedelta(days=n), status=status, check_in=arrived, check_out=left
        )
    (week,) = free_weeks(andi, date(2026, 11, 1), date(2026, 12, 1))
    assert (week.monday, week.days, week.sum.minutes, week.sum.due, week.sum.unknown) == (MONDAY, 4, 720, 1800, 1)
    assert free_weeks(office.head, date(2026, 11, 1), date(2026, 12, 1)) == []


def test_pages(client, office, keeper, andi):
    client.force_login(keeper.user)
    told = TEXTS | {
        "form_key": str(uuid.uuid4()), "others": andi.nip, "mode": "elsewhere", "weekdays": ["0", "2"],
        "starts_on": "2026-11-16", "last_day": "2026-11-30",
    }  # fmt: skip
    assert client.post(reverse("attendance:flexible_new"), told | {"letter": ""}).status_code == 422
    answer = client.post(reverse("attendance:flexible_new"), told)
    work = FlexibleWork.objects.get()
    assert (answer.status_code, work.weekdays, work.ends_on) == (303, "02", date(2026, 12, 1))
    client.force_login(andi.user)
    assert "Senin, Rabu" in client.get(reverse("attendance:flexibles")).content.decode()
    assert "Rumah" in client.get(answer["Location"]).content.decode()
    month = client.get(reverse("attendance:month"), {"bulan": "2026-11"}).content.decode()
    assert month.count("Kerja fleksibel: Lokasi lain, Rumah") == 3
    assert client.get(reverse("attendance:flexible_new")).status_code == 403
    client.force_login(office.employee("Teman").user)
    assert client.get(answer["Location"]).status_code == 403


def test_a_list_names_only_people_one_may_see(client, office, keeper, andi):
    colleague = office.employee("Ratna Rekan")
    work = decide(keeper, [andi, colleague])
    list_url, page_url = reverse("attendance:flexibles"), reverse("attendance:flexible", args=[work.pk])
    for person, named in ((andi, False), (office.head, True)):
        client.force_login(person.user)
        for url in (list_url, page_url):
            page = client.get(url).content.decode()
            assert "Andi" in page
            assert ("Ratna Rekan" in page) == named


def test_the_form_opens_for_heads_only_where_the_rule_gives_it_to_them(office, client):
    client.force_login(office.head.user)
    assert client.get(reverse("attendance:flexible_new")).status_code == 403
    heads_decide(office)
    assert client.get(reverse("attendance:flexible_new")).status_code == 200
