"""Writing a plan: its first version, and every change of an open one. The document is replaced whole."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.planning.plans.access import require_answer, require_planner, require_writer
from terang.planning.plans.decisions import changed_by_leader, contradicts, merged, told_fields
from terang.planning.plans.models import Plan, PlanVersion, VersionState
from terang.planning.plans.placement import shaped_for
from terang.planning.plans.services.locking import locked, moved, tell
from terang.planning.plans.states import require_move
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlanDocument, PlannedResult, as_json, from_json
from terang.rules.plans.differences import differences
from terang.web.errors import NotNow


def open_plan(
    *, actor: Viewer, employee: Employee, period_start: date, period_end: date, document: PlanDocument
) -> PlanVersion:
    """Begins one's own plan on the post held at its start (today where the start is past), as a draft in that post's
    form.

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
        first = shaped_for(asked_anew(PlanDocument(), document), place.post)
        version = begin_version(plan, first, actor)
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
    was reworded waits for the appraiser again (A3 p. 46), but for those of these keys. The first indicators of a result
    that had none are not another assignment. Pure."""
    results = [each if each.key in approved else _asked_anew(before.result(each.key), each) for each in after.results]
    return replace(after, results=tuple(results))


def _asked_anew(before: PlannedResult | None, after: PlannedResult) -> PlannedResult:
    if not after.from_elsewhere:
        return replace(after, approved=None)
    if before is not None and _same_work(before, after):
        return replace(after, approved=before.approved)
    return replace(after, approved=None)


def _same_work(before: PlannedResult, after: PlannedResult) -> bool:
    indicators = after.indicators if before.indicators else ()
    return replace(after, approved=before.approved, main=before.main, indicators=indicators) == before


def write_document(
    *,
    actor: Viewer,
    version: PlanVersion,
    seen: int,
    document: PlanDocument,
    approved: Collection[str] = (),
    decided: Mapping[str, Any] | None = None,
) -> PlanVersion:
    """Replaces the wording. The person writes a draft or what is discussed; the appraiser rewords what was submitted,
    which makes it discussed again, so that the person must agree too. `approved` are keys of results whose assignment
    the appraiser approved elsewhere, in the matrix; `decided` what the appraiser decides beside what the new wording
    changes (`decisions`). The journal names the kinds of fields that changed.

    Raises NotAllowed, NotNow for another state and where the person contradicts what the appraiser decided, Stale where
    somebody else wrote since `seen`.
    """
    own = actor.employee.pk == version.plan.employee_id
    if own:
        require_writer(actor, version.plan.employee)
    else:
        require_answer(actor, version)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "write" if own else "reword")
        before = from_json(current.document)
        if own:
            document = asked_anew(before, document, approved)
            _require_decided(current, document)
        else:
            current.state, current.reworded = VersionState.DISCUSSED, True
            ruled = merged(changed_by_leader(before, document), decided or {})
            current.decided = merged(current.decided, ruled)
        current.document = as_json(document)
        fields = ["document", "state", "reworded", "decided"]
        return moved(current, "plan_written", actor, fields, changed=told_fields(differences(before, document)))


def _require_decided(version: PlanVersion, document: PlanDocument) -> None:
    if contradicts(document, version.decided):
        raise NotNow(
            gettext(
                "Penilai sudah memutuskan prioritas, pendekatan, atau ekspektasi ini. Tulis komentar bila keberatan."
            )
        )
