"""How this installation stands: worker, journal, disk, backups, drills. No person is in any of it."""

import shutil
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from terang.audit.followers import named_followers
from terang.audit.models import Follower
from terang.audit.selectors import WorkerStatus, head, worker_status
from terang.reporting.running.models import Drill

LEAST_FREE_BYTES = 512 * 1024 * 1024
"""With less room on the disk of the data folder the installation is not ready: SQLite and uploads would fail."""


@dataclass(frozen=True)
class Standing:
    """Read in one go. `worker_age_s` is missing where no worker ever ran, `waiting_s` where nothing waits for its seal,
    `backup_age_s` where no folder is named or it is empty, `drill` where none was made."""

    worker: WorkerStatus
    worker_age_s: float | None
    waiting_s: float | None
    followers: dict[str, int]
    """How many sealed entries each follower has not read yet."""
    tasks: dict[str, int]
    free_bytes: int
    backup_age_s: float | None
    drill: Drill | None


def standing() -> Standing:
    """Seven queries, whatever the size."""
    now, worker, last = timezone.now(), worker_status(), head()
    read = dict(Follower.objects.values_list("name", "position"))
    counted = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    return Standing(
        worker=worker,
        worker_age_s=(now - worker.seen_at).total_seconds() if worker.seen_at else None,
        waiting_s=(now - worker.waiting_since).total_seconds() if worker.waiting_since else None,
        followers={name: max(0, last - read.get(name, 0)) for name in named_followers()},
        tasks={str(status).lower(): count for status, count in counted},
        free_bytes=free_bytes(),
        backup_age_s=backup_age_s(),
        drill=last_drill(),
    )


def free_bytes() -> int:
    """Room on the disk of the data folder, or of the nearest folder above it that exists."""
    place = Path(settings.DATA).resolve()
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def newest_backup() -> tuple[Path, datetime] | None:
    """The youngest archive in `TERANG_BACKUPS` and its time; None where no folder is named or nothing lies in it."""
    if not settings.TERANG_BACKUPS:
        return None
    files = [path for path in Path(settings.TERANG_BACKUPS).glob("*.tar") if path.is_file()]
    if not files:
        return None
    newest = max(files, key=lambda path: path.stat().st_mtime)
    return newest, datetime.fromtimestamp(newest.stat().st_mtime, UTC)


def backup_age_s() -> float | None:
    found = newest_backup()
    return (timezone.now() - found[1]).total_seconds() if found else None


def last_drill() -> Drill | None:
    return Drill.objects.order_by("-made_at").first()


def open_to(path: Path, bits: int) -> bool:
    """Whether the path exists and gives any of these rights: `0o007` to everybody, `0o077` to anybody but its owner."""
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & bits)
