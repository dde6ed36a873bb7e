"""The background worker: one process that seals the journal, lets the followers act, and runs queued tasks.

It may be killed at any moment: what it had not finished is undone by the database and done again by the next one.
Several may run; they take turns.
"""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable
from importlib import import_module
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils.module_loading import import_string

from terang.audit import background, followers, heartbeats
from terang.audit.sealing import seal

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.15
TASK_GRACE_SECONDS = 3.0
"""How long a stop waits for the task that runs; then the task is left to the reaper of the next worker."""


class Worker:
    def __init__(self) -> None:
        self.worker_id = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._stop = threading.Event()
        self._queue = background.QueueThread(self.worker_id)
        self._pulse = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._chores = (
            _Chore(10, background.reap),
            _Chore(600, followers.retry_skipped),
            _Chore(3600, background.prune),
            _Chore(3600, heartbeats.forget_old),
            _Chore(3600, _clear_sessions),
            *(_Chore(3600, import_string(path)) for path in getattr(settings, "TERANG_HOURLY_CHORES", ())),
        )

    def run(self) -> None:
        """Works until SIGTERM or SIGINT. Call from the main thread."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        self._guarded(lambda: heartbeats.begin(self.worker_id))
        self._queue.start()
        self._pulse.start()
        logger.info("Pekerja latar berjalan (%s)", self.worker_id)
        while not self._stop.is_set():
            if not self._guarded(self._step):
                self._stop.wait(POLL_SECONDS)
        self._queue.stop()
        self._queue.join(TASK_GRACE_SECONDS)
        self._guarded(lambda: heartbeats.end(self.worker_id))
        logger.info("Pekerja latar berhenti")

    def _step(self) -> int:
        close_old_connections()
        for chore in self._chores:
            chore.run_when_due()
        return seal() + followers.advance()

    def _guarded(self, work: Callable[[], int | None]) -> int:
        """Does `work`; where the database does not answer, says so, waits, and lets the caller come again."""
        try:
            return work() or 0
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Basis data terganggu: %s; dicoba lagi", error)
            connection.close()
            self._stop.wait(1)
            return 0

    def _beat(self) -> None:
        while not self._stop.wait(heartbeats.INTERVAL_SECONDS):
            self._guarded(lambda: heartbeats.beat(self.worker_id))
        connection.close()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()


class _Chore:
    """Something to do every so many seconds, the first time at once. Where it fails, the next turn tries again, and the
    others go on: sealing and live scores never wait for a chore."""

    def __init__(self, every: float, work: Callable[[], object]) -> None:
        self._every, self._work, self._due = every, work, 0.0

    def run_when_due(self) -> None:
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + self._every
        try:
            self._work()
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            logger.exception("Tugas berkala gagal; dicoba lagi pada giliran berikut")


def _clear_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
