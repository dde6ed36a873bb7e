"""Tasks that run behind the pages: the queue's worker as a thread, and the reaper for tasks a killed worker left
behind.
"""

import logging
import threading
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from terang.audit.heartbeats import alive_workers

logger = logging.getLogger(__name__)

ATTEMPTS = 3
"""A task that took its worker down with it this often is given up."""

KEPT = timedelta(days=14)


class WorkerLost(Exception):
    """The worker was killed while it ran this task."""


class QueueThread(threading.Thread):
    """Runs queued tasks one after another beside the journal's loop, so that a long import delays no score."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="tasks", daemon=True)
        self._stopping = threading.Event()
        self._worker = QueueWorker(
            queue_names=["*"], interval=0.3, batch=False, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=worker_id, excluded_queue_names=[],
        )  # fmt: skip

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._worker.run()
            except Exception:
                logger.exception("Antrean tugas terganggu; dicoba lagi")
                connection.close()
                self._stopping.wait(2)
        connection.close()

    def stop(self) -> None:
        """Takes no new task; the one that runs goes on."""
        self._stopping.set()
        self._worker.running = False


def reap() -> tuple[int, int]:
    """Finds running tasks whose worker is gone: (queued again, given up). May run any time, by any worker.

    Tasks must therefore bear being started again: each does its work in one transaction and looks first whether it is
    done.
    """
    if not DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists():
        return 0, 0
    again = given_up = 0
    with transaction.atomic():
        running = list(DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING))
        alive = alive_workers()  # asked last: whoever has one of these tasks has shown itself before
        for task in running:
            if task.worker_ids and task.worker_ids[-1] in alive:
                continue
            if len(task.worker_ids) < ATTEMPTS:
                task.status, task.started_at = TaskResultStatus.READY, None
                task.save(update_fields=["status", "started_at"])
                again += 1
            else:
                task.set_failed(
                    WorkerLost(f"Pekerja latar {len(task.worker_ids)} kali mati saat menjalankan tugas ini.")
                )
                given_up += 1
    if again or given_up:
        logger.warning("Tugas yang tertinggal: %s diantrekan lagi, %s dihentikan", again, given_up)
    return again, given_up


def prune() -> None:
    """Forgets finished tasks after two weeks."""
    old = timezone.now() - KEPT
    DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED], finished_at__lt=old
    ).delete()
