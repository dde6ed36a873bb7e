"""What the worker does for presence: reads and takes over files of punches, and works days out again."""

from collections.abc import Sequence
from datetime import date

from django_tasks import task

from terang.evidence.attendance.services.batches import check, take_over
from terang.evidence.attendance.services.deriving import derive_days
from terang.registry.organization.models import Agency


@task()
def check_batch(batch_id: int) -> None:
    """Looks through an uploaded file; twice is as good as once."""
    check(batch_id)


@task()
def take_batch(batch_id: int) -> None:
    """Takes the punches of a checked file over and derives the days it tells of; twice is as good as once."""
    take_over(batch_id)


@task()
def derive(agency_id: int, start: str, end: str, employee_ids: Sequence[int] | None = None) -> None:
    """Derives the days from `start` to before `end` (ISO) of these people, of everybody where none are named."""
    agency = Agency.objects.get(pk=agency_id)
    derive_days(agency=agency, start=date.fromisoformat(start), end=date.fromisoformat(end), employee_ids=employee_ids)
