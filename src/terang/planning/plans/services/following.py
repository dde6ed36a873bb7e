"""What a move in the registry does to plans: the plan of the old post ends, a new one is asked for (Lampiran II.C.6
p. 65).

A decree is entered months ahead: nothing happens before its day. The follower of the journal does what is due when it
is told, the sweep what falls due with a new day; both take back what the registry no longer gives a reason for.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from terang.planning.plans.models import OPEN, Plan, PlanState, PlanVersion, VersionState
from terang.planning.plans.placement import shaped_for
from terang.planning.plans.services.changing import close_plan, reopen_closed
from terang.planning.plans.services.dialogue import UNSUBMITTED, unsubmit
from terang.planning.plans.services.locking import locked_plan, moved, tell
from terang.planning.plans.services.writing import begin_version
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment, AssignmentKind, Post
from terang.registry.people.viewer import in_force
from terang.rules.plans import as_json, from_json
from terang.web.errors import NotNow

_MAIN = {AssignmentKind.DEFINITIVE: 2, AssignmentKind.ACTING: 1, AssignmentKind.STAND_IN: 0}
Held = Sequence[Assignment]
"""Every assignment of a person, past and future ones too."""


@dataclass(frozen=True)
class Departure:
    """The first day on which a person is no longer on the post of a plan; `post` is None for who leaves the service."""

    plan: Plan
    on: date
    post: Post | None
    kind: Literal["moved", "left"]


def follow_moves(*, documents: Mapping[int, str]) -> list[Plan]:
    """Ends the agreed plans of a post that these people have left by today, on the day they left it. A plan that was
    never agreed, or agreed for a time that begins after the move, goes along to the new post as a draft, because it is
    to be talked about with another leader; where the person left the service a draft is given up. What was closed or
    given up like this comes back where the person is on its post after all. Doing it twice changes nothing. Returns the
    plans touched. Three queries where there is nothing to do.

    `documents` gives by employee id the decree of the move, told in the journal (empty where there is none).
    """
    touched: list[Plan] = []
    held = _held_by(documents)
    for plan, opened in _plans_of(documents):
        own = held.get(plan.employee_id, [])
        done = _come_back(plan, own, opened) or _go(plan, own, opened, documents[plan.employee_id])
        touched += [done] if done else []
    return touched


def sweep(*, agency: Agency) -> list[Plan]:
    """Follows every move of a government that is due by today, told or not. Twice is as good as once. One query where
    nobody moves."""
    ids = set(_restless(local_today(agency)).filter(employee__agency=agency).values_list("employee_id", flat=True))
    return follow_moves(documents=dict.fromkeys(ids, "")) if ids else []


def _restless(today: date) -> QuerySet[Plan]:
    """Running plans of who took or gave up a post in their time or is on another one today, and what may have to come
    back: what the system closed or gave up."""
    own = Assignment.objects.filter(employee=OuterRef("employee"))
    changed = own.filter(
        Q(starts_on__lte=today, starts_on__gte=OuterRef("period_start"))
        | Q(ends_on__lte=today, ends_on__gte=OuterRef("period_start"))
    )
    there = own.filter(in_force(today), post=OuterRef("post"))
    opened = PlanVersion.objects.filter(plan=OuterRef("pk"), state__in=OPEN)
    running = ~Q(state=PlanState.CLOSED) & Q(period_end__gt=today) & (Exists(changed) | ~Exists(there))
    closed = Q(state=PlanState.CLOSED, followed=True, planned_end__gt=today)
    given_up = Q(state=PlanState.DRAFT) & ~Exists(opened)
    return Plan.objects.filter(running | closed | given_up)


def _plans_of(employee_ids: Collection[int]) -> list[tuple[Plan, bool]]:
    """Plans that are not closed, or closed by the system, each with whether a version of it is open. Two queries.

    A plan without any version (brought over from elsewhere) has nothing to close or to take along.
    """
    rows = Plan.objects.filter(employee_id__in=employee_ids, post__isnull=False, versions__isnull=False)
    rows = rows.exclude(state=PlanState.CLOSED, followed=False).distinct()
    plans = list(rows.select_related("employee__agency", "post", "unit").order_by("period_start"))
    versions = PlanVersion.objects.filter(plan__employee_id__in=employee_ids, state__in=OPEN)
    opened = set(versions.values_list("plan_id", flat=True))
    return [(plan, plan.pk in opened) for plan in plans]


def _held_by(employee_ids: Collection[int]) -> dict[int, list[Assignment]]:
    held: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.filter(employee_id__in=employee_ids).select_related("post__unit"):
        held.setdefault(row.employee_id, []).append(row)
    return held


def _go(plan: Plan, held: Held, opened: bool, document: str) -> Plan | None:
    """Closes the plan, takes it along or gives it up, where its post is given up by today."""
    today = local_today(plan.employee.agency)
    if plan.state == PlanState.AGREED:
        if gone := departure_of(plan, held, plan.period_end, today):
            return close_plan(actor=None, plan=plan, on=gone.on, reason=_reason(gone, document))
        unbegun = None if _ever_held(plan, held, today) else _draft_departure(plan, held, today)
        return _take_back(unbegun, unbegun.post, document) if unbegun and unbegun.post else None
    drafted = _draft_departure(plan, held, today) if plan.state == PlanState.DRAFT and opened else None
    if drafted is None:
        return None
    return _take_along(drafted, drafted.post) if drafted.post else _give_up(plan)


def _ever_held(plan: Plan, held: Held, today: date) -> bool:
    """Whether the plan's post was held in its time so far, or will be when it begins."""
    until = max(today, plan.period_start)
    rows = (row for row in held if row.post_id == plan.post_id and row.starts_on <= until)
    return any(row.ends_on is None or row.ends_on > plan.period_start for row in rows)


def departure_of(plan: Plan, held: Held, end: date, today: date) -> Departure | None:
    """Walks the days before `end`, up to today, on which something began or ended, until the plan's post is given up
    for another one or for none."""
    days = sorted({day for row in held for day in (row.starts_on, row.ends_on) if day and day > plan.period_start})
    before = main_on(held, plan.period_start)
    last = before.post_id if before else None
    for day in (day for day in days if day < end and day <= today):
        now = main_on(held, day)
        if now is None:
            if plan.employee.left_on == day and last == plan.post_id:
                return Departure(plan, day, None, "left")
            continue
        if last == plan.post_id and now.post_id != plan.post_id:
            return Departure(plan, day, now.post, "moved")
        last = now.post_id
    return None


def _draft_departure(plan: Plan, held: Held, today: date) -> Departure | None:
    """Where a plan that was never agreed belongs today: with who left nowhere; of a time to come on the post of its
    start, once today's is another one than the plan's, too."""
    left_on = plan.employee.left_on
    if left_on and left_on <= today:
        return Departure(plan, left_on, None, "left") if left_on < plan.period_end else None
    now = main_on(held, min(today, _last_day(plan.period_end)))
    if now is None or now.post_id == plan.post_id:
        return None
    place = main_on(held, plan.period_start) if plan.period_start > today else now
    if place is None or place.post_id == plan.post_id:
        return None
    return Departure(plan, place.starts_on, place.post, "moved")


def _last_day(end: date) -> date:
    return end - timedelta(days=1)


def main_on(held: Collection[Assignment], day: date) -> Assignment | None:
    """The main one of a person's assignments on a day, as `people.selectors.main_posts` has it."""
    there = [row for row in held if row.starts_on <= day and (row.ends_on is None or row.ends_on > day)]
    return max(there, key=lambda row: (_MAIN[AssignmentKind(row.kind)], row.starts_on, row.pk), default=None)


def _reason(departure: Departure, document: str) -> str:
    if departure.post is None:
        return gettext("Tidak lagi bekerja di instansi ini.")
    told = gettext("Pindah ke jabatan %(post)s.") % {"post": departure.post.title}
    return f"{told} {document}".strip()[:300]


def _take_along(departure: Departure, post: Post) -> Plan | None:
    """The draft on the new post, in its form and from the day of the move on; None where it was agreed meanwhile."""
    with transaction.atomic():
        current, version = _open_draft(departure.plan)
        if current is None or version is None:
            return None
        current.post, current.unit, current.version = post, post.unit, current.version + 1
        current.period_start = _start(current, departure.on)
        current.save(update_fields=["post", "unit", "period_start", "version"])
        version.plan = current
        version.document, version.decided = as_json(shaped_for(from_json(version.document), post)), {}
        unsubmit(version)
        moved(version, "plan_taken_along", None, [*UNSUBMITTED, "document", "decided"], post=post.title)
    return current


def _take_back(departure: Departure, post: Post, document: str) -> Plan | None:
    """A plan that was agreed ahead for a post which is left before it begins: on the new post it is a draft again."""
    with transaction.atomic():
        current = locked_plan(departure.plan.pk)
        last = current.versions.filter(state=VersionState.AGREED).first() if current else None
        if current is None or last is None or current.state != PlanState.AGREED:
            return None
        current.versions.filter(state__in=OPEN).update(state=VersionState.DISCARDED)
        current.post, current.unit, current.version = post, post.unit, current.version + 1
        current.state, current.agreed_on = PlanState.DRAFT, None
        current.save(update_fields=["post", "unit", "state", "agreed_on", "version"])
        reason = _reason(departure, document)
        version = begin_version(current, shaped_for(from_json(last.document), post), None, reason)
        tell(version, "plan_taken_along", None, {"post": post.title}, reason=reason)
    return current


def _start(plan: Plan, on: date) -> date:
    """The day of the move where the plan begins before it; its own start where another plan begins that day."""
    if not plan.period_start < on < plan.period_end:
        return plan.period_start
    taken = Plan.objects.filter(employee_id=plan.employee_id, period_start=on).exists()
    return plan.period_start if taken else on


def _give_up(plan: Plan) -> Plan | None:
    """The draft of who left: nobody writes or answers it any more."""
    with transaction.atomic():
        current, version = _open_draft(plan)
        if current is None or version is None:
            return None
        version.state = VersionState.DISCARDED
        moved(version, "plan_given_up", None, ["state"])
    return current


def _open_draft(plan: Plan) -> tuple[Plan | None, PlanVersion | None]:
    """The plan and its open version, locked in this order; None where it is no longer a draft."""
    current = locked_plan(plan.pk)
    if current is None or current.state != PlanState.DRAFT:
        return None, None
    rows = current.versions.select_for_update(of=("self",)).select_related("plan__employee__agency", "plan__unit")
    return current, rows.filter(state__in=OPEN).first()


def _come_back(plan: Plan, held: Held, opened: bool) -> Plan | None:
    """Takes back what the system did, where the registry says that the person never left the post of the plan."""
    today, end = local_today(plan.employee.agency), plan.planned_end or plan.period_end
    acted = plan.followed if plan.state == PlanState.CLOSED else plan.state == PlanState.DRAFT and not opened
    left_on = plan.employee.left_on
    if not acted or (left_on and left_on <= today) or departure_of(plan, held, end, today):
        return None
    now = main_on(held, min(max(today, plan.period_start), _last_day(end)))
    if now is None or now.post_id != plan.post_id:
        return None
    if plan.state == PlanState.DRAFT:
        return _revive(plan)
    with suppress(NotNow):  # a newer plan stands in that time
        return reopen_closed(plan=plan)
    return None


def _revive(plan: Plan) -> Plan | None:
    with transaction.atomic():
        current = locked_plan(plan.pk)
        rows = PlanVersion.objects.select_for_update(of=("self",)).select_related(
            "plan__employee__agency", "plan__unit"
        )
        version = rows.filter(plan=plan).first()
        if current is None or version is None or version.state != VersionState.DISCARDED:
            return None
        unsubmit(version)
        moved(version, "plan_reopened", None, UNSUBMITTED)
    return current
