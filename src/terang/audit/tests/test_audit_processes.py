"""Several real processes at once: nothing is lost, doubled or reordered, whoever is killed when."""

import json
import time
from collections import Counter, defaultdict
from pathlib import Path

from tests.processes import Start, finish, wait_for


def exported(start: Start, tmp_path: Path) -> list[dict]:
    path = tmp_path / "export.jsonl"
    finish(start(command=["audit", "export", str(path)]))
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [row for row in rows if row["kind"] == "entry"]


def test_concurrent_writers_lose_and_reorder_nothing(start: Start) -> None:
    each, writers = 40, ["a", "b"]
    kept = each * 4 // 5
    expected = kept * 3 * len(writers)
    tailer = start("tail", str(expected))
    sealers = [start("seal", "20"), start("seal", "20")]
    for writer in [start("write", name, str(each)) for name in writers]:
        finish(writer)
    seen = [json.loads(line) for line in finish(tailer).splitlines()]
    for sealer in sealers:
        sealer.terminate()

    assert [position for position, _, _ in seen] == list(range(1, expected + 1))
    assert {verb for _, verb, _ in seen} == {"test.written"}
    numbers = defaultdict(list)
    for _, _, changes in seen:
        numbers[changes["by"]].append(changes["n"])
    wanted = [number for number in range(each) if number % 5 != 4]
    assert numbers == {f"{name}{thread}": wanted for name in writers for thread in range(3)}
    report = json.loads(finish(start(command=["audit", "verify", "--json"])))
    assert report["ok"]
    assert report["entries"] == expected


def test_killed_worker_loses_and_doubles_nothing(start: Start, tmp_path: Path) -> None:
    finish(start("write", "a", "50"))
    echoing = tmp_path / "echoing"
    for pause in (0.05, 0.3):
        worker = start(command=["worker"])
        wait_for(echoing.exists, 30)
        time.sleep(pause)
        worker.kill()
        worker.wait()
        echoing.unlink()
    worker = start(command=["worker"])
    wait_for(lambda: sum(row["verb"] == "test.echoed" for row in exported(start, tmp_path)) >= 120, 30)
    time.sleep(0.5)
    worker.terminate()
    assert worker.wait(5) == 0

    rows = exported(start, tmp_path)
    echoed = Counter(row["changes"]["of"] for row in rows if row["verb"] == "test.echoed")
    assert echoed == Counter({row["id"]: 1 for row in rows if row["verb"] == "test.written"})
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))


def test_task_of_a_killed_worker_is_begun_again(start: Start, tmp_path: Path) -> None:
    started = tmp_path / "started"
    finish(start("enqueue", str(started)))
    first = start(command=["worker"])
    wait_for(started.exists, 20)
    first.kill()
    first.wait()
    started.unlink()
    second = start(command=["worker"])
    wait_for(lambda: any(row["verb"] == "test.counted" for row in exported(start, tmp_path)), 30)
    second.terminate()
    assert second.wait(5) == 0
    assert started.exists()
    assert [row["verb"] for row in exported(start, tmp_path)].count("test.counted") == 1
