"""Writing a plan: its first version, and every change of an open one. The document is replaced whole."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.planning.plans.access import require_answer, require_planner
from terang.planning.plans.models import Plan, PlanVersion, VersionState
from terang.planning.plans.services.locking import locked, moved, tell
from terang.planning.plans.states import require_move
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlanDocument, PlannedResult, as_json, from_json
from terang.web.errors import NotNow


def open_plan(
    *, actor: Viewer, employee: Employee, period_start: date, period_end: date, document: PlanDocument
) -> PlanVersion:
    """Begins one's own plan on the post held at its start (today where the start is past), as a draft.

    Raises NotNow where the time has a plan already or the person holds no post.
    """
    require_planner(actor, employee)
    if period_start >= period_end:
        raise NotNow(gettext("Akhir masa rencana harus sesudah awalnya."))
    place = main_posts([employee.pk], max(period_start, actor.today)).get(employee.pk)
    if place is None:
        raise NotNow(gettext("Anda belum tercatat pada jabatan mana pun. Hubungi pengelola kepegawaian."))
    with transaction.atomic():
        Employee.objects.select_for_update().get(pk=employee.pk)
        if Plan.objects.filter(employee=employee, period_start__lt=period_end, period_end__gt=period_start).exists():
            raise NotNow(gettext("Untuk masa ini sudah ada rencana."))
        plan = Plan.objects.create(
            employee=employee, post=place.post, unit=place.post.unit, period_start=period_start, period_end=period_end
        )
        version = begin_version(plan, asked_anew(PlanDocument(), document), actor)
        tell(version, "plan_created", actor, {})
    return version


def begin_version(plan: Plan, document: PlanDocument, actor: Viewer | None, reason: str = "") -> PlanVersion:
    """The next version of a plan as a draft; the caller has the plan locked and tells the journal."""
    last = plan.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return PlanVersion.objects.create(
        plan=plan,
        number=last + 1,
        document=as_json(document),
        reason=reason,
        opened_by=actor.employee if actor else None,
        opened_at=timezone.now(),
    )


def asked_anew(before: PlanDocument, after: PlanDocument, approved: Collection[str] = ()) -> PlanDocument:
    """The person's wording with approvals only where the appraiser gave them: work from another leader that is new or
    was reworded waits for the appraiser again (A3 p. 46), but for those of these keys. Pure."""
    results = [each if each.key in approved else _asked_anew(before.result(each.key), each) for each in after.results]
    return replace(after, results=tuple(results))


def _asked_anew(before: PlannedResult | None, after: PlannedResult) -> PlannedResult:
    if after.assigner_id is None:
        return after
    if before is not None and replace(after, approved=before.approved, main=before.main) == before:
        return replace(after, approved=before.approved)
    return replace(after, approved=None)


def write_document(
    *,
    actor: Viewer,
    version: PlanVersion,
    seen: int,
    document: PlanDocument,
    approved: Collection[str] = (),
) -> PlanVersion:
    """Replaces the wording. The person writes a draft or what is discussed; the appraiser rewords what was submitted,
    which makes it discussed again, so that the person must agree too. `approved` are keys of results whose assignment
    the appraiser approved elsewhere, in the matrix.

    Raises NotAllowed, NotNow for another state, Stale where somebody else wrote since `seen`.
    """
    own = actor.employee.pk == version.plan.employee_id
    if not own:
        require_answer(actor, version)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "write" if own else "reword")
        if own:
            document = asked_anew(from_json(current.document), document, approved)
        else:
            current.state = VersionState.DISCUSSED
        current.document = as_json(document)
        return moved(current, "plan_written", actor, ["document", "state"])
