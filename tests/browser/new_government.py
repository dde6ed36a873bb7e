"""Run on a filled demo's database: a sixth government without any policy, with two people of its personnel agency and
an officer who was present on nine of the last ten working days.

The two have an authenticator app. Prints, as JSON, the NIP and number of each person. Nobody of the other governments
is touched.
"""

import json
import sys
from datetime import date, time, timedelta

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from terang.accounts.models import User
from terang.evidence.attendance.models import AttendanceDay
from terang.registry.organization.calendars import working_days
from terang.registry.organization.models import Agency, Unit, WorkWeek
from terang.registry.people.models import Assignment, Employee, Post, Role, RoleGrant

PASSWORD, APP_SECRET = "kopi-tubruk-pagi-7", "JBSWY3DPEHPK3PXP"
TODAY = timezone.localdate()
SINCE = date(TODAY.year - 1, 1, 1)
PEOPLE = (("Halimah Perintis", "Kepala Badan", True), ("Rustam Perintis", "Analis SDM Aparatur", False))
OFFICER = "Wulan Perintis"


def unit_of(agency: Agency, code: str, name: str, kind: str, parent: Unit | None = None) -> Unit:
    unit = Unit.objects.create(agency=agency, parent=parent, kind=kind, code=code, name=name, valid_from=SINCE)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def person(unit: Unit, name: str, number: int, post: str, *, leads: bool = False) -> Employee:
    place = Post.objects.create(
        unit=unit, title=post, kind="jpt" if leads else "pelaksana", is_head=leads, category="umum", valid_from=SINCE
    )
    nip = f"19850101201002{1 + number % 2}88{number}"
    user = User.objects.create(nip=nip, name=name, password=make_password(PASSWORD))
    employee = Employee.objects.create(
        agency=unit.agency, user=user, nip=nip, name=name, status="pns", rank="III/b", joined_on=SINCE
    )
    Assignment.objects.create(employee=employee, post=place, starts_on=SINCE, document="SK rekaan")
    return employee


agency = Agency.objects.create(code="82.71", name="Pemerintah Kota Ternate", kind="kota", time_zone="Asia/Makassar")
root = unit_of(agency, "ROOT", "Pemerintah Kota Ternate", "pemerintah")
WorkWeek.objects.create(agency=agency, starts_at=time(7, 30), ends_at=time(16), valid_from=SINCE)
bureau = unit_of(agency, "BKD", "Badan Kepegawaian Daerah", "badan", root)
keepers = [person(bureau, name, number, post, leads=leads) for number, (name, post, leads) in enumerate(PEOPLE)]
for keeper in keepers:
    TOTP.activate(keeper.user, APP_SECRET)
    RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE, document="SK rekaan")
officer = person(unit_of(agency, "DINAS", "Dinas Perpustakaan", "dinas", root), OFFICER, 5, "Pengelola Pustaka")
past = list(working_days(agency, TODAY - timedelta(days=40), TODAY))[-10:]
for number, day in enumerate(past):
    AttendanceDay.objects.create(employee=officer, day=day, status="hadir" if number else "tanpa_keterangan")
json.dump({each.name: {"nip": each.nip, "pk": each.pk} for each in (*keepers, officer)}, sys.stdout)
