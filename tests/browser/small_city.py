"""Pieces of small governments for programs that run on a filled demo's database."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from terang.accounts.models import Method, User
from terang.accounts.services import open_session
from terang.registry.organization.models import Agency, Unit, WorkWeek
from terang.registry.people.models import Assignment, Employee, Post

PASSWORD = "kopi-tubruk-pagi-7"
TODAY = timezone.localdate()
SINCE = date(TODAY.year - 2, 1, 1)


def government(code: str, name: str, zone: str) -> Agency:
    agency = Agency.objects.create(code=code, name=name, kind="kota", time_zone=zone)
    WorkWeek.objects.create(agency=agency, weekdays="12345", starts_at="07:30", ends_at="16:00", valid_from=SINCE)
    return agency


def unit(agency: Agency, kind: str, code: str, name: str, parent: Unit | None = None) -> Unit:
    made = Unit.objects.create(agency=agency, parent=parent, kind=kind, code=code, name=name, valid_from=SINCE)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def person(unit: Unit, name: str, kind: str, number: int, *, leads: bool = False) -> Employee:
    """Somebody with a post. `number` needs to differ within one government only: its code is a part of the NIP."""
    province, city = (int(part) for part in unit.agency.code.split("."))
    nip = f"1985{1 + province % 12:02}{1 + city % 28:02}201001{1 + number % 2}{number:03}"
    user = User.objects.create(nip=nip, name=name, password=make_password(PASSWORD))
    employee = Employee.objects.create(
        agency=unit.agency, user=user, nip=nip, name=name, status="pns", rank="III/b", joined_on=SINCE
    )
    post = Post.objects.create(unit=unit, title=f"Jabatan {name}", kind=kind, is_head=leads, valid_from=SINCE)
    Assignment.objects.create(employee=employee, post=post, starts_on=SINCE, document="SK rekaan")
    return employee


def session_of(employee: Employee) -> str:
    """The key of a session as the demo's door opens it: for roles to which a second factor is a duty outside."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    assert employee.user is not None
    open_session(request, employee.user, method=Method.DEMO)
    request.session.save()
    return str(request.session.session_key)


def policy(code: str, agency_code: str, period: str) -> str:
    """One measure: the share of working days present."""
    return f"""
code = "{code}"
title = "Kebijakan percontohan"
agency_code = "{agency_code}"
version = 1
valid_from = 2024-01-01
period = "{period}"
standard_bp = 6500
warning_days = 5
action_days = 10
least_coverage_bp = 5000
second_factor_roles = []

[reporting]
rhythm = "daily"
grace_days = 1
remote_grace_days = 3
progress = "{period}"

[ratings.work_result]
aspects = ["disiplin"]
above_bp = 10000
meets_bp = 9000

[ratings.behaviour]
above_bp = 10000
meets_bp = 8000
measures = [{{ code = "attendance_rate", share_bp = 10000 }}]

[[aspects]]
code = "disiplin"
label = "Disiplin"
label_en = "Discipline"
weight_bp = 10000
measures = [{{ code = "attendance_rate", share_bp = 10000 }}]
"""
