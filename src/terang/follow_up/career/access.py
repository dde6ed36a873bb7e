"""Who reads about a career, who declares, who checks, who contests, who proposes, who decides. Each raises NotAllowed
with a reason.

A career is narrower than performance: the person, their appraiser, the personnel agency, and the regional head, who
appoints. Auditors read lists of candidates with the proof of each condition, and no other page of a career; overseers
and heads further up read none of it.
"""

from django.utils.translation import gettext

from terang.follow_up.career.models import HANDED_IN, RANK_FACTS, Declaration, Proposal
from terang.registry.people.access import require_agency, require_role, require_self, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import assignments_below, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

OVERVIEW = (Role.PERSONNEL, Role.REGIONAL_HEAD)


def reads_all(viewer: Viewer) -> bool:
    """Whether the viewer reads everybody's in the whole government."""
    return "" in viewer.paths(*OVERVIEW)


def leads(viewer: Viewer) -> bool:
    """Whether the viewer appraises somebody today, remembered within a request."""
    return bool(direct_report_ids(viewer.employee, viewer.today))


def require_overview(viewer: Viewer | None) -> Viewer:
    """Only who reads the whole government."""
    viewer = require_viewer(viewer)
    require_role(viewer, *OVERVIEW)
    if not reads_all(viewer):
        raise NotAllowed(gettext("Halaman ini untuk pengelola seluruh pemerintah daerah, bukan satu unit."))
    return viewer


def reads_career(viewer: Viewer, employee: Employee) -> bool:
    """The person, their appraiser of today, the personnel agency, the regional head. Of the same government."""
    if viewer.employee.pk == employee.pk or reads_all(viewer):
        return True
    return employee.pk in direct_report_ids(viewer.employee, viewer.today)


def require_reader(viewer: Viewer | None, employee: Employee) -> Viewer:
    """Only who reads the person's career (`reads_career`)."""
    require_agency(viewer, employee.agency_id)
    viewer = require_viewer(viewer)
    if not reads_career(viewer, employee):
        raise NotAllowed(
            gettext("Data karier hanya untuk yang bersangkutan, pejabat penilainya, kepegawaian, dan kepala daerah.")
        )
    return viewer


def keeps(viewer: Viewer) -> bool:
    """Whether the viewer declares and checks: the personnel agency."""
    return "" in viewer.paths(Role.PERSONNEL)


def require_keeper(viewer: Viewer | None) -> Viewer:
    """Only the personnel agency of the whole government."""
    viewer = require_viewer(viewer)
    if not keeps(viewer):
        raise NotAllowed(gettext("Hanya pengelola kepegawaian yang mencatat dan memeriksa data karier."))
    return viewer


def gives(viewer: Viewer, employee: Employee, subject: str = "") -> bool:
    """Whether the viewer may declare this about the person (anything where no subject is named): the personnel agency
    about others, everybody what is in their own hands."""
    if viewer.employee.pk == employee.pk:
        return not subject or subject in HANDED_IN
    return keeps(viewer)


def require_giver(viewer: Viewer | None, employee: Employee, subject: str = "") -> Viewer:
    """The person themselves, of what is in their hands; else the personnel agency."""
    require_agency(viewer, employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk != employee.pk:
        return require_keeper(viewer)
    if not gives(viewer, employee, subject):
        raise NotAllowed(gettext("Asesmen dan disiplin tentang diri sendiri dicatat kepegawaian."))
    return viewer


def require_second(viewer: Viewer | None, row: Declaration) -> Viewer:
    """One of the personnel agency who neither gave it nor is the person."""
    require_agency(viewer, row.employee.agency_id)
    viewer = require_keeper(viewer)
    if viewer.employee.pk == row.employee_id:
        raise NotAllowed(gettext("Data tentang diri sendiri diperiksa rekan di kepegawaian."))
    if viewer.employee.pk == row.given_by_id:
        raise NotAllowed(gettext("Data yang Anda catat diperiksa orang kedua di kepegawaian."))
    return viewer


def may_check(viewer: Viewer, row: Declaration) -> bool:
    return keeps(viewer) and viewer.employee.pk not in (row.employee_id, row.given_by_id)


def require_person(viewer: Viewer | None, row: Declaration) -> Viewer:
    """Only who it is about."""
    require_self(viewer, row.employee)
    return require_viewer(viewer)


SEES_CANDIDATES = (Role.PERSONNEL, Role.REGIONAL_HEAD, Role.AUDITOR)


def candidate_paths(viewer: Viewer) -> tuple[str, ...]:
    """The units over whose people the viewer reads who is near the next rank; an empty path is the whole agency."""
    return viewer.paths(*SEES_CANDIDATES)


def require_candidates(viewer: Viewer | None) -> Viewer:
    """The personnel agency, also of a unit alone; the regional head; auditors."""
    viewer = require_viewer(viewer)
    require_role(viewer, *SEES_CANDIDATES)
    return viewer


def oversees(viewer: Viewer, employee: Employee) -> bool:
    """Whether the viewer reads this person among the candidates. One query where a role is for a unit alone."""
    paths = candidate_paths(viewer) if viewer.agency_id == employee.agency_id else ()
    if "" in paths:
        return True
    return bool(paths) and assignments_below(paths, viewer.today).filter(employee=employee).exists()


def require_candidate(viewer: Viewer | None, employee: Employee) -> Viewer:
    """The person, and who reads them among the candidates."""
    require_agency(viewer, employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk != employee.pk and not oversees(viewer, employee):
        raise NotAllowed(gettext("Syarat kenaikan pangkat hanya untuk yang bersangkutan dan pengelola yang ditunjuk."))
    return viewer


def require_fact_reader(viewer: Viewer | None, row: Declaration) -> Viewer:
    """Who reads the person's career; who oversees promotions reads what proves a condition of the next rank."""
    require_agency(viewer, row.employee.agency_id)
    viewer = require_viewer(viewer)
    if row.subject in RANK_FACTS and oversees(viewer, row.employee):
        return viewer
    return require_reader(viewer, row.employee)


def reads_pools(viewer: Viewer) -> bool:
    """Whether the viewer reads pools with everybody in them: of the whole government only."""
    return "" in candidate_paths(viewer)


def require_pools(viewer: Viewer | None) -> Viewer:
    viewer = require_candidates(viewer)
    if not reads_pools(viewer):
        raise NotAllowed(gettext("Halaman ini untuk pengelola seluruh pemerintah daerah, bukan satu unit."))
    return viewer


def require_proposer(viewer: Viewer | None, employee: Employee) -> Viewer:
    """The personnel agency, never for oneself."""
    require_agency(viewer, employee.agency_id)
    viewer = require_keeper(viewer)
    if viewer.employee.pk == employee.pk:
        raise NotAllowed(gettext("Diri sendiri diusulkan rekan di kepegawaian."))
    return viewer


def decides(viewer: Viewer) -> bool:
    """Whether the viewer is authorised to decide: the regional head, or a person of the personnel agency."""
    return reads_all(viewer)


def may_decide(viewer: Viewer, row: Proposal) -> bool:
    return decides(viewer) and viewer.employee.pk not in (row.employee_id, row.proposed_by_id)


def require_decider(viewer: Viewer | None, row: Proposal) -> Viewer:
    """Another authorised person than who proposed, and not the one it is about."""
    require_agency(viewer, row.employee.agency_id)
    viewer = require_viewer(viewer)
    if not decides(viewer):
        raise NotAllowed(gettext("Hanya kepala daerah atau pengelola kepegawaian yang memutus usulan."))
    if viewer.employee.pk == row.employee_id:
        raise NotAllowed(gettext("Usulan tentang diri sendiri diputus orang lain."))
    if viewer.employee.pk == row.proposed_by_id:
        raise NotAllowed(gettext("Usulan Anda diputus orang kedua."))
    return viewer
