"""What calibration does with appraisals: hold them still, let them go, and put an adjustment beside them.

Part of a verb of `evaluation.calibration`, which checks who may and writes the journal; each call is inside its
transaction. The rows are locked as hand-over and reopening lock them, so that one of two who press at once is told.
"""

from collections.abc import Collection, Iterable

from django.db.models import F

from terang.evaluation.appraisals.models import Adjustment, Alignment, Appraisal, AppraisalState


def hold(appraisal_ids: Collection[int]) -> list[Appraisal]:
    """Locks what is decided and not compared yet, and marks it as being calibrated. Gives what it took, by id: fewer
    than asked where some were handed over, opened again or taken meanwhile. Three queries."""
    free = Appraisal.objects.filter(pk__in=appraisal_ids, state=AppraisalState.DECIDED, alignment="")
    found = list(free.select_for_update(of=("self",)).select_related("employee", "rater").order_by("pk"))
    _mark([each.pk for each in found], Alignment.OPEN)
    return found


def let_go(appraisal_ids: Collection[int]) -> None:
    """As if they had never been compared. One query."""
    _mark(appraisal_ids, "")


def settle(appraisal_ids: Collection[int], adjustments: Iterable[Adjustment]) -> None:
    """Marks them as calibrated, those with an adjustment under their new ratings. Two queries."""
    Adjustment.objects.bulk_create(adjustments)
    _mark(appraisal_ids, Alignment.CLOSED)


def _mark(appraisal_ids: Collection[int], alignment: str) -> None:
    Appraisal.objects.filter(pk__in=appraisal_ids).update(alignment=alignment, version=F("version") + 1)
