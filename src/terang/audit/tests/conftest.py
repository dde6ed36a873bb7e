"""Real processes on a database of their own, of the kind the tests run on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.processes import Start, own_database, processes

HERE = Path(__file__).parent


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """`start("write", "a", "20")` starts such a process, `start(command=["worker"])` a command of ours."""
    with (
        own_database(tmp_path) as database,
        processes(database, tmp_path, HERE, "journal_process.py", "journal_settings") as begin,
    ):
        yield begin
