"""Work for the background queue: the scores that a window is judged by."""

from django_tasks import task

from terang.evaluation.appraisals.models import RatingWindow
from terang.evaluation.services import recompute_agency


@task()
def compute_window(window_id: int) -> None:
    """Computes everybody's score of the window's period: the policy's own periods are computed daily, a year is not.
    Twice is as good as once."""
    window = RatingWindow.objects.select_related("period__agency").get(pk=window_id)
    recompute_agency(agency=window.period.agency, period=window.period)
