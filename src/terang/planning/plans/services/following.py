"""What a move in the registry does to plans: the plan of the old post ends, a new one is asked for (Lampiran II.C.6
p. 65)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext

from terang.planning.plans.models import OPEN, Plan, PlanState, VersionState
from terang.planning.plans.services.changing import close_plan
from terang.planning.plans.services.locking import moved
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post

_MAIN = {AssignmentKind.DEFINITIVE: 2, AssignmentKind.ACTING: 1, AssignmentKind.STAND_IN: 0}


@dataclass(frozen=True)
class Departure:
    """The first day on which a person is no longer on the post of a plan; `post` is None for who leaves the service."""

    plan: Plan
    on: date
    post: Post | None
    kind: Literal["moved", "left"]


def follow_moves(*, documents: Mapping[int, str]) -> list[Plan]:
    """Ends the agreed plans of a post that these people leave, on the day they leave it; a plan that was never agreed
    goes along to the new post as a draft, because it was to be talked about with another leader. Doing it twice changes
    nothing. Returns the plans touched. Three queries where nobody leaves a post.

    `documents` gives by employee id the decree of the move, told in the journal (empty where there is none).
    """
    touched = []
    for departure in departures(documents):
        if departure.plan.state == PlanState.AGREED:
            reason = _reason(departure, documents[departure.plan.employee_id])
            touched.append(close_plan(actor=None, plan=departure.plan, on=departure.on, reason=reason))
        elif departure.post is not None:
            touched.append(_take_along(departure.plan, departure.post))
    return touched


def departures(employee_ids: Collection[int]) -> list[Departure]:
    """Who leaves the post of a running plan, and when. Three queries, whatever the number of people.

    A plan without any version (brought over from elsewhere) has nothing to close or to take along.
    """
    plans = Plan.objects.filter(employee_id__in=employee_ids, post__isnull=False, versions__isnull=False)
    plans = plans.exclude(state=PlanState.CLOSED).distinct()
    held: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.filter(employee_id__in=employee_ids).select_related("post__unit"):
        held.setdefault(row.employee_id, []).append(row)
    left = dict(Employee.objects.filter(pk__in=employee_ids).values_list("pk", "left_on"))
    rows = plans.select_related("employee__agency", "post", "unit").order_by("period_start")
    found = [_departure(plan, held.get(plan.employee_id, []), left.get(plan.employee_id)) for plan in rows]
    return [each for each in found if each]


def _departure(plan: Plan, held: list[Assignment], left_on: date | None) -> Departure | None:
    """Walks the days on which something began or ended, until the plan's post is given up for another one."""
    days = sorted({day for row in held for day in (row.starts_on, row.ends_on) if day and day > plan.period_start})
    before = main_on(held, plan.period_start)
    last = before.post_id if before else None
    for day in (day for day in days if day < plan.period_end):
        now = main_on(held, day)
        if now is None:
            if left_on == day and last == plan.post_id:
                return Departure(plan, day, None, "left")
            continue
        if last == plan.post_id and now.post_id != plan.post_id:
            return Departure(plan, day, now.post, "moved")
        last = now.post_id
    return None


def main_on(held: Collection[Assignment], day: date) -> Assignment | None:
    """The main one of a person's assignments on a day, as `people.selectors.main_posts` has it."""
    there = [row for row in held if row.starts_on <= day and (row.ends_on is None or row.ends_on > day)]
    return max(there, key=lambda row: (_MAIN[AssignmentKind(row.kind)], row.starts_on, row.pk), default=None)


def _reason(departure: Departure, document: str) -> str:
    if departure.post is None:
        return gettext("Tidak lagi bekerja di instansi ini.")
    told = gettext("Pindah ke jabatan %(post)s.") % {"post": departure.post.title}
    return f"{told} {document}".strip()[:300]


def _take_along(plan: Plan, post: Post) -> Plan:
    with transaction.atomic():
        current = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        current.post, current.unit, current.version = post, post.unit, current.version + 1
        current.save(update_fields=["post", "unit", "version"])
        rows = current.versions.select_for_update(of=("self",)).filter(state__in=OPEN)
        version = rows.select_related("plan__employee__agency", "plan__unit").get()
        version.state, version.submitted_at, version.answer_due = VersionState.DRAFT, None, None
        moved(version, "plan_taken_along", None, ["state", "submitted_at", "answer_due"], post=post.title)
    return current
