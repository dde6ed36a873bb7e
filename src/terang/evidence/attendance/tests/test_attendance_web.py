"""Presence from the web: whom the rule lets record, places, questions to the appraiser, and what the day becomes."""

import uuid
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from terang.audit.models import JournalEntry
from terang.evidence.attendance.models import (
    AttendanceDay,
    Device,
    FlexibleWork,
    PinHolder,
    Punch,
    WebPunch,
    WebPunchRule,
)
from terang.evidence.attendance.services.deriving import derive_days
from terang.evidence.attendance.services.web_punches import Fix, answer_web_punch, record_web_punch, sweep
from terang.evidence.attendance.services.web_rules import add_place, end_web_rule, retire_place, set_web_rule
from terang.evidence.attendance.web_forms import read_point
from terang.evidence.attendance.web_lists import asked_about, web_line
from terang.registry.people.models import Role
from terang.rules.attendance.place import Point
from terang.web.errors import NotAllowed, NotNow, Stale

TODAY = date(2026, 11, 24)
HALL = Point(-5_133_400, 119_406_900)
NEAR = Fix(Point(-5_133_400, 119_407_400), 12)
FAR = Fix(Point(-5_143_400, 119_406_900), 12)
RULE = {
    "who": "semua", "place_required": True, "radius_metres": 100, "outside": "dihitung", "answer_days": 3,
    "photo_required": False, "flexible_by": "kepegawaian", "basis": "Perwali 1/2026", "valid_from": date(2026, 1, 1),
}  # fmt: skip


@pytest.fixture
def keeper(office):
    person = office.employee("Pengelola")
    office.grant(person, Role.PERSONNEL)
    return office.viewer(person)


@pytest.fixture
def andi(office):
    return office.employee("Andi")


def rule(office, keeper, unit=None, **changes):
    return set_web_rule(actor=keeper, agency=office.agency, unit=unit, **(RULE | changes))


def hall(office, keeper, unit=None):
    return add_place(
        actor=keeper, agency=office.agency, unit=unit, name="Balai Kota",
        latitude_micro=HALL.latitude, longitude_micro=HALL.longitude,
    )  # fmt: skip


def press(office, person, fix=NEAR, **more):
    return record_web_punch(actor=office.viewer(person), form_key=more.pop("form_key", uuid.uuid4()), fix=fix, **more)


def at(monkeypatch, office, hour, minute=0, day=TODAY):
    monkeypatch.setattr(timezone, "now", lambda: office.moment(day, hour, minute))


def day_of(person, day=TODAY):
    return AttendanceDay.objects.filter(employee=person, day=day).first()


def test_in_and_out_make_the_day_at_once(monkeypatch, office, keeper, andi):
    rule(office, keeper)
    place = hall(office, keeper)
    at(monkeypatch, office, 7, 35)
    web = press(office, andi)
    assert (web.placing, web.place, web.distance_metres, web.state, web.counts) == ("di_lokasi", place, 55, "", True)
    assert (day_of(andi).status, day_of(andi).late_minutes, day_of(andi).missing_out) == ("hadir", 5, False)
    at(monkeypatch, office, 16, 5)
    press(office, andi)
    assert (str(day_of(andi).check_in), str(day_of(andi).check_out)) == ("07:35:00", "16:05:00")
    entry = JournalEntry.objects.filter(verb="attendance.web_punched").first()
    assert entry.subject_employee_id == andi.pk
    assert "5133400" not in str(entry.changes)


def test_the_same_form_twice_is_one_record(office, keeper, andi):
    rule(office, keeper)
    key = uuid.uuid4()
    assert press(office, andi, form_key=key) == press(office, andi, form_key=key)
    assert Punch.objects.count() == 1
    with pytest.raises(NotNow, match="sudah dipakai"):
        press(office, office.employee("Lain"), form_key=key)


def test_whom_the_rule_lets_record(office, keeper, andi):
    with pytest.raises(NotAllowed, match="tidak memakai"):
        press(office, andi)
    rule(office, keeper, who="tidak_ada")
    with pytest.raises(NotAllowed):
        press(office, andi)
    rule(office, keeper, unit=office.unit, who="fleksibel")
    with pytest.raises(NotAllowed, match="hari kerja fleksibel"):
        press(office, andi)
    decided = flexible(office, andi, "elsewhere")
    assert press(office, andi, Fix()).placing == "bebas"
    FlexibleWork.objects.filter(pk=decided.pk).update(weekdays="0")
    with pytest.raises(NotAllowed):
        press(office, andi)


def flexible(office, person, mode, weekdays="01234", start=TODAY - timedelta(days=7), days=30):
    made = FlexibleWork.objects.create(
        agency=office.agency, mode=mode, weekdays=weekdays, letter="SK 7/2026", signed_by="Sekda", starts_on=start,
        ends_on=start + timedelta(days=days), form_key=uuid.uuid4(),
    )  # fmt: skip
    made.people.add(person)
    return made


@pytest.mark.parametrize(
    ("fix", "placing"),
    [(FAR, "di_luar"), (Fix(), "tanpa_lokasi"), (Fix(NEAR.point, 400), "kurang_teliti")],
)
def test_a_place_that_does_not_fit_is_recorded_and_asked_about(office, keeper, andi, fix, placing):
    rule(office, keeper)
    hall(office, keeper)
    web = press(office, andi, fix, explanation="Survei lapangan")
    assert (web.placing, web.state, web.counts) == (placing, "menunggu", True)
    assert day_of(andi).status == "hadir"
    head = office.viewer(office.head)
    for wrong in (office.viewer(andi), office.viewer(office.employee("Teman"))):
        with pytest.raises(NotAllowed):
            answer_web_punch(actor=wrong, web=web, version=1, accept=True, note="")
    with pytest.raises(NotNow, match="alasannya"):
        answer_web_punch(actor=head, web=web, version=1, accept=False, note=" ")
    with pytest.raises(Stale):
        answer_web_punch(actor=head, web=web, version=9, accept=True, note="")
    answer_web_punch(actor=head, web=web, version=1, accept=False, note="Tidak ada survei")
    assert day_of(andi) is None
    assert Punch.objects.filter(employee=andi).count() == 1
    with pytest.raises(NotNow, match="sudah dijawab"):
        answer_web_punch(actor=head, web=web, version=2, accept=True, note="")


def test_a_rule_may_hold_the_record_back_until_the_answer(office, keeper, andi):
    rule(office, keeper, outside="menunggu")
    hall(office, keeper)
    web = press(office, andi, FAR)
    assert (web.counts, day_of(andi)) == (False, None)
    answer_web_punch(actor=office.viewer(office.head), web=web, version=1, accept=True, note="")
    assert day_of(andi).status == "hadir"


def test_a_photo_where_the_rule_asks_goes_into_custody(office, keeper, andi):
    rule(office, keeper, photo_required=True, place_required=False)
    with pytest.raises(NotNow, match="foto"):
        press(office, andi)
    with pytest.raises(ValidationError):
        press(office, andi, Fix(), photo=SimpleUploadedFile("saya.jpg", b"bukan foto"))
    assert not Punch.objects.exists()
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    web = press(office, andi, Fix(), photo=SimpleUploadedFile("saya.jpg", file.getvalue()))
    assert (web.punch.photo.media_type, web.placing) == ("image/jpeg", "bebas")


def test_a_face_is_seen_small_by_nobody_who_may_not_see_it_large(office, keeper, andi, client):
    rule(office, keeper, photo_required=True, place_required=False)
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    web = press(office, andi, Fix(), photo=SimpleUploadedFile("saya.jpg", file.getvalue()))
    auditor = office.employee("Auditor")
    office.grant(auditor, Role.AUDITOR)
    small = reverse("custody:small", args=[web.punch.photo_id])
    large = reverse("attendance:web_punch_photo", args=[web.pk])
    for person, seen in ((andi, True), (office.head, True), (keeper.employee, True), (auditor, False)):
        client.force_login(person.user)
        assert client.get(large).status_code == (200 if seen else 403)
        assert client.get(small).status_code == (200 if seen else 404)


def test_a_day_only_the_web_could_tell_of_is_absent_when_nobody_pressed(monkeypatch, office, keeper, andi):
    """Decided to work elsewhere and let record from the web: nothing recorded, nothing excused."""
    yesterday = TODAY - timedelta(days=1)
    derive = {"agency": office.agency, "start": yesterday, "end": TODAY, "employee_ids": [andi.pk]}
    flexible(office, andi, "elsewhere")
    derive_days(**derive)
    assert day_of(andi, yesterday) is None
    rule(office, keeper, who="fleksibel")
    derive_days(**derive)
    assert day_of(andi, yesterday).status == "tanpa_keterangan"


def test_who_has_a_pin_too_is_absent_only_when_the_device_has_told(office, keeper, andi):
    """Decided to work elsewhere, but the person may have come in after all: the device is waited for."""
    yesterday = TODAY - timedelta(days=1)
    derive = {"agency": office.agency, "start": yesterday, "end": TODAY, "employee_ids": [andi.pk]}
    PinHolder.objects.create(agency=office.agency, pin="7", employee=andi, starts_on=date(2020, 1, 1))
    told = [office.moment(yesterday, 6).isoformat(), office.moment(yesterday, 9).isoformat()]
    device = Device.objects.create(agency=office.agency, serial="A", name="A", heard=[told])
    flexible(office, andi, "elsewhere")
    rule(office, keeper, who="fleksibel")
    derive_days(**derive)
    assert day_of(andi, yesterday) is None
    device.heard = [[told[0], office.moment(TODAY, 8).isoformat()]]
    device.save()
    derive_days(**derive)
    assert day_of(andi, yesterday).status == "tanpa_keterangan"


def test_the_queue_asks_the_same_of_one_and_of_many(office, keeper, django_assert_num_queries):
    rule(office, keeper)
    head = office.viewer(office.head)
    press(office, office.employee("Pertama"), Fix())
    with CaptureQueriesContext(connection) as asked:
        assert len(asked_about(head)) == 1
    for number in range(30):
        press(office, office.employee(f"Pegawai {number}"), Fix())
    with django_assert_num_queries(len(asked)):
        lines = [web_line(web) for web in asked_about(head)]
        assert len([line.web.punch.employee.name for line in lines]) == 31


def test_free_hours_know_no_late_and_take_the_whole_day(monkeypatch, office, keeper, andi):
    rule(office, keeper, who="fleksibel")
    flexible(office, andi, "dynamic")
    for hour in (5, 20):
        at(monkeypatch, office, hour)
        press(office, andi, Fix())
    row = day_of(andi)
    assert (str(row.check_in), str(row.check_out), row.late_minutes, row.early_minutes) == (
        "05:00:00",
        "20:00:00",
        0,
        0,
    )


def test_rules_and_places_are_kept_by_the_personnel_agency(office, keeper, andi):
    first = rule(office, keeper)
    place = hall(office, keeper, office.unit)
    for person in (andi, office.head):
        with pytest.raises(NotAllowed):
            rule(office, office.viewer(person), valid_from=TODAY)
        with pytest.raises(NotAllowed):
            end_web_rule(actor=office.viewer(person), rule=first, on=TODAY)
    with pytest.raises(ValidationError, match="Sudah ada"):
        rule(office, keeper)
    with pytest.raises(ValidationError, match="Isi jarak"):
        rule(office, keeper, valid_from=TODAY, radius_metres=None)
    retire_place(actor=keeper, place=place, on=TODAY)
    assert press(office, andi).placing == "tanpa_lokasi"
    end_web_rule(actor=keeper, rule=first, on=TODAY)
    with pytest.raises(NotAllowed):
        press(office, andi)
    assert WebPunchRule.objects.get().valid_to == TODAY


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("-5.1334, 119.4069", (-5_133_400, 119_406_900)),
        ("-5,1334; 119,4069", (-5_133_400, 119_406_900)),
        ("-5.1334 119.4069", (-5_133_400, 119_406_900)),
    ],
)
def test_points_as_maps_write_them(text, point):
    assert read_point(text) == point


@pytest.mark.parametrize("text", ["", "Balai Kota", "95.0, 10.0", "1, 2, 3", "NaN, 3"])
def test_what_is_no_point_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_point(text)


def test_the_page_records_without_javascript(client, office, keeper, andi):
    rule(office, keeper)
    hall(office, keeper)
    client.force_login(andi.user)
    page = client.get(reverse("attendance:punch"))
    assert "Balai Kota" in page.content.decode()
    answer = client.post(reverse("attendance:punch"), {"form_key": str(uuid.uuid4()), "explanation": "Di lapangan"})
    web = WebPunch.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == reverse("attendance:web_punch", args=[web.pk])
    assert f"W-{web.pk}" in client.get(answer["Location"]).content.decode()
    client.force_login(office.head.user)
    assert "Rekaman di luar lokasi" in client.get(reverse("attendance:leave_queue")).content.decode()
    said = {"version": 1, "decision": "accept", "note": ""}
    client.post(reverse("attendance:web_punch_answer", args=[web.pk]), said)
    web.refresh_from_db()
    assert web.state == "diterima"
    client.force_login(office.employee("Teman").user)
    assert client.get(answer["Location"]).status_code == 403


def test_who_may_not_record_is_told_why(client, office, andi):
    client.force_login(andi.user)
    page = client.get(reverse("attendance:punch"))
    assert "Unit Anda tidak memakai rekam lewat web" in page.content.decode()
    assert client.post(reverse("attendance:punch"), {"form_key": str(uuid.uuid4())}).status_code == 403


def test_silence_about_a_place_costs_nothing(monkeypatch, office, keeper, andi):
    rule(office, keeper, outside="menunggu")
    hall(office, keeper)
    at(monkeypatch, office, 7, 20)
    web = press(office, andi, FAR)
    at(monkeypatch, office, 9, day=TODAY + timedelta(days=3))
    sweep()
    web.refresh_from_db()
    assert (web.counts, web.state) == (False, "menunggu")
    at(monkeypatch, office, 9, day=TODAY + timedelta(days=6))
    sweep()
    sweep()
    web.refresh_from_db()
    assert (web.counts, web.state) == (True, "menunggu")
    assert (day_of(andi).status, str(day_of(andi).check_in)) == ("hadir", "07:20:00")
    assert JournalEntry.objects.filter(verb="attendance.web_punch_unanswered").count() == 1
