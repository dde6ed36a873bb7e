"""Who may write, discuss and agree plans. Each raises NotAllowed with a reason."""

from django.utils.translation import gettext

from terang.planning.plans.models import PlanVersion, VersionState
from terang.registry.people.access import require_agency, require_appraiser_of, require_self, require_viewer
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraiser_of, superior_of_appraiser
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow


def require_planner(viewer: Viewer | None, employee: Employee) -> None:
    """Only the person whose plan it is."""
    require_self(viewer, employee)


def require_writer(viewer: Viewer | None, employee: Employee) -> None:
    """Only the person, while on a post: who has left, or holds none, has no leader to agree with."""
    require_self(viewer, employee)
    if require_viewer(viewer).unit_id is None:
        raise NotNow(
            gettext("Hari ini Anda tidak memegang jabatan, jadi rencana ini tidak bisa ditulis atau diajukan.")
        )


def require_partner(viewer: Viewer | None, version: PlanVersion) -> None:
    """The two of the dialogue, and the superior once the answer is late."""
    employee = version.plan.employee
    if require_viewer(viewer).employee.pk != employee.pk:
        require_answer(viewer, version)


def require_answer(viewer: Viewer | None, version: PlanVersion) -> bool:
    """Who may answer: the appraiser of today, or the appraiser's superior once `answer_due` has passed (PermenPANRB
    6/2022 Lampiran II.C.5 p. 65). Returns whether it is the superior, answering instead."""
    employee = version.plan.employee
    require_agency(viewer, employee.agency_id)
    asker = require_viewer(viewer)
    appraiser = appraiser_of(employee.pk, asker.today)
    if speaks_for(asker, appraiser):
        return False
    own = asker.employee.pk == employee.pk  # as Plh. of the superior, too, nobody answers the own plan
    if own or not speaks_for(asker, superior_of_appraiser(employee.pk, asker.today)):
        require_appraiser_of(viewer, employee)
        return False
    if not answer_is_late(version, asker):
        raise NotAllowed(
            gettext("Penilai %(name)s masih dalam waktu menjawab. Sesudah itu Anda, sebagai atasannya, dapat menjawab.")
            % {"name": appraiser.employee.name if appraiser else employee.name}
        )
    return True


def speaks_for(viewer: Viewer, appraiser: Appraiser | None) -> bool:
    """Whether the viewer is this appraiser, or the Plh. who stands in."""
    if appraiser is None:
        return False
    return viewer.employee.pk in (appraiser.employee_id, appraiser.stand_in and appraiser.stand_in.pk)


def answer_is_late(version: PlanVersion, viewer: Viewer) -> bool:
    """Whether the appraiser let the last day for an answer pass."""
    due = version.answer_due
    return version.state == VersionState.SUBMITTED and due is not None and due < viewer.today
