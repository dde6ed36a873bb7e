"""Run on a filled demo's database: a small Kota Makassar, where an officer was absent on two days of three for two
months, and the worker is told of the score as it stands today.

Prints, as JSON, the NIP of each person. Nobody of the cast is touched.
"""

import json
import sys
from datetime import date, timedelta

from tests.browser import small_city
from tests.browser.small_city import TODAY, person

from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.attendance.models import AttendanceDay
from terang.registry.organization.calendars import working_days

FIRST = (TODAY.replace(day=1) - timedelta(days=40)).replace(day=1)
END = (TODAY.replace(day=1) + timedelta(days=32)).replace(day=1)

agency = small_city.government("73.97", "Pemerintah Kota Makassar Percontohan", "Asia/Makassar")
root = small_city.unit(agency, "pemerintah", "root", "Pemerintah Kota Makassar Percontohan")
dinas = small_city.unit(agency, "dinas", "dinas", "Dinas Pulih", root)
chief = person(root, "Wali Pulih", "kepala_daerah", 930, leads=True)
head = person(dinas, "Kadis Pulih", "jpt", 931, leads=True)
officer = person(dinas, "Ilham Pulih", "pelaksana", 932)
publish_policy(agency=agency, text=small_city.policy("makassar", "73.97", "month"))
periods = open_periods(agency=agency, start=FIRST, end=END)
days: list[date] = [*working_days(agency, FIRST, TODAY, dinas), TODAY]
AttendanceDay.objects.bulk_create(
    AttendanceDay(
        employee=officer, day=day, status="tanpa_keterangan" if number % 3 or day == TODAY else "hadir", source="contoh"
    )
    for number, day in enumerate(dict.fromkeys(days))
)
for period in sorted(periods, key=lambda each: each.starts_on):
    if period.starts_on <= TODAY:
        recompute(employee_ids=[officer.pk], period=period, as_of=min(period.last_day, TODAY))
json.dump({each.name: each.nip for each in (chief, head, officer)}, sys.stdout)
