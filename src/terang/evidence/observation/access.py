"""Who may plan, observe, read, answer and decide; and who sees whose marks. Raises NotAllowed with a reason."""

from collections.abc import Collection, Sequence

from django.db.models import Q
from django.utils.translation import gettext

from terang.evidence.observation.models import Instrument, Observation, ObservationState, Sheet
from terang.registry.people.access import may_see_performance, require_agency, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import assignments_below, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def may_arrange(viewer: Viewer | None, employee: Employee) -> bool:
    """Whether the viewer plans observations of a person: who leads the unit or one above it, the appraiser, and the
    personnel agency in its area; nobody their own. At most seven queries."""
    if not viewer or viewer.agency_id != employee.agency_id or viewer.employee.pk == employee.pk:
        return False
    paths = (*viewer.headed_paths, *viewer.paths(Role.PERSONNEL))
    if "" in paths:
        return True
    if paths and assignments_below(paths, viewer.today).filter(employee=employee).exists():
        return True
    return employee.pk in direct_report_ids(viewer.employee, viewer.today)


def arrangeable(viewer: Viewer, employee_ids: Collection[int]) -> set[int]:
    """For whom of these the viewer may plan. At most seven queries, however many they are."""
    own = {viewer.employee.pk}
    paths = (*viewer.headed_paths, *viewer.paths(Role.PERSONNEL))
    if "" in paths:
        return set(employee_ids) - own
    found = set(direct_report_ids(viewer.employee, viewer.today))
    if paths:
        there = assignments_below(paths, viewer.today).filter(employee__in=employee_ids)
        found |= set(there.values_list("employee_id", flat=True))
    return found.intersection(employee_ids) - own


def arranged_today(viewer: Viewer) -> Q:
    """The same as a condition on `employee`. The queries of `direct_report_ids`."""
    paths = (*viewer.headed_paths, *viewer.paths(Role.PERSONNEL))
    if "" in paths:
        return Q(employee__agency_id=viewer.agency_id)
    found = Q(employee_id__in=direct_report_ids(viewer.employee, viewer.today))
    if paths:
        found |= Q(employee_id__in=assignments_below(paths, viewer.today).values("employee_id"))
    return found


def require_arranger(viewer: Viewer | None, employee: Employee) -> Viewer:
    viewer = require_viewer(viewer)
    require_agency(viewer, employee.agency_id)
    if not may_arrange(viewer, employee):
        raise NotAllowed(gettext("Observasi direncanakan oleh pimpinan pegawai itu atau pengelola kepegawaian."))
    return viewer


def observes(viewer: Viewer, observation: Observation) -> bool:
    """Whether the viewer is one of the observers. No query once the sheets are read."""
    return any(sheet.observer_id == viewer.employee.pk for sheet in observation.sheets.all())


def may_decide(viewer: Viewer | None, observation: Observation) -> bool:
    """Whether the viewer decides about a contested or finished one: who plans, and did not observe."""
    if not viewer or observes(viewer, observation):
        return False
    return may_arrange(viewer, observation.employee)


def require_decider(viewer: Viewer | None, observation: Observation) -> Viewer:
    viewer = require_arranger(viewer, observation.employee)
    if observes(viewer, observation):
        raise NotAllowed(gettext("Anda ikut mengamati. Yang memutuskan adalah pimpinan di atasnya atau kepegawaian."))
    return viewer


def require_observed(viewer: Viewer | None, observation: Observation) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != observation.employee_id:
        raise NotAllowed(gettext("Ini untuk yang diamati sendiri."))
    return viewer


def require_observer(viewer: Viewer | None, observation: Observation) -> Viewer:
    viewer = require_viewer(viewer)
    if not observes(viewer, observation):
        raise NotAllowed(gettext("Ini untuk pengamatnya. Atasan yang tidak mengamati membaca hasilnya sesudahnya."))
    return viewer


def require_side(viewer: Viewer | None, observation: Observation) -> Viewer:
    """The observed person or an observer."""
    viewer = require_viewer(viewer)
    if viewer.employee.pk != observation.employee_id and not observes(viewer, observation):
        raise NotAllowed(gettext("Ini untuk yang diamati dan pengamatnya."))
    return viewer


def require_canceller(viewer: Viewer | None, observation: Observation) -> Viewer:
    """An observer, or who plans."""
    viewer = require_viewer(viewer)
    return viewer if observes(viewer, observation) else require_arranger(viewer, observation.employee)


def require_own_sheet(viewer: Viewer | None, sheet: Sheet) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != sheet.observer_id:
        raise NotAllowed(gettext("Lembar ini hanya untuk pengamatnya sendiri."))
    return viewer


def may_read(viewer: Viewer | None, observation: Observation) -> bool:
    """The observed person, the observers, and who may see the person's performance."""
    if not viewer or viewer.agency_id != observation.employee.agency_id:
        return False
    return observes(viewer, observation) or may_see_performance(viewer, observation.employee)


def require_reader(viewer: Viewer | None, observation: Observation) -> Viewer:
    viewer = require_viewer(viewer)
    if not may_read(viewer, observation):
        raise NotAllowed(gettext("Observasi ini hanya untuk yang diamati, pengamatnya, dan atasannya."))
    return viewer


def open_sheets(viewer: Viewer, observation: Observation) -> Sequence[Sheet]:
    """The sheets whose marks the viewer may see: once feedback was given all of them; before that an observer sees the
    own one, and the other's only when both are given. Nobody else sees any. No query once the sheets are read."""
    sheets = list(observation.sheets.all())
    if observation.is_told:
        return sheets
    own = [sheet for sheet in sheets if sheet.observer_id == viewer.employee.pk]
    return sheets if own and all(sheet.given_at for sheet in sheets) else own


def sees_common(viewer: Viewer, observation: Observation) -> bool:
    """Whether the viewer may see the common marks and points: observers once settled, everybody once told."""
    return observation.is_told or (observation.state == ObservationState.SETTLED and observes(viewer, observation))


def may_begin_instruments(viewer: Viewer | None) -> bool:
    """Whether the viewer makes new instruments: the personnel agency of the whole government."""
    return bool(viewer and viewer.has(Role.PERSONNEL))


def keeps(viewer: Viewer | None, instrument: Instrument) -> bool:
    """Whether the viewer makes new versions: the personnel agency, and who leads the unit that keeps it."""
    if not viewer or viewer.agency_id != instrument.agency_id:
        return False
    return viewer.has(Role.PERSONNEL) or (instrument.keeper_id is not None and leads(viewer, instrument.keeper_id))


def leads(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer leads the unit today."""
    return unit_id in viewer.headed_unit_ids


def require_keeper(viewer: Viewer | None, instrument: Instrument | None) -> Viewer:
    """Of an instrument; where it is missing, of new ones."""
    viewer = require_viewer(viewer)
    if instrument is not None:
        require_agency(viewer, instrument.agency_id)
    if not (keeps(viewer, instrument) if instrument else may_begin_instruments(viewer)):
        raise NotAllowed(gettext("Instrumen diatur oleh pengelola kepegawaian, atau kepala unit yang memegangnya."))
    return viewer


def may_see_cover(viewer: Viewer | None) -> bool:
    """Whether the viewer sees who was observed and who was not: heads and who answers for the whole government."""
    return bool(viewer and (viewer.is_head or viewer.has(Role.PERSONNEL, Role.OVERSIGHT, Role.AUDITOR)))


def require_cover(viewer: Viewer | None) -> Viewer:
    viewer = require_viewer(viewer)
    if not may_see_cover(viewer):
        raise NotAllowed(gettext("Halaman ini untuk pimpinan dan pengelola kepegawaian."))
    return viewer
