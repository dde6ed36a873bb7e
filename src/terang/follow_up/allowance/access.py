"""Slips are read by their owner, the personnel agency and the auditor; rules, runs and disputes are the agency's."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from terang.follow_up.allowance.models import Dispute, RuleVersion, Run, Slip
from terang.registry.people.access import require_agency, require_role, require_self, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

READERS = (Role.PERSONNEL, Role.AUDITOR)


def may_keep(viewer: Viewer | None) -> bool:
    return bool(viewer and viewer.has(Role.PERSONNEL))


def may_read_all(viewer: Viewer | None) -> bool:
    return bool(viewer and viewer.has(*READERS))


def may_read(viewer: Viewer | None, slip: Slip) -> bool:
    """No query where the slip's employee is read along."""
    if viewer is None or viewer.agency_id != slip.employee.agency_id:
        return False
    return viewer.employee.pk == slip.employee_id or viewer.has(*READERS)


def require_keeper(viewer: Viewer | None, agency_id: int) -> Viewer:
    """The personnel agency of this government. Raises NotAllowed."""
    viewer = require_viewer(viewer)
    require_agency(viewer, agency_id)
    require_role(viewer, Role.PERSONNEL)
    return viewer


def require_reader(viewer: Viewer | None) -> Viewer:
    viewer = require_viewer(viewer)
    require_role(viewer, *READERS)
    return viewer


def require_second(viewer: Viewer | None, first: Employee | None, agency_id: int) -> Viewer:
    """A keeper who is not the first person. Raises NotAllowed."""
    viewer = require_keeper(viewer, agency_id)
    if first is not None and first.pk == viewer.employee.pk:
        raise NotAllowed(_("Orang kedua yang memutuskan, bukan yang mengusulkan atau memulai."))
    return viewer


def may_decide_rule(viewer: Viewer, rule: RuleVersion) -> bool:
    return may_keep(viewer) and rule.proposed_by_id != viewer.employee.pk


def require_about(viewer: Viewer, employee_id: int) -> None:
    """Nobody gives or withdraws a fact about themself. Raises NotAllowed."""
    if viewer.employee.pk == employee_id:
        raise NotAllowed(_("Data tunjangan Anda sendiri dicatat dan dicabut orang lain."))


def why_not_approve(viewer: Viewer, run: Run, givers: Collection[int]) -> str:
    """Why this keeper may not approve the month; empty where they may. `givers`: `selectors.givers_of`."""
    if run.started_by_id == viewer.employee.pk:
        return _("Anda yang memulai bulan ini, jadi orang lain yang menyetujuinya.")
    if viewer.employee.pk in givers:
        return _(
            "Anda mencatat data, memutus sanggahan, atau menunda slip bulan ini, jadi orang lain yang menyetujuinya."
        )
    return ""


def require_owner(viewer: Viewer | None, slip: Slip) -> Viewer:
    require_self(viewer, slip.employee)
    return require_viewer(viewer)


def require_decider(viewer: Viewer | None, dispute: Dispute) -> Viewer:
    """The personnel agency, and nobody about the own slip. Raises NotAllowed."""
    viewer = require_keeper(viewer, dispute.slip.run.agency_id)
    if viewer.employee.pk == dispute.slip.employee_id:
        raise NotAllowed(_("Sanggahan Anda sendiri diputus orang lain."))
    return viewer
