"""The limits' one promise: side by side, no more tries begin than there are slots."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache

from terang.accounts.throttle import Limit, _take

_PROCESS = """
import django
django.setup()
from terang.accounts.throttle import Limit, _take
input()
for _ in range(8):
    slot = _take(Limit("pair:test", 5, 900))
    if slot:
        print(slot, flush=True)
"""


def test_processes_that_try_at_once_share_no_slot(tmp_path):
    """Two real processes on one database file, let go at the same moment."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "terang.config.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'limits.sqlite3'}",
        "TERANG_DEBUG": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-m", "django", "createcachetable"], env=env, check=True)
    run = [
        subprocess.Popen(
            [sys.executable, "-c", _PROCESS], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in run:
        process.stdin.write("\n")
        process.stdin.flush()
    taken = [slot for process in run for slot in process.communicate(timeout=60)[0].split()]
    assert [process.returncode for process in run] == [0, 0]
    assert sorted(taken) == sorted(Limit("pair:test", 5, 900).slots())


@pytest.mark.django_db
def test_slot_is_free_again_after_its_time():
    cache.clear()
    limit = Limit("pair:test", 1, 900)
    slot = _take(limit)
    assert _take(limit) is None
    cache.delete(slot)
    assert _take(limit) == slot
