"""Work for the background queue: the slips of a month, and a rule that is tried."""

from django_tasks import task

from terang.follow_up.allowance.services import compute_or_tell, try_out


@task()
def compute_slips(run_id: int) -> None:
    """Computes everybody. Twice is as good as once; a failure stands on the run."""
    compute_or_tell(run_id)


@task()
def try_rule(trial_id: int) -> None:
    """Works a trial out. Twice is as good as once; a failure stands on the trial."""
    try_out(trial_id)
