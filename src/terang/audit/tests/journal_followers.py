"""What the worker of the journal's tests does: answers each entry by another, slowly enough to be killed meanwhile."""

import time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tasks import task

from terang.audit.models import JournalEntry
from terang.audit.services import record


def echo(entries):
    for entry in entries:
        if entry.verb == "test.written":
            Path(settings.DATA, "echoing").touch()
            time.sleep(0.01)
            record("test.echoed", actor=None, changes={"of": entry.pk})


@task()
def count_to(number: int, started: str) -> None:
    """Leaves a file when it starts and one entry when it is done, both once however often it is begun."""
    Path(started).touch()
    time.sleep(number / 10)
    with transaction.atomic():
        if not JournalEntry.objects.filter(verb="test.counted").exists():
            record("test.counted", actor=None)
