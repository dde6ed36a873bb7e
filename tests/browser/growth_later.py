"""Run on the database of `growth_people.py`: the weeks of the plan have passed, the officer was there, and the hour of
the worker's chores has come. Prints the day as JSON."""

import json
import sys

from tests.browser.small_city import TODAY

from terang.evaluation.models import Period
from terang.evaluation.services import recompute
from terang.evidence.attendance.models import AttendanceDay
from terang.follow_up.growth.models import CorrectiveAction
from terang.follow_up.growth.services import every_hour

action = CorrectiveAction.objects.get(employee__agency__code="73.97")
AttendanceDay.objects.filter(employee=action.employee).update(status="hadir")
running = Period.objects.get(agency=action.employee.agency, starts_on__lte=TODAY, ends_on__gt=TODAY)
recompute(employee_ids=[action.employee_id], period=running, as_of=TODAY)
CorrectiveAction.objects.filter(pk=action.pk).update(remeasure_on=TODAY)
every_hour()
json.dump(TODAY.isoformat(), sys.stdout)
