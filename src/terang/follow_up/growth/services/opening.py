"""Opening what is due: by the worker when a score changes or a result becomes final, and hourly for what days bring.

The same cause is opened once: the person's row is held, and a constraint of the table stands behind it.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from terang.audit.services import Event, record_many
from terang.evaluation.models import Period, Score
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import current_period, policy_on
from terang.evaluation.storing import hold
from terang.follow_up.growth.causes import (
    Found,
    due_by_predicates,
    due_by_scores,
    scores_for,
    weakest,
    yearly_results,
)
from terang.follow_up.growth.models import FINISHED, CorrectiveAction, DueAction, Kind, Measurement
from terang.follow_up.growth.services.improving import begin_case
from terang.registry.organization.calendars import calendar_of, deadline_calendar
from terang.registry.organization.models import Agency
from terang.registry.people.selectors import appraisers_on
from terang.rules.policies import FollowUpTerms
from terang.rules.regulations.working_days import Calendar, deadline

OF_PERSONNEL = frozenset({Kind.SUCCESSION, Kind.DEVELOPMENT})
"""What nobody above the person decides, but the personnel agency."""
FRESH = timedelta(days=2)
"""Scores that changed within it are looked at again hourly, whatever became of the entry that told so."""


def open_due(*, agency: Agency, day: date, employee_ids: Collection[int] | None = None) -> list[DueAction]:
    """Opens what the policy makes due by the running scores; of everybody below the standard or with a fresh change
    where no ids are given. Asked again it opens nothing. Some ten queries, six more where something is new."""
    period = current_period(agency.pk, day)
    if period is None:
        return []
    return _open(agency, day, due_by_scores(_scores(period, employee_ids), calendar_of(agency), day))


def _scores(period: Period, employee_ids: Collection[int] | None) -> list[Score]:
    rows = scores_for(period)
    if employee_ids is not None:
        return list(rows.filter(employee_id__in=employee_ids))
    return list(rows.filter(Q(below_standard=True) | Q(changed_at__gte=timezone.now() - FRESH)))


def open_after_predicates(*, agency: Agency, day: date, employee_ids: Collection[int] | None = None) -> list[DueAction]:
    """Opens what final yearly evaluations make due; of everybody where no ids are given. Asked again, nothing."""
    version = policy_on(agency.pk, day)
    if version is None:
        return []
    return _open(agency, day, due_by_predicates(yearly_results(agency.pk, employee_ids), version, day))


def _open(agency: Agency, day: date, found: list[Found]) -> list[DueAction]:
    """Makes the rows that are new, with one entry each. The people are held, in one order for all."""
    new = _unknown(found)
    if not new:
        return []
    with transaction.atomic():
        hold({each.employee_id for each in new})
        new = _unknown(new)
        leaders = appraisers_on(agency.pk, day, {each.employee_id for each in new})
        calendar = deadline_calendar(agency)
        rows = []
        for each in new:
            leader = leaders.get(each.employee_id)
            row = _row(each, day, calendar, None if each.due.kind in OF_PERSONNEL or not leader else leader.employee_id)
            row.save()
            _begin(each, row, day, calendar)
            rows.append(row)
        record_many([_told(row, each) for row, each in zip(rows, new, strict=True)], actor=None, agency_id=agency.pk)
    return rows


def _unknown(found: list[Found]) -> list[Found]:
    """Without causes that were opened before, and without a corrective action where one runs."""
    ids = {each.employee_id for each in found}
    known: dict[int, set[str]] = defaultdict(set)
    for employee_id, cause in DueAction.objects.filter(employee__in=ids).values_list("employee_id", "cause"):
        known[employee_id].add(cause)
    running = CorrectiveAction.objects.filter(employee__in=ids).exclude(state__in=FINISHED)
    busy = set(running.values_list("employee_id", flat=True))
    return [
        each
        for each in found
        if each.due.cause not in known[each.employee_id]
        and not (each.due.kind == Kind.CORRECTIVE and each.employee_id in busy)
    ]


def terms_of(found: Found) -> FollowUpTerms:
    return rules_of(found.version).follow_up if found.version else FollowUpTerms()


def _row(found: Found, day: date, calendar: Calendar, assigned_to_id: int | None) -> DueAction:
    terms = terms_of(found)
    due_on = deadline(day, terms.act_days, calendar)
    return DueAction(
        employee_id=found.employee_id,
        kind=found.due.kind,
        cause=found.due.cause,
        subject=found.due.subject,
        reason=found.due.reason.stored(),
        links=found.links,
        period=found.period,
        policy=found.version,
        rule=found.rule,
        assigned_to_id=assigned_to_id,
        opened_on=day,
        due_on=due_on,
        escalate_on=deadline(due_on, terms.escalate_days, calendar),
    )


def _begin(found: Found, row: DueAction, day: date, calendar: Calendar) -> None:
    """The case behind what is due, where it has one."""
    if row.kind == Kind.CORRECTIVE and found.score is not None:
        part = weakest(found.score)
        policy = rules_of(found.score.policy)
        action = CorrectiveAction.objects.create(
            due=row,
            employee_id=row.employee_id,
            leader_id=row.assigned_to_id,
            aspect=part.aspect if part else "",
            measure=part.measure if part else "",
            standard_bp=policy.standard_bp,
            opened_on=day,
            remeasure_on=deadline(day, policy.follow_up.remeasure_days, calendar),
        )
        Measurement.objects.create(
            action=action,
            round=0,
            day=day,
            period=found.period,
            total_bp=found.score.total_bp,
            value_bp=part.score_bp if part else None,
        )
    elif row.kind == Kind.IMPROVEMENT:
        begin_case(row, found.predicate, day, calendar)


def _told(row: DueAction, found: Found) -> Event:
    """Told by the day: the minute would name the citizen or the colleague whose answer moved the score."""
    unit_id = found.score.unit_id if found.score else None
    return Event("growth.due_opened", row, row.employee_id, unit_id, {"kind": row.kind, "cause": ""})
