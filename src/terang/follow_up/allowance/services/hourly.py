"""What the worker does by itself every hour."""

from datetime import timedelta

from django.utils import timezone

from terang.audit.alone import alone
from terang.follow_up.allowance.models import RuleState, Run, RunState
from terang.follow_up.allowance.selectors import rule_for
from terang.follow_up.allowance.services.arrears import find_arrears
from terang.follow_up.allowance.services.postponing import find_late_pay
from terang.follow_up.allowance.services.runs import STALLED, enqueue, start_run
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.rules.allowance import load_rule


def every_hour() -> None:
    """Finds what earlier months owe, begins last month's run where the rule's day has come and nobody did, and asks
    again for what the worker left lying."""
    for agency in Agency.objects.filter(allowance_rules__state=RuleState.APPROVED).distinct():
        alone(find_arrears, agency)
        alone(find_late_pay, agency)
        alone(_begin_due, agency)
    for run in Run.objects.filter(state=RunState.COMPUTING, asked_at__lt=timezone.now() - STALLED):
        alone(enqueue, run.pk)


def _begin_due(agency: Agency) -> None:
    today = local_today(agency)
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    version = rule_for(agency.pk, month)
    if version is None or Run.objects.filter(agency=agency, month=month).exists():
        return
    if today.day >= load_rule(version.text).run_day:
        start_run(actor=None, agency=agency, month=month)
