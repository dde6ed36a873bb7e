"""What the worker does for custody beside its hourly chores: compares a file with what was used before."""

from django_tasks import task


@task()
def compare(file_id: int) -> None:
    """Twice is as good as once."""
    from terang.custody.services.resemblances import ask_about  # the verbs of uploading queue this task

    ask_about(file_id=file_id)
