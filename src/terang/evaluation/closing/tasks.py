"""Work for the background queue: freezing a period, and evaluating it again."""

from django_tasks import task

from terang.evaluation.closing.services.freezing import check_run, freeze


@task()
def run_closing(closing_id: int) -> None:
    """Freezes everybody; goes on where a killed worker stopped."""
    freeze(closing_id)


@task()
def check_closing(closing_id: int) -> None:
    """Evaluates the kept inputs again. Twice is as good as once."""
    check_run(closing_id)
