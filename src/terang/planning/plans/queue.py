"""Plans that wait for an answer: as appraiser, and as the appraiser's superior once the answer is late."""

from django.db.models import Q, QuerySet

from terang.planning.plans.models import PlanVersion, VersionState
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import AppraiserOverride
from terang.registry.people.selectors import appraisers_on, direct_report_ids, superiors_on
from terang.registry.people.viewer import Viewer, in_force


def to_answer(viewer: Viewer) -> QuerySet[PlanVersion]:
    """Submitted plans of the people the viewer appraises, the earliest last day first. At most six queries before the
    one that reads."""
    return _submitted().filter(plan__employee_id__in=direct_report_ids(viewer.employee, viewer.today))


def late_below(viewer: Viewer) -> list[tuple[PlanVersion, Appraiser | None]]:
    """Plans whose appraiser let the last day pass and whose appraiser's superior is the viewer, each with that
    appraiser (Lampiran II.C.5 p. 65). Two queries for who leads nobody, otherwise at most ten."""
    rows = list(_candidates(viewer))
    if not rows:
        return []
    ids = {row.plan.employee_id for row in rows}
    above = superiors_on(viewer.agency_id, viewer.today, ids)
    mine = [row for row in rows if _is_of(above.get(row.plan.employee_id), viewer)]
    if not mine:
        return []
    silent = appraisers_on(viewer.agency_id, viewer.today, {row.plan.employee_id for row in mine})
    return [(row, silent.get(row.plan.employee_id)) for row in mine]


def _candidates(viewer: Viewer) -> QuerySet[PlanVersion]:
    """Late plans of people below the units the viewer leads, and of people whose line an override bends."""
    bent = AppraiserOverride.objects.filter(in_force(viewer.today))
    if not viewer.is_head and not bent.filter(appraiser=viewer.employee).exists():
        return PlanVersion.objects.none()
    late = _submitted().filter(plan__employee__agency_id=viewer.agency_id, answer_due__lt=viewer.today)
    if bent.filter(appraiser=viewer.employee).exists():
        return late
    below = Q(plan__employee_id__in=bent.values("employee_id"))
    for path in viewer.headed_paths:
        below |= Q(plan__unit__path__startswith=path)
    return late.filter(below)


def _is_of(superior: Appraiser | None, viewer: Viewer) -> bool:
    return superior is not None and superior.employee_id == viewer.employee.pk


def _submitted() -> QuerySet[PlanVersion]:
    rows = PlanVersion.objects.filter(state=VersionState.SUBMITTED, plan__employee__left_on__isnull=True)
    related = rows.select_related("plan__employee__agency", "plan__post", "plan__unit")
    return related.order_by("answer_due", "plan__employee__name", "pk")
