"""Run on a filled demo's database: a small Mamuju, where a teacher meets what an award asks, a committee of three is
free to vote, two people keep personnel and allowance, and last month can be paid.

Prints, as JSON, a session of each person. Nobody of the cast is touched.
"""

import json
import sys
from datetime import date, timedelta
from importlib.resources import files
from uuid import uuid4

from django.utils import timezone
from tests.browser import small_city
from tests.browser.small_city import SINCE, TODAY, person, session_of

from terang.evaluation.services import publish_policy
from terang.evidence.attendance.models import AttendanceDay
from terang.follow_up.allowance.services import Given, give_facts, propose_rule
from terang.follow_up.career.models import Subject
from terang.follow_up.career.services import Told, confirm, declare
from terang.registry.organization.calendars import working_days
from terang.registry.people.models import Post, Role, RoleGrant
from terang.registry.people.viewer import viewer_for

END = TODAY.replace(day=1)
START = (END - timedelta(days=1)).replace(day=1)

agency = small_city.government("76.96", "Pemerintah Kabupaten Mamuju Percontohan", "Asia/Makassar")
root = small_city.unit(agency, "pemerintah", "root", "Pemerintah Kabupaten Mamuju Percontohan")
personnel = small_city.unit(agency, "badan", "bkd", "Badan Piagam", root)
school = small_city.unit(agency, "sekolah", "sd", "SD Negeri Piagam", root)
council = small_city.unit(agency, "sekretariat", "setda", "Sekretariat Piagam", root)
first = person(personnel, "Kepala Piagam", "jpt", 950, leads=True)
second = person(personnel, "Analis Piagam", "fungsional", 951)
head = person(school, "Kepala SD Piagam", "fungsional", 952, leads=True)
teacher = person(school, "Guru Piagam", "fungsional", 953)
chair = person(council, "Sekda Piagam", "jpt", 954, leads=True)
members = [person(council, f"Anggota {word} Piagam", "pelaksana", 955 + n) for n, word in enumerate(("Satu", "Dua"))]
people = [first, second, head, teacher, chair, *members]
publish_policy(agency=agency, text=small_city.policy("piagam", "76.96", "month"))
Post.objects.filter(unit__agency=agency).update(grade=8)
for keeper in (first, second):
    RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE, document="SK rekaan")
AttendanceDay.objects.bulk_create(
    AttendanceDay(employee=each, day=day, status="hadir", source="contoh")
    for each in people
    for day in working_days(agency, START, END, school)
)
text = (files("terang.demo") / "allowance_rules" / "pola_40_60.toml").read_text(encoding="utf-8")
propose_rule(actor=None, agency=agency, text=text.replace("2026-01-01", f"{SINCE:%Y-%m-%d}"), form_key=uuid4())
salaries = [
    Given(each, code, value, SINCE, "Daftar gaji")
    for each in people
    for code, value in (("salary_idr", "4000000"), ("salary_insurance_idr", "40000"))
]
give_facts(actor=None, agency_id=agency.pk, rows=salaries)
facts = (
    (Subject.SERVICE_SINCE, "", SINCE),
    (Subject.DISCIPLINE, "none", TODAY - timedelta(days=30)),
    (Subject.PREDICATE, "baik", date(TODAY.year - 1, 12, 31)),
)
for subject, value, day in facts:
    told = Told(subject, value, day, None, f"Dokumen {subject}")
    row = declare(actor=viewer_for(first.user, timezone.now()), employee=teacher, told=told, form_key=uuid4())
    confirm(actor=viewer_for(second.user, timezone.now()), row=row, version=row.version)
json.dump(
    {each.name: session_of(each) for each in people} | {"nip": {each.name: each.nip for each in people}}, sys.stdout
)
