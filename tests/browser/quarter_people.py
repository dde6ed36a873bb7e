"""Run on a filled demo's database: a small government with three fields of work, where the last quarter has ended and
its evaluation is open, the predicates of the organisations set.

Prints, as JSON, the NIP of each person, the period, the window, and the session of the personnel agency. Nobody of the
cast is touched.
"""

import json
import sys
from datetime import timedelta

from django.utils import timezone
from tests.browser import small_city
from tests.browser.small_city import SINCE, TODAY, person, session_of

from terang.evaluation.appraisals.services import Days, open_window, set_organisations
from terang.evaluation.periods import span_of
from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.attendance.models import AttendanceDay
from terang.registry.organization.calendars import working_days
from terang.registry.organization.models import Unit
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.viewer import viewer_for

QUARTER = span_of("quarter", span_of("quarter", TODAY).start - timedelta(days=1))

agency = small_city.government("72.98", "Pemerintah Kota Palu Percontohan", "Asia/Makassar")
root = small_city.unit(agency, "pemerintah", "root", "Pemerintah Kota Palu Percontohan")
dinas = small_city.unit(agency, "dinas", "dinas", "Dinas Triwulan", root)
people = [
    person(root, "Wali Triwulan", "kepala_daerah", 940, leads=True),
    person(dinas, "Kadis Triwulan", "jpt", 941, leads=True),
    person(dinas, "Keeper Triwulan", "pelaksana", 942),
]
for number, name in enumerate(("Satu", "Dua", "Tiga")):
    bidang = small_city.unit(agency, "bidang", f"b{number}", f"Bidang {name}", dinas)
    people.append(person(bidang, f"Kabid {name}", "administrator", 943 + 3 * number, leads=True))
    people += [person(bidang, f"Staf {name} {n}", "pelaksana", 943 + 3 * number + n) for n in (1, 2)]
keeper = people[2]
RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE, document="SK rekaan")
publish_policy(agency=agency, text=small_city.policy("palu", "72.98", "quarter"))
[period] = open_periods(agency=agency, start=QUARTER.start, end=QUARTER.end)
days = working_days(agency, QUARTER.start, QUARTER.end, dinas)
AttendanceDay.objects.bulk_create(
    AttendanceDay(employee=each, day=day, status="hadir", source="contoh") for each in people[1:] for day in days
)
recompute(employee_ids=[each.pk for each in people], period=period, as_of=period.last_day)
assert keeper.user is not None
viewer = viewer_for(keeper.user, timezone.now())
closes = max(TODAY + timedelta(days=3), period.last_day)
window = open_window(
    actor=viewer, kind="quarter", day=period.starts_on, days=Days(period.last_day, closes, "SE 3/2026")
)
words = {each.pk: "baik" for each in Unit.objects.filter(agency=agency)}
set_organisations(actor=viewer, window=window, words=words, basis="SK 4/2026")
told = {each.name: each.nip for each in people}
json.dump({"people": told, "period": period.pk, "window": window.pk, "session": session_of(keeper)}, sys.stdout)
