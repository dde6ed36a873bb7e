"""Signs of life of the background workers, so that screens can say when they stopped and lost tasks are found."""

import os
import socket
from datetime import timedelta

from django.utils import timezone

from terang.audit.models import WorkerHeartbeat

INTERVAL_SECONDS = 5.0
LOST_AFTER = timedelta(seconds=60)
"""A worker on another machine counts as killed after this long without a word; on this machine its process is looked
up.
"""

KEPT = timedelta(days=7)


def begin(worker_id: str) -> None:
    """A worker starts."""
    now = timezone.now()
    WorkerHeartbeat.objects.create(
        worker_id=worker_id, host=socket.gethostname(), pid=os.getpid(), started_at=now, seen_at=now
    )


def beat(worker_id: str) -> None:
    WorkerHeartbeat.objects.filter(worker_id=worker_id).update(seen_at=timezone.now())


def end(worker_id: str) -> None:
    """A worker stops by itself."""
    now = timezone.now()
    WorkerHeartbeat.objects.filter(worker_id=worker_id).update(seen_at=now, stopped_at=now)


def alive_workers() -> set[str]:
    """The ids of the workers that run, as far as this machine can tell. One query."""
    fresh = WorkerHeartbeat.objects.filter(stopped_at=None, seen_at__gt=timezone.now() - LOST_AFTER)
    here = socket.gethostname()
    return {beat.worker_id for beat in fresh if beat.host != here or _process_exists(beat.pid)}


def forget_old() -> None:
    WorkerHeartbeat.objects.filter(seen_at__lt=timezone.now() - KEPT).delete()


def _process_exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
