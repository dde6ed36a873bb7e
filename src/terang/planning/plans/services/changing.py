"""A plan in the middle of its time: opened for a change with a reason, given up again, closed."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.planning.plans.access import require_answer, require_planner, require_writer
from terang.planning.plans.models import OPEN, Plan, PlanComment, PlanState, PlanVersion, VersionState
from terang.planning.plans.services.locking import locked, locked_plan, moved, tell
from terang.planning.plans.services.writing import begin_version
from terang.planning.plans.states import require_move
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.plans import from_json
from terang.web.errors import NotNow


def open_change(*, actor: Viewer, plan: Plan, reason: str) -> PlanVersion:
    """Begins the next version of an agreed plan from the one in force; that one stays in force until the new is agreed.

    Either of the two may begin it (Pasal 14(2), 11(2), 20(3)). Raises NotNow without a reason, where the plan is not
    agreed, or where a version is open already.
    """
    with transaction.atomic():
        current = locked_plan(plan.pk)
        last = current.versions.filter(state=VersionState.AGREED).first() if current else None
        if current is None or last is None or current.state != PlanState.AGREED:
            raise NotNow(gettext("Hanya rencana yang sudah disepakati dan masih berjalan yang dapat diubah."))
        if actor.employee.pk == current.employee_id:
            require_writer(actor, current.employee)
        else:
            require_answer(actor, last)
        if current.versions.filter(state__in=OPEN).exists():
            raise NotNow(gettext("Perubahan rencana ini sudah dibuka dan sedang dibahas."))
        if not reason.strip():
            raise NotNow(gettext("Tulis alasan perubahan."))
        version = begin_version(current, from_json(last.document), actor, reason.strip())
        tell(version, "change_opened", actor, {}, reason=version.reason)
    return version


def discard_version(*, actor: Viewer, version: PlanVersion, seen: int, reason: str = "") -> PlanVersion:
    """The person gives up a change; one that the appraiser opened only with a reason, which the journal and the page of
    the version tell the appraiser. A first draft that nobody has talked about goes with its plan, so that the person
    can begin anew; once it was talked about or reworded it can only be rewritten.

    Raises NotNow without that reason.
    """
    require_planner(actor, version.plan.employee)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "discard")
        if current.plan.state == PlanState.DRAFT:
            return _drop(current, actor)
        if opened_by_other(current) and not reason.strip():
            raise NotNow(gettext("Perubahan ini dibuka penilai. Tulis alasan Anda membatalkannya."))
        current.state = VersionState.DISCARDED
        done = moved(current, "change_discarded", actor, ["state"], reason=reason.strip())
        if reason.strip():
            _explain(done, actor, reason.strip())
        return done


def opened_by_other(version: PlanVersion) -> bool:
    """Whether somebody else than the person opened this change of an agreed plan."""
    return version.number > 1 and version.opened_by_id not in (None, version.plan.employee_id)


def _explain(version: PlanVersion, actor: Viewer, reason: str) -> None:
    PlanComment.objects.create(
        plan_version=version, author=actor.employee, text=reason, written_at=timezone.now(), form_key=uuid.uuid4()
    )


def _drop(version: PlanVersion, actor: Viewer) -> PlanVersion:
    if version.number > 1 or version.state != VersionState.DRAFT or version.reworded or version.comments.exists():
        raise NotNow(gettext("Naskah ini sudah dibahas, jadi tidak dapat dihapus; ubah saja isinya."))
    tell(version, "plan_dropped", actor, {})
    version.plan.delete()
    return version


def close_plan(*, actor: Viewer | None, plan: Plan, on: date, reason: str) -> Plan:
    """Ends an agreed plan before `on` (a move, a change of appraiser, the end of the year); evidence until then stays.

    `actor` is None where the system follows a move in the registry (`Plan.followed`). Raises NotNow for a plan that is
    not agreed or a day outside its time.
    """
    with transaction.atomic():
        current = locked_plan(plan.pk)
        last = current.versions.filter(state=VersionState.AGREED).first() if current else None
        if current is None or last is None or not _may_close(current, on):
            raise NotNow(gettext("Rencana ini tidak dapat ditutup pada tanggal itu."))
        if actor is not None and actor.employee.pk != current.employee_id:
            require_answer(actor, last)
        current.versions.filter(state__in=OPEN).update(state=VersionState.DISCARDED)
        current.state, current.planned_end, current.period_end = PlanState.CLOSED, current.period_end, on
        current.followed, current.version = actor is None, current.version + 1
        current.save(update_fields=["state", "period_end", "planned_end", "followed", "version"])
        tell(last, "plan_closed", actor, {"day": on.isoformat()}, reason=reason)
    return current


def _may_close(plan: Plan, on: date) -> bool:
    return plan.state == PlanState.AGREED and plan.period_start < on <= plan.period_end


def reopen_closed(*, plan: Plan) -> Plan:
    """Takes back a closing by the system, because the registry no longer tells of the move or departure: the plan is
    agreed again for its whole time. Raises NotNow where it was closed otherwise, or another plan stands in that time.
    """
    with transaction.atomic():
        Employee.objects.select_for_update(no_key=True).get(pk=plan.employee_id)
        current = locked_plan(plan.pk)
        last = current.versions.filter(state=VersionState.AGREED).first() if current else None
        end = current.planned_end if current else None
        if current is None or last is None or end is None or not _was_followed(current) or _taken(current, end):
            raise NotNow(gettext("Rencana ini tidak dapat dibuka kembali."))
        until, current.period_end = current.period_end, end
        current.state, current.planned_end, current.followed = PlanState.AGREED, None, False
        current.version += 1
        current.save(update_fields=["state", "period_end", "planned_end", "followed", "version"])
        tell(last, "plan_reopened", None, {"day": until.isoformat()})
    return current


def _was_followed(plan: Plan) -> bool:
    return plan.state == PlanState.CLOSED and plan.followed


def _taken(plan: Plan, end: date) -> bool:
    others = Plan.objects.filter(employee_id=plan.employee_id, period_start__lt=end, period_end__gt=plan.period_end)
    return others.exclude(pk=plan.pk).exists()
