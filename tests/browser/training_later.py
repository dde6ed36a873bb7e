"""Run on the database of `training_people.py`. The first time: the day of the session has come. The second time, once
it is finished: three weeks have passed, and citizens marked the nurse's manner high. Prints the day as JSON."""

import json
import sys
from datetime import timedelta

from tests.browser.small_city import TODAY

from terang.evaluation.models import Period
from terang.evaluation.services import recompute
from terang.evidence.citizens.models import Service, SurveyResponse
from terang.follow_up.training.models import PlanItem, TrainingRecord, TrainingSession
from terang.rules.tables import ELEMENTS

session = TrainingSession.objects.get(course__agency__code="72.97")
if session.state == "terbuka":
    TrainingSession.objects.filter(pk=session.pk).update(starts_on=TODAY, ends_on=TODAY, enrol_until=TODAY)
    session.days.update(day=TODAY)
else:
    then = TODAY - timedelta(days=21)
    TrainingRecord.objects.filter(course=session.course).update(starts_on=then, ends_on=then)
    PlanItem.objects.filter(course=session.course).update(proposed_on=then - timedelta(days=7))
    service = Service.objects.get(unit__agency__code="72.97")
    nurse = TrainingRecord.objects.get(course=session.course).employee
    SurveyResponse.objects.bulk_create(
        SurveyResponse(service=service, officer=nurse, day=TODAY, **dict.fromkeys(ELEMENTS, 4)) for _ in range(8)
    )
    running = Period.objects.get(agency=nurse.agency, starts_on__lte=TODAY, ends_on__gt=TODAY)
    recompute(employee_ids=[nurse.pk], period=running, as_of=TODAY)
json.dump(TODAY.isoformat(), sys.stdout)
