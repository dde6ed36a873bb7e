"""A process of the journal's tests: `write NAME COUNT`, `seal SECONDS`, `tail COUNT`, or `enqueue FILE`."""

import json
import random
import sys
import threading
import time

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from journal_followers import count_to  # noqa: E402

from terang.audit.sealing import seal  # noqa: E402
from terang.audit.selectors import after  # noqa: E402
from terang.audit.services import record  # noqa: E402


class UndoError(Exception):
    """Undoes a transaction on purpose."""


def write(name: str, count: int) -> None:
    """Three threads, each with `count` entries; every fifth transaction is undone, some dawdle before they commit."""

    def run(thread: int) -> None:
        for number in range(count):
            try:
                with transaction.atomic():
                    undone = number % 5 == 4
                    record(
                        "test.undone" if undone else "test.written",
                        actor=None,
                        changes={"by": f"{name}{thread}", "n": number},
                    )
                    if random.random() < 0.3:  # noqa: S311
                        time.sleep(random.random() * 0.01)  # noqa: S311
                    if undone:
                        raise UndoError
            except UndoError:
                pass
        connection.close()

    threads = [threading.Thread(target=run, args=(thread,)) for thread in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def keep_sealing(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not seal(7):
            time.sleep(0.005)


def tail(count: int) -> None:
    """Follows the journal as the live process does, and prints what it saw, one line an entry."""
    position, seen, until = 0, 0, time.monotonic() + 60
    while seen < count and time.monotonic() < until:
        for entry in after(position, 50):
            position, seen = entry.position, seen + 1
            print(json.dumps([entry.position, entry.verb, entry.changes]))  # noqa: T201
        time.sleep(0.005)


if __name__ == "__main__":
    mode, *words = sys.argv[1:]
    if mode == "write":
        write(words[0], int(words[1]))
    elif mode == "seal":
        keep_sealing(float(words[0]))
    elif mode == "tail":
        tail(int(words[0]))
    else:
        count_to.enqueue(8, words[0])
