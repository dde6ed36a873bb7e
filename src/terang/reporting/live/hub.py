"""One tailer for all listeners of a process, and for each listener a small basin that cannot overflow."""

import asyncio
import logging
from collections.abc import Callable, Set
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from terang.audit.selectors import after, head
from terang.reporting.live.topics import topics_of

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.3
READ_AT_ONCE = 1_000
CAUGHT_UP = 5_000
"""A page that missed more entries than this is told that everything it shows may have changed."""

Answer = TypeVar("Answer")


class Listener:
    """An open page. What waits for it is a set of its topics: a slow page grows no queue, it is told once."""

    __slots__ = ("closing", "position", "topics", "waiting", "wake")

    def __init__(self, topics: frozenset[str], position: int) -> None:
        self.topics = topics
        self.position = position
        self.waiting: set[str] = set()
        self.closing = False
        self.wake = asyncio.Event()

    def offer(self, topics: Set[str], position: int) -> None:
        self.position = position
        if heard := topics & self.topics:
            self.waiting |= heard
            self.wake.set()

    def take(self) -> list[str]:
        """The topics that waited, and nothing waits any more."""
        taken = sorted(self.waiting)
        self.waiting.clear()
        if not self.closing:
            self.wake.clear()
        return taken

    def close(self) -> None:
        self.closing = True
        self.wake.set()


class Hub:
    """Reads the sealed journal and tells the listeners. Database work runs in a few threads with a connection each."""

    def __init__(self) -> None:
        self.position = 0
        self.listeners: set[Listener] = set()
        self.closing = False
        self._threads = ThreadPoolExecutor(3, thread_name_prefix="live")
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._tail())

    async def stop(self) -> None:
        self.close()
        if self._task:
            self._task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Lets every stream end, and new ones at once. The pages come back by themselves."""
        self.closing = True
        for listener in self.listeners:
            listener.close()

    async def ask(self, question: Callable[..., Answer], *arguments: object) -> Answer:
        """Answers a question to the database in a thread, so that nobody else waits."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _in_thread, question, *arguments)

    async def missed(self, position: int, topics: frozenset[str]) -> Set[str]:
        """Of `topics`, those that changed after `position`, up to where this hub is."""
        if self.position - position > CAUGHT_UP:
            return topics
        return topics & await self.ask(_topics_between, position, self.position)

    async def _tail(self) -> None:
        started = False
        while True:
            try:
                if not started:
                    self.position, started = await self.ask(head), True
                behind = await self._step()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("Jurnal tidak terbaca: %s; dicoba lagi", error)
                behind = False
                await asyncio.sleep(2)
            if not behind:
                await asyncio.sleep(POLL_SECONDS)

    async def _step(self) -> bool:
        """Reads what is new and tells it; whether there is more at once."""
        position, topics, behind = await self.ask(_topics_after, self.position)
        if position > self.position:
            self.position = position
            for listener in self.listeners:
                listener.offer(topics, position)
        return behind


def _in_thread(question: Callable[..., Answer], *arguments: object) -> Answer:
    close_old_connections()
    try:
        return question(*arguments)
    except (DatabaseError, InterfaceError):
        connection.close()
        raise


def _topics_after(position: int) -> tuple[int, set[str], bool]:
    entries = after(position, READ_AT_ONCE)
    last = entries[-1].position if entries else None
    return last or position, topics_of(entries), len(entries) == READ_AT_ONCE


def _topics_between(position: int, until: int) -> set[str]:
    return topics_of([entry for entry in after(position, CAUGHT_UP) if (entry.position or 0) <= until])
