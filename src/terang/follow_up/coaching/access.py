"""Who reads and who acts. Each raises NotAllowed with a reason.

A guidance is whole for its two people. The employee's appraiser, the guide's superior and the appraiser's superior
read it as facts: that it took place, its goal and its outcome (Lampiran III.D.4.j). Nobody else reads anything. A
counselling is found by its two people alone (`sealing`): there is nothing here to ask.
"""

from django.utils.translation import gettext

from terang.follow_up.coaching.models import BehaviourReport, Guidance, GuidanceSession
from terang.registry.people.access import require_agency, require_appraiser_of, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import direct_report_ids, second_line
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def is_one_of_two(viewer: Viewer, guidance: Guidance) -> bool:
    return viewer.employee.pk in (guidance.employee_id, guidance.guide_id)


def leads_guide(viewer: Viewer, guidance: Guidance) -> bool:
    """Whether the viewer is the guide's superior today: who gets the employee's word on the guidance."""
    return viewer.employee.pk != guidance.employee_id and guidance.guide_id in _led(viewer)


def reads_facts(viewer: Viewer, guidance: Guidance) -> bool:
    """Whether the viewer stands above one of both. At most eight queries."""
    if viewer.agency_id != guidance.employee.agency_id:
        return False
    if {guidance.employee_id, guidance.guide_id} & set(_led(viewer)):
        return True
    return second_line(viewer.employee, viewer.today).filter(pk=guidance.employee_id).exists()


def _led(viewer: Viewer) -> list[int]:
    return direct_report_ids(viewer.employee, viewer.today)


def require_reader(viewer: Viewer | None, guidance: Guidance) -> Viewer:
    require_agency(viewer, guidance.employee.agency_id)
    viewer = require_viewer(viewer)
    if not is_one_of_two(viewer, guidance) and not reads_facts(viewer, guidance):
        raise NotAllowed(gettext("Bimbingan ini hanya untuk keduanya dan, sebatas faktanya, atasan mereka."))
    return viewer


def require_one_of_two(viewer: Viewer | None, guidance: Guidance) -> Viewer:
    viewer = require_viewer(viewer)
    if not is_one_of_two(viewer, guidance):
        raise NotAllowed(gettext("Hanya pegawai dan pembimbingnya yang mengisi bimbingan ini."))
    return viewer


def require_employee(viewer: Viewer | None, guidance: Guidance) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != guidance.employee_id:
        raise NotAllowed(gettext("Bagian ini diisi pegawainya sendiri."))
    return viewer


def require_guide(viewer: Viewer | None, guidance: Guidance) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != guidance.guide_id:
        raise NotAllowed(gettext("Bagian ini diisi pembimbingnya sendiri."))
    return viewer


def require_other(viewer: Viewer | None, session: GuidanceSession) -> Viewer:
    """Who did not name the day."""
    viewer = require_one_of_two(viewer, session.guidance)
    if viewer.employee.pk == session.proposed_by_id:
        raise NotAllowed(gettext("Hari yang Anda usulkan dijawab yang lain."))
    return viewer


def require_opener(viewer: Viewer | None, employee: Employee) -> Viewer:
    """The employee, who asks the appraiser; or the appraiser."""
    require_agency(viewer, employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk != employee.pk:
        require_appraiser_of(viewer, employee, viewer.today)
    return viewer


def leads(viewer: Viewer) -> bool:
    """Whether the viewer appraises somebody today; remembered within a request."""
    return bool(_led(viewer))


def require_leader(viewer: Viewer | None) -> Viewer:
    viewer = require_viewer(viewer)
    if not leads(viewer):
        raise NotAllowed(gettext("Halaman ini untuk yang memimpin pegawai. Bimbingan Anda ada di “Bimbingan saya”."))
    return viewer


def keeps(viewer: Viewer) -> bool:
    """Whether the viewer keeps the list of counsellors and answers reports: the personnel agency."""
    return "" in viewer.paths(Role.PERSONNEL)


def require_keeper(viewer: Viewer | None) -> Viewer:
    viewer = require_viewer(viewer)
    if not keeps(viewer):
        raise NotAllowed(gettext("Hanya pengelola kepegawaian yang mengelola konselor dan laporan perilaku."))
    return viewer


def require_report_reader(viewer: Viewer | None, report: BehaviourReport) -> Viewer:
    """The employee, who reported, the personnel agency. The counsellor does not: what is talked about comes from the
    employee."""
    require_agency(viewer, report.employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk in (report.employee_id, report.reporter_id) or keeps(viewer):
        return viewer
    raise NotAllowed(gettext("Laporan ini hanya untuk pegawainya, yang melaporkan, dan kepegawaian."))


def require_subject(viewer: Viewer | None, report: BehaviourReport) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != report.employee_id:
        raise NotAllowed(gettext("Tanggapan ditulis pegawainya sendiri."))
    return viewer


def require_answerer(viewer: Viewer | None, report: BehaviourReport) -> Viewer:
    """The personnel agency, but neither the employee nor who reported."""
    require_agency(viewer, report.employee.agency_id)
    viewer = require_keeper(viewer)
    if viewer.employee.pk in (report.employee_id, report.reporter_id):
        raise NotAllowed(gettext("Laporan ini dijawab rekan lain di kepegawaian."))
    return viewer
