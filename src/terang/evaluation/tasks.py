"""Work for the background queue: what a new day changes by itself."""

from datetime import date

from django_tasks import task

from terang.evaluation.services import raise_warnings, recompute_agency
from terang.registry.organization.models import Agency


@task()
def begin_day(agency_id: int, day: str) -> None:
    """Computes everybody of a government for a new day, then warns who has been below the standard long enough.

    What falls due with the day (targets, tasks, days without a report) changes scores without any new evidence. Twice
    is as good as once. `day` in ISO form.
    """
    agency = Agency.objects.get(pk=agency_id)
    today = date.fromisoformat(day)
    recompute_agency(agency=agency, as_of=today)
    raise_warnings(agency=agency, day=today)
