"""Who may open a window, rate, read, answer and decide. Each raises NotAllowed with a reason."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.appraisals.raters import Seat, seat_of
from terang.evaluation.appraisals.states import TOLD
from terang.registry.organization.models import Unit
from terang.registry.people.access import may_see_performance, require_agency, require_role, require_viewer
from terang.registry.people.models import Assignment, Employee, Role
from terang.registry.people.selectors import appraiser_of, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow

MEASURES = (Role.PERSONNEL, Role.REGIONAL_HEAD)
"""Who writes down what organisations achieved."""
OVERVIEW = (*MEASURES, Role.AUDITOR, Role.OVERSIGHT)
"""Who reads how far the evaluation of the whole government is."""


def require_keeper(viewer: Viewer | None, agency_id: int) -> Viewer:
    """The personnel agency opens windows."""
    require_agency(viewer, agency_id)
    require_role(viewer, Role.PERSONNEL)
    return require_viewer(viewer)


def require_measurer(viewer: Viewer | None, window: RatingWindow) -> Viewer:
    """The regional head, or the personnel agency by the head's decree, writes down what organisations achieved."""
    require_agency(viewer, window.period.agency_id)
    require_role(viewer, *MEASURES)
    return require_viewer(viewer)


def may_rate(viewer: Viewer) -> bool:
    """Whether the viewer appraises anybody, by leading a unit or by name, or may still do so for the people of a post
    left lately. Three queries for who does not."""
    return viewer.is_head or bool(direct_report_ids(viewer.employee, viewer.today)) or _led_lately(viewer)


def _led_lately(viewer: Viewer) -> bool:
    """Who left while a window was open rates the people left behind (`raters`)."""
    left = Assignment.objects.filter(employee=viewer.employee, post__is_head=True, ends_on__lte=viewer.today)
    window = RatingWindow.objects.filter(
        Q(closes_on__gte=viewer.today) | Q(unit_days__closes_on__gte=viewer.today),
        period__agency=viewer.agency_id,
        opens_on__lt=OuterRef("ends_on"),
    )
    return left.filter(Exists(window)).exists()


def may_keep(viewer: Viewer) -> bool:
    return viewer.has(Role.PERSONNEL)


def may_oversee(viewer: Viewer) -> bool:
    """Whether the viewer reads how far the evaluation is in the whole government."""
    return viewer.has(*OVERVIEW)


def require_overview(viewer: Viewer | None, window: RatingWindow) -> Viewer:
    require_agency(viewer, window.period.agency_id)
    require_role(viewer, *OVERVIEW)
    return require_viewer(viewer)


def require_rater(viewer: Viewer | None, window: RatingWindow, employee: Employee) -> Seat:
    """Only who rates this person today: the appraiser, after the window the appraiser's superior."""
    viewer = require_viewer(viewer)
    require_agency(viewer, window.period.agency_id)
    require_agency(viewer, employee.agency_id)
    seat = seat_of(employee, window, viewer.today)
    if seat is None or seat.rater_id != viewer.employee.pk:
        raise NotAllowed(gettext("Orang ini dinilai oleh pejabat penilainya; sesudah masa penilaian, oleh atasannya."))
    return seat


def require_author(viewer: Viewer | None, appraisal: Appraisal) -> Viewer:
    """Only who gave the rating takes it back, also when it would be another's turn to rate by now."""
    viewer = require_viewer(viewer)
    require_agency(viewer, appraisal.employee.agency_id)
    if viewer.employee.pk != appraisal.rater_id:
        raise NotAllowed(gettext("Penilaian ini hanya dibuka kembali oleh yang menetapkannya."))
    return viewer


def require_giver(viewer: Viewer | None, window: RatingWindow, unit: Unit) -> Viewer:
    """Only who rated somebody of the unit in the window hands results over there."""
    viewer = require_viewer(viewer)
    if not Appraisal.objects.filter(window=window, unit=unit, rater=viewer.employee).exists():
        raise NotAllowed(gettext("Anda tidak menilai siapa pun di unit ini dalam masa penilaian ini."))
    return viewer


def may_read(viewer: Viewer, appraisal: Appraisal) -> bool:
    """The rater always; once handed over the employee, who may see the performance, and who decides the objection.

    At most seven queries, one more where the objection was not read along.
    """
    if viewer.agency_id != appraisal.employee.agency_id:
        return False
    if viewer.employee.pk == appraisal.rater_id and viewer.employee.pk != appraisal.employee_id:
        return True
    if may_decide(viewer, appraisal):
        return True
    return appraisal.state in TOLD and may_see_performance(viewer, appraisal.employee)


def require_reader(viewer: Viewer | None, appraisal: Appraisal) -> Viewer:
    viewer = require_viewer(viewer)
    if not may_read(viewer, appraisal):
        raise NotAllowed(gettext("Penilaian ini hanya untuk yang dinilai, penilainya, dan atasan mereka."))
    return viewer


def require_employee(viewer: Viewer | None, appraisal: Appraisal) -> Viewer:
    """Only the person the appraisal is about."""
    viewer = require_viewer(viewer)
    if viewer.employee.pk != appraisal.employee_id:
        raise NotAllowed(gettext("Ini hanya dapat dilakukan oleh yang dinilai."))
    return viewer


def decider_for(appraisal: Appraisal, viewer: Viewer) -> int:
    """Who is to decide an objection that is filed today: the rater's own appraiser; one level up where that person
    decided the calibration that is objected to, because nobody judges what they decided (UU 30/2014 Pasal 42–45).
    Where nobody is above, the appraiser stays. Raises NotNow where nobody is at all.

    Five queries, five more one level up.
    """
    found = appraiser_of(appraisal.rater_id, viewer.today)
    if found is not None and found.employee_id in _adjusters(appraisal):
        above = appraiser_of(found.employee_id, viewer.today)
        found = found if above is None or above.employee_id == appraisal.employee_id else above
    if found is None or found.employee_id == appraisal.employee_id:
        told = gettext(
            "Di atas %(name)s tidak ada pejabat yang dapat memutus keberatan. Sampaikan keberatan Anda kepada "
            "perangkat daerah kepegawaian."
        )
        raise NotNow(told % {"name": appraisal.rater.name})
    return found.employee_id


def _adjusters(appraisal: Appraisal) -> tuple[int, ...]:
    """The two who decided the calibration; nobody where there was none."""
    adjustment = getattr(appraisal, "adjustment", None)
    return (adjustment.proposed_by_id, adjustment.confirmed_by_id) if adjustment else ()


def may_decide(viewer: Viewer, appraisal: Appraisal) -> bool:
    """Whether the viewer decides the objection: whom its filing named. No query where the objection was read along."""
    objection = getattr(appraisal, "objection", None)
    return objection is not None and objection.decider_id == viewer.employee.pk


def require_decider(viewer: Viewer | None, appraisal: Appraisal) -> Viewer:
    viewer = require_viewer(viewer)
    if not may_decide(viewer, appraisal):
        raise NotAllowed(gettext("Keberatan diputus oleh atasan yang memberi penilaian."))
    return viewer


def require_answerer(viewer: Viewer | None, appraisal: Appraisal) -> Viewer:
    """Only who gave the rating explains it."""
    viewer = require_viewer(viewer)
    if viewer.employee.pk != appraisal.rater_id:
        raise NotAllowed(gettext("Keberatan ini dijelaskan oleh yang memberi penilaian."))
    return viewer
