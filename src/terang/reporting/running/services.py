"""The one verb of this room: noting a drill."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from terang.audit.services import record
from terang.reporting.running.models import Drill


@transaction.atomic
def record_drill(**facts: Any) -> Drill:
    """Keeps the result of a drill, as in `Drill`, and tells the journal. Who may: whoever runs commands on the
    server."""
    drill = Drill.objects.create(made_at=timezone.now(), **facts)
    changes = {"archive": drill.archive, "target": drill.target, "faults": len(drill.faults)}
    record("running.drill_made", actor=None, obj=drill, changes=changes)
    return drill
