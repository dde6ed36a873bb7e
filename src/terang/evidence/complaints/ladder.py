"""Which days a complaint is reminded of, and to whom what came late is passed (design of SP4N-LAPOR! practice)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from terang.evidence.complaints.lines import holders, in_line, paths_of
from terang.evidence.complaints.models import (
    CHECKS,
    CITIZEN_WAITS,
    WITH_UNIT,
    Complaint,
    Escalation,
    EscalationStep,
)
from terang.registry.organization.models import Agency
from terang.registry.people.models import Role
from terang.registry.people.selectors import appraisers_on, heads_on
from terang.rules.complaints.deadlines import reminders
from terang.rules.regulations.working_days import Calendar


@dataclass(frozen=True)
class Step:
    """One reminder or step upwards: what, for which due day, and the day it is of."""

    step: EscalationStep
    due_on: date
    day: date


def steps_due(complaint: Complaint, today: date, calendar: Calendar) -> Iterator[Step]:
    """Everything that is due by today, whether already told or not."""
    waits_for_check = complaint.state in CHECKS
    with_unit = complaint.state in WITH_UNIT
    if waits_for_check:
        yield from _term(
            complaint.complete_on, complaint.verify_due_on, EscalationStep.VERIFICATION_LATE, today, calendar
        )
    if with_unit and complaint.first_answered_at is None and complaint.first_answer_due_on and complaint.routed_on:
        start, due = complaint.routed_on, complaint.first_answer_due_on
        yield from _term(start, due, EscalationStep.FIRST_ANSWER_LATE, today, calendar)
    if with_unit:
        start = complaint.reopened_on or complaint.complete_on
        due = complaint.again_due_on or complaint.finish_due_on
        yield from _term(start, due, EscalationStep.FINISH_LATE, today, calendar)
    if complaint.citizen_waits and complaint.again_due_on and complaint.citizen_wrote_at:
        start, due = timezone.localdate(complaint.citizen_wrote_at), complaint.again_due_on
        yield from _term(min(start, due), due, EscalationStep.FINISH_LATE, today, calendar)
    if (waits_for_check or with_unit or complaint.citizen_waits) and today > complaint.ombudsman_on:
        yield Step(EscalationStep.OMBUDSMAN, complaint.ombudsman_on, complaint.ombudsman_on)


def still_to_tell(agency: Agency, today: date) -> QuerySet[Complaint]:
    """Reports the office owes an answer, the nearest due day first, without those of which every step that can come
    until `today` was told."""
    final = Coalesce("again_due_on", "finish_due_on")
    due = Case(When(state__in=CHECKS, then=F("verify_due_on")), default=final)
    rows = Complaint.objects.filter(
        Q(state__in=(*CHECKS, *WITH_UNIT)) | CITIZEN_WAITS, agency=agency, duplicate_of=None
    )
    return rows.annotate(due=due).exclude(_all_told(today)).order_by("due", "pk")


def _all_told(today: date) -> Q:
    """That it is late was told (to the unit's superiors of both answers), and of the Ombudsman where that is due."""
    check = Q(state__in=CHECKS) & _told(EscalationStep.VERIFICATION_LATE, "due")
    first = ~Q(first_answered_at=None) | Q(first_answer_due_on=None)
    first |= _told(EscalationStep.FIRST_ANSWER_LATE, "first_answer_due_on")
    answer = ~Q(state__in=CHECKS) & _told(EscalationStep.FINISH_LATE, "due") & first
    return (check | answer) & (Q(ombudsman_on__gte=today) | _told(EscalationStep.OMBUDSMAN, "ombudsman_on"))


def _told(step: EscalationStep, due: str) -> Q:
    return Q(Exists(Escalation.objects.filter(complaint=OuterRef("pk"), step=step, due_on=OuterRef(due))))


def _term(start: date, due: date, late: EscalationStep, today: date, calendar: Calendar) -> Iterator[Step]:
    """The latest reminder that is due, and that it is late."""
    if today > due:
        yield Step(late, due, due)
        return
    reached = [day for day in reminders(start, due, calendar) if day <= today]
    if reached:
        yield Step(EscalationStep.REMINDER, due, reached[-1])


@dataclass(frozen=True)
class Recipients:
    """To whom what is passed, in one government on a day."""

    coordinators_superior: int | None
    regional_head: int | None
    heads: dict[int, int]
    superiors: dict[int, int]
    paths: dict[int, tuple[str, ...]]

    def of(self, complaint: Complaint, step: EscalationStep) -> int | None:
        """The employee to tell. Nobody for misconduct: the oversight team sees its own desk, and nobody above the
        accused hears of it."""
        if complaint.is_misconduct or step == EscalationStep.OMBUDSMAN:
            return None
        if step == EscalationStep.VERIFICATION_LATE:
            return self._unconcerned(complaint, self.coordinators_superior, self.regional_head)
        head = self.heads.get(complaint.unit_id or 0)
        if step == EscalationStep.REMINDER:
            return complaint.handler_id or head
        if step == EscalationStep.FIRST_ANSWER_LATE:
            return self.superiors.get(head or 0) or self.regional_head
        return self.regional_head

    def _unconcerned(self, complaint: Complaint, *people: int | None) -> int | None:
        """The first of them who does not stand in line with the unit that a secret report is about; missing where all
        do: the oversight team sees it on its desk."""
        about = complaint.about_unit.path if complaint.is_secret and complaint.about_unit else ""
        return next((pk for pk in people if pk and not (about and in_line(self.paths.get(pk, ()), about))), None)


def recipients_in(agency_id: int, unit_ids: Collection[int], today: date) -> Recipients:
    """Eight queries for any number of units."""
    heads = {pk: head for (pk, _day), head in heads_on({(pk, today) for pk in unit_ids}).items()}
    coordinator = _longest(agency_id, Role.COMPLAINT_COORDINATOR, today)
    asked = {*heads.values(), *([coordinator] if coordinator else [])}
    above = {pk: found.employee_id for pk, found in appraisers_on(agency_id, today, asked).items()} if asked else {}
    superior, regional_head = above.get(coordinator or 0), _longest(agency_id, Role.REGIONAL_HEAD, today)
    return Recipients(
        coordinators_superior=superior,
        regional_head=regional_head,
        heads=heads,
        superiors=above,
        paths=paths_of([pk for pk in (superior, regional_head) if pk], today),
    )


def _longest(agency_id: int, role: Role, today: date) -> int | None:
    """Who holds a role over the whole government the longest; missing where nobody does."""
    return next(iter(holders(agency_id, role, today)), None)
