"""Run on a filled demo's database: a small Kota Semarang, where a local holiday of last month was missing from the
calendar and three days of an officer count as absent.

Prints, as JSON, the NIP of each person, the period, the days, and the session of the personnel agency. Nobody of the
cast is touched.
"""

import json
import sys
from datetime import timedelta

from tests.browser import small_city
from tests.browser.small_city import SINCE, TODAY, person, session_of

from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.attendance.models import AttendanceDay
from terang.registry.organization.calendars import working_days
from terang.registry.people.models import Role, RoleGrant

LAST = TODAY.replace(day=1) - timedelta(days=1)
FIRST = LAST.replace(day=1)

agency = small_city.government("33.74", "Pemerintah Kota Semarang", "Asia/Jakarta")
root = small_city.unit(agency, "pemerintah", "root", "Pemerintah Kota Semarang")
dinas = small_city.unit(agency, "dinas", "dinas", "Dinas Percontohan", root)
bidang = small_city.unit(agency, "bidang", "bidang", "Bidang Percontohan Layanan", dinas)
head_of_city = person(root, "Retno Percontohan", "kepala_daerah", 970, leads=True)
chief = person(dinas, "Kadis Percontohan", "jpt", 971, leads=True)
head = person(bidang, "Kabid Percontohan", "administrator", 972, leads=True)
officer = person(bidang, "Sekar Percontohan", "pelaksana", 973)
keeper = person(dinas, "Wahyu Percontohan", "pelaksana", 974)
people = (head_of_city, chief, head, officer, keeper)
RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE, document="SK rekaan")
publish_policy(agency=agency, text=small_city.policy("semarang", "33.74", "month"))
[period] = open_periods(agency=agency, start=FIRST, end=LAST + timedelta(days=1))
days = working_days(agency, FIRST, LAST + timedelta(days=1), bidang)
absent = days[5:8]
AttendanceDay.objects.bulk_create(
    AttendanceDay(
        employee=officer,
        day=day,
        status="tanpa_keterangan" if day in absent else "hadir",
        source="turunan" if day in absent else "contoh",
    )
    for day in days
)
recompute(employee_ids=[each.pk for each in people], period=period, as_of=LAST)
told = {each.name: each.nip for each in people}
days_told = [day.isoformat() for day in absent]
json.dump({"people": told, "period": period.pk, "absent": days_told, "session": session_of(keeper)}, sys.stdout)
