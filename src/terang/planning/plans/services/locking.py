"""What every verb of a plan does first and last: take the row, see that the page is not stale, tell the journal."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from terang.audit.services import record
from terang.planning.plans.models import Plan, PlanVersion
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import Stale


def locked(version: PlanVersion, seen: int) -> PlanVersion:
    """The version with its plan, both locked until the transaction ends. Raises Stale where it moved on since
    `seen`."""
    current = held(version)
    if current.version != seen:
        raise Stale(
            gettext(
                "Rencana ini sudah berubah atau dikomentari sejak Anda membukanya. Muat ulang, lalu ulangi langkah."
            )
        )
    return current


def held(version: PlanVersion) -> PlanVersion:
    """The version as it is now with its plan, both locked; the plan first, as everywhere, so that nobody waits in a
    circle. Raises Stale where it was deleted meanwhile."""
    locked_plan(version.plan_id)
    rows = PlanVersion.objects.select_for_update(of=("self",))
    current = (
        rows.select_related("plan__employee__agency", "plan__unit", "plan__post__unit").filter(pk=version.pk).first()
    )
    if current is None:
        raise Stale(gettext("Rencana ini sudah dihapus. Muat ulang halaman."))
    return current


def locked_plan(plan_id: int) -> Plan | None:
    """The plan as it is now, locked until the transaction ends; None where it was deleted meanwhile."""
    rows = Plan.objects.select_for_update(of=("self",)).select_related("employee__agency", "unit")
    return rows.filter(pk=plan_id).first()


def moved(
    version: PlanVersion, verb: str, actor: Viewer | None, fields: list[str], *, reason: str = "", **told: Any
) -> PlanVersion:
    """Saves the named fields with the next version number and writes the journal entry `plans.<verb>`."""
    version.version += 1
    version.save(update_fields=[*fields, "version"])
    tell(version, verb, actor, told, reason=reason)
    return version


def tell(version: PlanVersion, verb: str, actor: Viewer | None, told: Mapping[str, Any], reason: str = "") -> None:
    """One journal entry about a version. `day` makes the scores of the running period be computed anew."""
    plan = version.plan
    record(
        f"plans.{verb}",
        actor=actor.user if actor else None,
        obj=plan,
        agency_id=plan.employee.agency_id,
        subject_employee_id=plan.employee_id,
        unit_id=plan.unit_id,
        changes={"number": version.number, "state": str(version.state), **told},
        reason=reason,
    )


def author_of(actor: Viewer | None) -> Employee | None:
    """The employee who acts; None for the system."""
    return actor.employee if actor else None
