"""Who may shape goals, report values, sign and check. Everybody of a government reads: goals are not personal data.

The personnel agency shapes all of them. Who heads a unit shapes what lies below the RPJMD in the own subtree; what
comes from above (its objectives and targets) only the head of the government does.
"""

from django.utils.translation import gettext as _

from terang.planning.goals.models import Goal, GoalKind, KeyIndicator
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Assignment, Role
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotAllowed

UNIT_KINDS = (GoalKind.UNIT_TARGET, GoalKind.PROGRAMME)
CHECKERS = (Role.PERSONNEL, Role.AUDITOR, Role.REGIONAL_HEAD)


def may_shape(viewer: Viewer | None, unit: Unit, kind: str) -> bool:
    """Whether the viewer may make and change goals of this kind in a unit. No query."""
    if not viewer or viewer.agency_id != unit.agency_id:
        return False
    if viewer.has(Role.PERSONNEL):
        return True
    return heads(viewer, unit) and (kind in UNIT_KINDS or any(path.count("/") == 2 for path in viewer.headed_paths))


def heads(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer leads the unit or one above it."""
    return viewer.agency_id == unit.agency_id and any(unit.path.startswith(path) for path in viewer.headed_paths)


def require_shaper(viewer: Viewer | None, unit: Unit, kind: str) -> Viewer:
    """Only who may shape goals of this kind in this unit."""
    require_agency(viewer, unit.agency_id)
    if not may_shape(viewer, unit, kind):
        raise NotAllowed(
            _("Hanya pengelola kepegawaian dan pimpinan %(unit)s atau di atasnya yang dapat mengubah sasaran ini.")
            % {"unit": unit.name}
            if kind in UNIT_KINDS
            else _("Tujuan dan sasaran RPJMD hanya diubah oleh pengelola kepegawaian atau kepala daerah.")
        )
    return require_viewer(viewer)


def may_report(viewer: Viewer | None, indicator: KeyIndicator) -> bool:
    """Whether the viewer may report values of an indicator: who holds the responsible post today, heads the goal's
    unit or one above, or is the personnel agency. At most one query."""
    unit = indicator.goal.unit
    if not viewer or viewer.agency_id != unit.agency_id:
        return False
    if viewer.has(Role.PERSONNEL) or heads(viewer, unit):
        return True
    if indicator.responsible_id is None:
        return False
    held = Assignment.objects.filter(in_force(viewer.today), employee=viewer.employee)
    return held.filter(post_id=indicator.responsible_id).exists()


def require_reporter(viewer: Viewer | None, indicator: KeyIndicator) -> Viewer:
    """Only who may report values of the indicator."""
    require_agency(viewer, indicator.goal.agency_id)
    if not may_report(viewer, indicator):
        raise NotAllowed(
            _("Nilai indikator ini dilaporkan oleh pejabat penanggung jawabnya, pimpinan unit, atau kepegawaian.")
        )
    return require_viewer(viewer)


def may_sign(viewer: Viewer | None, unit: Unit) -> bool:
    """Whether the viewer may enter the signing of a unit's agreement: its head, one above, the personnel agency."""
    return bool(viewer and viewer.agency_id == unit.agency_id and (viewer.has(Role.PERSONNEL) or heads(viewer, unit)))


def require_signer(viewer: Viewer | None, unit: Unit) -> Viewer:
    """Only who may enter the signing of the unit's agreement."""
    require_agency(viewer, unit.agency_id)
    if not may_sign(viewer, unit):
        raise NotAllowed(
            _("Perjanjian kinerja %(unit)s ditandatangani oleh pimpinannya dan pimpinan di atasnya.")
            % {"unit": unit.name}
        )
    return require_viewer(viewer)


def checked_paths(viewer: Viewer | None) -> tuple[str, ...]:
    """The unit paths whose gaps the viewer sees: all (an empty path) for the personnel agency, the auditor and the
    regional head, otherwise the units led."""
    return (*viewer.headed_paths, *viewer.paths(*CHECKERS)) if viewer else ()


def require_checker(viewer: Viewer | None) -> tuple[str, ...]:
    """Only who sees gaps somewhere; returns where."""
    require_viewer(viewer)
    paths = checked_paths(viewer)
    if not paths:
        raise NotAllowed(_("Pemeriksaan sasaran untuk pimpinan unit, pengelola kepegawaian, dan auditor."))
    return paths


def require_member_of(viewer: Viewer | None, goal: Goal) -> Viewer:
    """Anybody of the goal's government."""
    require_agency(viewer, goal.agency_id)
    return require_viewer(viewer)
