"""Published decisions, and the decided objections behind them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from terang.evaluation.appraisals.models import Objection
from terang.evaluation.precedents.access import may_publish, require_publisher
from terang.evaluation.precedents.models import Precedent
from terang.registry.people.viewer import Viewer


def published(viewer: Viewer) -> QuerySet[Precedent]:
    """What everybody of the viewer's government may read, the newest first. One query."""
    return Precedent.objects.filter(agency_id=viewer.agency_id, withdrawn_on=None)


def precedent_for(viewer: Viewer, pk: int) -> Precedent:
    """One decision; a withdrawn one for the personnel agency only. Raises Http404. One query."""
    rows = Precedent.objects.filter(agency_id=viewer.agency_id)
    return get_object_or_404(rows if may_publish(viewer) else rows.filter(withdrawn_on=None), pk=pk)


def decided_objections(viewer: Viewer) -> QuerySet[Objection]:
    """Decided objections of the government, those not told yet first, then the newest. Raises NotAllowed. One query."""
    require_publisher(viewer)
    rows = Objection.objects.exclude(outcome="").filter(appraisal__employee__agency=viewer.agency_id)
    related = rows.select_related("appraisal__employee", "appraisal__window__period", "precedent")
    return related.order_by("precedent", "-decided_on", "-pk")


def objection_for(viewer: Viewer | None, pk: int) -> Objection:
    """One decided objection for who publishes. Raises Http404 and NotAllowed. Two queries."""
    viewer = require_publisher(viewer)
    rows = Objection.objects.exclude(outcome="").select_related(
        "appraisal__employee__agency",
        "appraisal__rater",
        "appraisal__home",
        "appraisal__unit",
        "appraisal__window__period",
        "decided_by",
        "precedent",
    )
    found = get_object_or_404(rows, pk=pk, appraisal__employee__agency=viewer.agency_id)
    require_publisher(viewer, found)
    return found
