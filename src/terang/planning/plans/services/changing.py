"""A plan in the middle of its time: opened for a change with a reason, given up again, closed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from terang.planning.plans.access import require_answer, require_planner
from terang.planning.plans.models import OPEN, Plan, PlanState, PlanVersion, VersionState
from terang.planning.plans.services.locking import locked, moved, tell
from terang.planning.plans.services.writing import begin_version
from terang.planning.plans.states import require_move
from terang.registry.people.viewer import Viewer
from terang.rules.plans import from_json
from terang.web.errors import NotNow


def open_change(*, actor: Viewer, plan: Plan, reason: str) -> PlanVersion:
    """Begins the next version of an agreed plan from the one in force; that one stays in force until the new is agreed.

    Either of the two may begin it (Pasal 14(2), 11(2), 20(3)). Raises NotNow without a reason, where the plan is not
    agreed, or where a version is open already.
    """
    with transaction.atomic():
        current = (
            Plan.objects.select_for_update(of=("self",)).select_related("employee__agency", "unit").get(pk=plan.pk)
        )
        last = current.versions.filter(state=VersionState.AGREED).first()
        if last is None or current.state != PlanState.AGREED:
            raise NotNow(gettext("Hanya rencana yang sudah disepakati dan masih berjalan yang dapat diubah."))
        if actor.employee.pk != current.employee_id:
            require_answer(actor, last)
        if current.versions.filter(state__in=OPEN).exists():
            raise NotNow(gettext("Perubahan rencana ini sudah dibuka dan sedang dibahas."))
        if not reason.strip():
            raise NotNow(gettext("Tulis alasan perubahan."))
        version = begin_version(current, from_json(last.document), actor, reason.strip())
        tell(version, "change_opened", actor, {}, reason=version.reason)
    return version


def discard_version(*, actor: Viewer, version: PlanVersion, seen: int) -> PlanVersion:
    """The person gives up a change. A first draft that nobody has talked about goes with its plan, so that the person
    can begin anew; once it was talked about it can only be rewritten."""
    require_planner(actor, version.plan.employee)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "discard")
        if current.plan.state == PlanState.DRAFT:
            return _drop(current, actor)
        current.state = VersionState.DISCARDED
        return moved(current, "change_discarded", actor, ["state"])


def _drop(version: PlanVersion, actor: Viewer) -> PlanVersion:
    if version.state != VersionState.DRAFT or version.comments.exists():
        raise NotNow(gettext("Naskah ini sudah dibahas, jadi tidak dapat dihapus; ubah saja isinya."))
    tell(version, "plan_dropped", actor, {})
    version.plan.delete()
    return version


def close_plan(*, actor: Viewer | None, plan: Plan, on: date, reason: str) -> Plan:
    """Ends an agreed plan before `on` (a move, a change of appraiser, the end of the year); evidence until then stays.

    `actor` is None where the system follows a move in the registry. Raises NotNow for a plan that is not agreed or a
    day outside its time.
    """
    with transaction.atomic():
        current = (
            Plan.objects.select_for_update(of=("self",)).select_related("employee__agency", "unit").get(pk=plan.pk)
        )
        last = current.versions.filter(state=VersionState.AGREED).first()
        if last is None or current.state != PlanState.AGREED or not current.period_start < on <= current.period_end:
            raise NotNow(gettext("Rencana ini tidak dapat ditutup pada tanggal itu."))
        if actor is not None and actor.employee.pk != current.employee_id:
            require_answer(actor, last)
        current.versions.filter(state__in=OPEN).update(state=VersionState.DISCARDED)
        current.state, current.planned_end, current.period_end = PlanState.CLOSED, current.period_end, on
        current.version += 1
        current.save(update_fields=["state", "period_end", "planned_end", "version"])
        tell(last, "plan_closed", actor, {"day": on.isoformat()}, reason=reason)
    return current
