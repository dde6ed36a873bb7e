"""What the benchmarks that need a government share: filled demo databases by size, kept between runs, and sessions.

Each benchmark of this kind runs in a process of its own, for Django knows one database per process.
"""

import hashlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "bench"
GOVERNMENT = "makassar"


PORT = int(os.environ.get("TERANG_BENCH_PORT", "8181"))
START_SECONDS = 60


class Server:
    """Pages served as by `terang serve`, without worker and live updates; `more` are settings beside those of a demo.
    Ready once any page answers."""

    def __init__(self, folder: Path, **more: str) -> None:
        from terang.cli.serve import web_command

        command = web_command("127.0.0.1", PORT, 2)
        self._process = subprocess.Popen(command, env=environment(folder, **more))  # noqa: S603

    def __enter__(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                line = connection()
                line.request("GET", "/")
                line.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"server on port {PORT} did not answer")

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(10)


def connection() -> http.client.HTTPConnection:
    """A line to the server."""
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)


def median(values: Sequence[float]) -> float:
    return quantile(values, 0.5)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the measurements do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def in_own_process(script: str, *words: str, folder: Path) -> Any:
    """What `benchmarks/SCRIPT --one …` prints as JSON, run against the database in the folder."""
    command = [sys.executable, script, "--one", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(folder))  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{Path(script).name} {' '.join(words)}:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Settings of a demo whose data lie in the folder."""
    return {
        **os.environ,
        "TERANG_DEMO": "1",
        "TERANG_DEBUG": "0",
        "TERANG_LOG_LEVEL": "WARNING",
        "TERANG_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'terang.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "terang.config.settings",
        **more,
    }


def filled(employees: int) -> tuple[Path, float | None]:
    """The folder with a demo government of this size, and the seconds it took to make; None where it was there.

    Made by `terang demo`, and made anew when the day, the tables or the makers of the demo have changed.
    """
    folder = KEPT / f"{employees}-{_state()}"
    if (folder / "terang.sqlite3").exists():
        return folder, None
    for old in KEPT.glob(f"{employees}-*"):
        shutil.rmtree(old)
    making = KEPT / f"{employees}-new"
    making.mkdir(parents=True)
    begun = time.perf_counter()
    terang("demo", "--only", GOVERNMENT, "--employees", str(employees), folder=making)
    seconds = time.perf_counter() - begun
    making.rename(folder)
    return folder, round(seconds, 1)


def empty(folder: Path) -> None:
    """Makes an empty database in the folder."""
    terang("setup", folder=folder)


def terang(*words: str, folder: Path) -> None:
    """Runs our command on the data in the folder; its output goes to standard error."""
    call = f"from terang.cli import main; raise SystemExit(main({list(words)!r}))"
    subprocess.run([sys.executable, "-c", call], check=True, env=environment(folder), stdout=sys.stderr)  # noqa: S603


def copied(folder: Path, to: Path) -> Path:
    """A copy for a benchmark that writes."""
    return Path(shutil.copytree(folder, to, dirs_exist_ok=True))


def _state() -> str:
    source = ROOT / "src" / "terang"
    files = [*source.glob("demo/**/*.py"), *source.glob("demo/**/*.toml"), *source.glob("**/migrations/*.py")]
    digest = hashlib.sha256(date.today().isoformat().encode())  # noqa: DTZ011 (the day of this machine)
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def start_django() -> None:
    import django

    django.setup()


def session_of(user: Any) -> str:
    """The key of a new session, opened as by the demo's door."""
    from django.test import RequestFactory

    from terang.accounts.models import Method
    from terang.accounts.services import open_session

    request = RequestFactory().get("/")
    request.session = _session_store()
    open_session(request, user, method=Method.DEMO)
    request.session.save()
    return str(request.session.session_key)


def below(unit: Any) -> Any:
    """A unit saved with the path of its place in the tree."""
    unit.save()
    unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def _session_store() -> Any:
    from importlib import import_module

    from django.conf import settings

    return import_module(settings.SESSION_ENGINE).SessionStore()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that the work took."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
