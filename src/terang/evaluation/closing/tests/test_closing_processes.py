"""Real workers, killed with SIGKILL while they close a year and make its papers: nothing is lost, nothing is there
twice, and the digest is that of an undisturbed run."""

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.processes import Start, ask, finish, own_database, processes, wait_for

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
PEOPLE, ELECTED, RATED = 13 + 50, 1, 8
KILLED_AT = (4, 16, 28, 40)
"""People frozen before each kill: more kills than the queue tries a task, so that the hourly chore goes on."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    with own_database(tmp_path) as url:
        yield url


@pytest.fixture
def start(database: str, tmp_path: Path) -> Iterator[Start]:
    with processes(database, tmp_path, HERE, "closing_process.py", "closing_settings") as begin:
        yield begin


def test_workers_killed_while_a_year_is_closed_lose_and_double_nothing(start: Start, database: str, tmp_path: Path):
    def number(question: str) -> int:
        return int(ask(database, question)[0][0])

    def verbs() -> Counter[str]:
        return Counter(dict(ask(database, "select verb, count(*) from audit_journalentry group by verb")))

    def killed_once(question: str, reached: int) -> None:
        worker = start("worker")
        wait_for(lambda: number(question) >= reached, 60)
        worker.kill()
        worker.wait()

    frozen, issued = "select count(*) from closing_frozenscore", "select count(*) from documents_document"
    finish(start("prepare", "50"))
    for people in KILLED_AT:
        killed_once(frozen, people)
        assert number(frozen) < PEOPLE - ELECTED, "killed in the middle"
    for papers in (1, 3):
        killed_once(issued, papers)
        assert number("select count(*) from documents_packet where state = 'selesai'") == 0
    last = start("worker")
    wait_for(lambda: number("select count(*) from documents_packet where state = 'selesai'") == 1, 90)
    last.terminate()
    last.wait(15)

    assert number("select count(distinct employee_id) from closing_frozenscore") == number(frozen) == PEOPLE - ELECTED
    assert number("select done from closing_closing") == number("select total from closing_closing") == PEOPLE
    parts = ask(database, "select number, body from closing_frozeninputs order by number")
    kept = [row[0] for _n, body in parts for row in json.loads(zlib.decompress(bytes(body)))["rows"]["people"]]
    assert [part[0] for part in parts] == list(range(1, len(parts) + 1))
    assert len(kept) == len(set(kept)) == PEOPLE - ELECTED
    told = verbs()
    assert told["closing.finished"] == told["documents.packet_made"] == 1
    assert told["evaluation.score_changed"] == number("select count(*) from evaluation_score")
    assert told["documents.issued"] == number(issued) == RATED
    assert len([*(tmp_path / "files" / "paket").iterdir()]) == number("select count(*) from documents_packet") == 1

    [(digest,)] = ask(database, "select digest from closing_closing")
    finish(start("again"))
    undisturbed = start("worker")
    wait_for(lambda: ask(database, "select state from closing_closing") == [("selesai",)], 60)
    undisturbed.terminate()
    undisturbed.wait(15)
    assert ask(database, "select digest from closing_closing") == [(digest,)]
    assert len(digest) == 64
