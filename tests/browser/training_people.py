"""Run on a filled demo's database: a small Kota Palu, where citizens marked the manner of a nurse low last month, and
the catalogue has a course against that with a session ahead and a short test.

Prints, as JSON, a session of each person: the keeper would need a second factor. Nobody of the cast is touched.
"""

import json
import sys
from datetime import time, timedelta
from uuid import uuid4

from django.utils import timezone
from tests.browser import small_city
from tests.browser.small_city import SINCE, TODAY, person, session_of

from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.citizens.models import Service, SurveyResponse
from terang.follow_up.training.services import CourseWords, Schedule, add_course, schedule_session, write_test
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.viewer import viewer_for
from terang.rules.tables import ELEMENTS

MEASURED = '{ code = "citizen_satisfaction", share_bp = 10000, min_answers = 5, guards = ["response_rate"] }'
TEST = """Warga datang dengan marah. Apa yang pertama?
- Memanggil petugas keamanan
* Mendengar sampai selesai
= Yang didengar lebih cepat tenang.

Apa yang diucapkan lebih dulu?
* Salam dan nama sendiri
- Nomor antrean saja
= Orang dilayani orang, bukan nomor.
"""

agency = small_city.government("72.97", "Pemerintah Kota Palu Percontohan", "Asia/Makassar")
root = small_city.unit(agency, "pemerintah", "root", "Pemerintah Kota Palu Percontohan")
office = small_city.unit(agency, "badan", "bkpsdm", "BKPSDM Ramah", root)
clinic = small_city.unit(agency, "puskesmas", "puskesmas", "Puskesmas Ramah", root)
keeper = person(office, "Analis Ramah", "fungsional", 960)
head = person(clinic, "Kepala Ramah", "jpt", 961, leads=True)
nurse = person(clinic, "Perawat Ramah", "fungsional", 962)
RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE, document="SK rekaan")
measured = '{ code = "attendance_rate", share_bp = 10000 }'
text = small_city.policy("ramah", "72.97", "month")
before, _, after = text.rpartition(f"measures = [{measured}]")
publish_policy(agency=agency, text=f"{before}measures = [{MEASURED}]{after}")
last = TODAY.replace(day=1) - timedelta(days=1)
end = (TODAY.replace(day=1) + timedelta(days=32)).replace(day=1)
periods = open_periods(agency=agency, start=last.replace(day=1), end=end)
service = Service.objects.create(unit=clinic, code="obat", name="Pelayanan obat", standard_minutes=60)
SurveyResponse.objects.bulk_create(
    SurveyResponse(
        service=service, officer=nurse, day=last, **(dict.fromkeys(ELEMENTS, 4) | {"perilaku": 2 + number % 2})
    )
    for number in range(10)
)
for period in periods:
    if period.starts_on <= last:
        recompute(employee_ids=[nurse.pk], period=period, as_of=period.last_day)
kept = viewer_for(keeper.user, timezone.now())
words = CourseWords(
    "Melayani dengan ramah", "Menyapa, mendengar, menjelaskan.", "klasikal", 8, "BKPSDM", [("element.perilaku", 7_661)]
)
course = add_course(actor=kept, words=words, form_key=uuid4())
write_test(actor=kept, course=course, text=TEST, pass_bp=8_000, open_days=7, form_key=uuid4())
day = TODAY + timedelta(days=3)
schedule = Schedule("Aula BKPSDM", "dr. Rina", 20, day, 8_000, [(day, time(8), 8)])
schedule_session(actor=kept, course=course, schedule=schedule, form_key=uuid4())
json.dump({each.name: session_of(each) for each in (keeper, head, nurse)}, sys.stdout)
