"""Run on a filled demo's database: a small government that pays an allowance, where an officer was counted as late on
a day on which he was on an errand. Two people keep the allowance.

Prints, as JSON, a session of each person: the two keepers would need a second factor. Nobody of the cast is touched.
"""

import json
import sys
from datetime import timedelta
from importlib.resources import files
from uuid import uuid4

from tests.browser import small_city
from tests.browser.small_city import SINCE, TODAY, person, session_of

from terang.evaluation.services import publish_policy
from terang.evidence.attendance.models import AttendanceDay
from terang.follow_up.allowance.services import Given, give_facts, propose_rule
from terang.registry.organization.calendars import working_days
from terang.registry.people.models import Post, Role, RoleGrant

END = TODAY.replace(day=1)
START = (END - timedelta(days=1)).replace(day=1)

agency = small_city.government("73.96", "Pemerintah Kota Upah Percontohan", "Asia/Makassar")
root = small_city.unit(agency, "pemerintah", "root", "Pemerintah Kota Upah Percontohan")
office = small_city.unit(agency, "badan", "bkd", "Badan Upah", root)
first = person(office, "Kepala Upah", "jpt", 940, leads=True)
second = person(office, "Analis Upah", "fungsional", 941)
officer = person(office, "Petugas Upah", "pelaksana", 942)
publish_policy(agency=agency, text=small_city.policy("upah", "73.96", "month"))
Post.objects.filter(unit=office).update(grade=8)
for keeper in (first, second):
    RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE, document="SK rekaan")
days = list(working_days(agency, START, END, office))
AttendanceDay.objects.bulk_create(
    AttendanceDay(
        employee=each,
        day=day,
        status="hadir",
        late_minutes=45 if each == officer and day == days[3] else 0,
        source="contoh",
    )
    for each in (first, second, officer)
    for day in days
)
text = (files("terang.demo") / "allowance_rules" / "pola_40_60.toml").read_text(encoding="utf-8")
propose_rule(actor=None, agency=agency, text=text.replace("2026-01-01", f"{SINCE:%Y-%m-%d}"), form_key=uuid4())
salaries = [
    Given(each, code, value, SINCE, "Daftar gaji")
    for each in (first, second, officer)
    for code, value in (("salary_idr", "4000000"), ("salary_insurance_idr", "40000"))
]
give_facts(actor=None, agency_id=agency.pk, rows=salaries)
json.dump({each.name: session_of(each) for each in (first, second, officer)}, sys.stdout)
