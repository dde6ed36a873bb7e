"""Work for the background queue: copying the evidence a policy is tried on."""

from django_tasks import task

from terang.evaluation.replay.models import EvidenceCopy
from terang.evaluation.replay.preparing import prepare


@task()
def prepare_copy(copy_id: int) -> None:
    """From request to a copy that is ready, told on the page as it goes; may be begun again any time."""
    prepare(copy=EvidenceCopy.objects.select_related("policy", "period").get(pk=copy_id))
