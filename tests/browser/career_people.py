"""Run on a filled demo's database: a small government where an officer lacks one paper for the next rank. Two people
keep careers.

Prints, as JSON, a session of each person: the two keepers would need a second factor. Nobody of the cast is touched.
"""

import json
import sys
from datetime import date
from uuid import uuid4

from django.utils import timezone
from tests.browser import small_city
from tests.browser.small_city import SINCE, TODAY, person, session_of

from terang.follow_up.career.services import Told, confirm, declare
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.viewer import viewer_for
from terang.rules.regulations.promotion import coming_period

agency = small_city.government("73.95", "Pemerintah Kota Pangkat Percontohan", "Asia/Makassar")
root = small_city.unit(agency, "pemerintah", "root", "Pemerintah Kota Pangkat Percontohan")
office = small_city.unit(agency, "badan", "bkd", "Badan Pangkat", root)
first = person(office, "Kepala Pangkat", "jpt", 950, leads=True)
second = person(office, "Analis Pangkat", "fungsional", 951)
officer = person(office, "Petugas Pangkat", "pelaksana", 952)
for keeper in (first, second):
    RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE, document="SK rekaan")
year = coming_period(TODAY).year
facts = [
    ("pendidikan", "s1", SINCE),
    ("disiplin", "none", SINCE),
    *(("predikat", "baik", min(TODAY, date(each, 12, 31))) for each in (year - 1, year - 2)),
]
keepers = [viewer_for(each.user, timezone.now()) for each in (first, second)]
for subject, value, day in facts:
    told = Told(subject, value, day, None, "Dokumen rekaan")
    row = declare(actor=keepers[0], employee=officer, told=told, form_key=uuid4())
    confirm(actor=keepers[1], row=row, version=row.version)
json.dump({each.name: session_of(each) for each in (first, second, officer)}, sys.stdout)
