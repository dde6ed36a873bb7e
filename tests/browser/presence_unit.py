"""Run on a filled demo's database: a unit of its own with a device that sends by itself, shifts, and a place of work.

Prints, as JSON, the NIP, number and PIN of each person, the unit, and the working day before today. Nobody of the cast
is touched.
"""

import json
import sys
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from terang.accounts.models import User
from terang.evidence.attendance.models import Device, PinHolder, ShiftTemplate, WebPunchRule, WorkPlace
from terang.registry.organization.calendars import working_days
from terang.registry.organization.models import Unit, WorkWeek
from terang.registry.people.models import Assignment, Employee, Post

HEAD, *MEMBERS = ("Hasan Presensi", "Ayu Presensi", "Bima Presensi")
PASSWORD = "kopi-tubruk-pagi-7"
TODAY = timezone.localdate()
SINCE = date(TODAY.year - 1, 1, 1)


def unit_below(parent: Unit, code: str, name: str) -> Unit:
    unit = Unit.objects.create(
        agency=parent.agency, parent=parent, kind="bidang", code=code, name=name, valid_from=parent.valid_from
    )
    unit.path = f"{parent.path}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def person(unit: Unit, name: str, number: int) -> Employee:
    nip = f"19850101201001{1 + number % 2}98{number}"
    user = User.objects.create(nip=nip, name=name, password=make_password(PASSWORD))
    employee = Employee.objects.create(
        agency=unit.agency, user=user, nip=nip, name=name, status="pns", rank="III/b", joined_on=SINCE
    )
    kind = "pelaksana" if number else "administrator"
    post = Post.objects.create(
        unit=unit, title=f"Jabatan Presensi {number}", kind=kind, is_head=not number, valid_from=SINCE
    )
    Assignment.objects.create(employee=employee, post=post, starts_on=SINCE, document="SK rekaan")
    PinHolder.objects.create(agency=unit.agency, pin=f"70{number}", employee=employee, starts_on=SINCE)
    return employee


office = Unit.objects.get(agency__code="73.71", code="DUKCAPIL")
unit = unit_below(office, "DUKCAPIL.PRESENSI", "Bidang Presensi Percontohan")
own = {"agency": unit.agency, "unit": unit}
Device.objects.create(serial="ALAT-UJI-1", name="Pintu Percontohan", may_push=True, **own)
people = [person(unit, name, number) for number, name in enumerate((HEAD, *MEMBERS))]
WebPunchRule.objects.create(who="semua", radius_metres=100, basis="Aturan rekaan", valid_from=SINCE, **own)
WorkPlace.objects.create(name="Kantor Percontohan", latitude_micro=-5_133_400, longitude_micro=119_406_900, **own)
ward = unit_below(unit, "DUKCAPIL.PRESENSI.SIF", "Regu Percontohan")
WorkWeek.objects.create(
    agency=unit.agency, unit=ward, weekdays="1234567", starts_at="07:00", ends_at="14:00", shifts=True, valid_from=SINCE
)
ShiftTemplate.objects.create(unit=ward, code="P", name="Pagi", start_minute=420, end_minute=870)
ShiftTemplate.objects.create(unit=ward, code="M", name="Malam", start_minute=1260, end_minute=1860, break_minutes=60)
guard = person(ward, "Citra Presensi", 3)
told = {each.name: {"nip": each.nip, "pk": each.pk, "pin": f"70{n}"} for n, each in enumerate([*people, guard])}
day = working_days(unit.agency, TODAY - timedelta(days=20), TODAY, unit)[-1]
json.dump({"people": told, "unit": unit.pk, "ward": ward.pk, "day": day.isoformat()}, sys.stdout)
