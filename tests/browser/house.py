"""The real thing for the browser: two demo governments, with pages, live updates and worker; and people in it."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

RUN = "from terang.cli import main; raise SystemExit(main())"
PROGRAM = "import runpy, sys, django; django.setup(); runpy.run_path(sys.argv[1])"
START_SECONDS = 600
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 860}


@dataclass
class House:
    """A running `terang demo --serve`. `figures` are what the tests measured, printed at the end."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str]
    figures: dict[str, str] = field(default_factory=dict)

    def run(self, program: Path) -> Any:
        """What a program says as JSON that works on the house's own database, with the house's own key."""
        key = Path(self.environment["TERANG_DATA"]) / "secret.key"
        told = {"DJANGO_SETTINGS_MODULE": "terang.config.settings", "TERANG_DEMO": "1", "TERANG_SECRET_KEY": f"@{key}"}
        environment = {**self.environment, **told}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, program], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    def rows(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        """What stands in the house's database, asked in SQL and read only."""
        path = Path(self.environment["TERANG_DATA"]) / "terang.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return database.execute(question, values).fetchall()

    def worker_pid(self) -> int | None:
        """The background worker among the children of `terang serve`, or None while there is none."""
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and _is_worker(folder, self.process.pid):
                return int(folder.name)
        return None


def _is_worker(folder: Path, parent: int) -> bool:
    try:
        its_parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        return its_parent == parent and (folder / "cmdline").read_bytes().split(b"\0")[-2:] == [b"worker", b""]
    except (OSError, IndexError):
        return False


@contextmanager
def running(folder: Path, *governments: str) -> Iterator[House]:
    port = _free_pair()
    foreign = ("TERANG_", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    environment |= {"TERANG_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", RUN, "demo", "--only", *governments, "--serve", "--port", str(port)]
    log = folder / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
    try:
        _await_start(process, log)
        yield House(f"http://127.0.0.1:{port}", process, log, environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _free_pair() -> int:
    """A port that is free together with the next one, which the live updates take."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            try:
                second.bind(("127.0.0.1", first.getsockname()[1] + 1))
            except (OSError, OverflowError):
                continue
            return first.getsockname()[1]


def _await_start(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while "Terang siap di" not in log.read_text(errors="replace"):
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        assert time.monotonic() < until, log.read_text(errors="replace")[-2000:]
        time.sleep(0.1)


class Person:
    """Somebody of the cast with a browser of their own, or a citizen without account. Notes what goes wrong in it.

    `worker="block"` keeps the service worker away: what it hands out has no size on the line.
    """

    def __init__(
        self, browser: Browser, house: House, size: dict[str, int], scheme: str = "light", worker: str = "allow"
    ) -> None:
        self.house = house
        self.context: BrowserContext = browser.new_context(
            base_url=house.url,
            viewport=size,
            locale="id-ID",
            timezone_id="Asia/Makassar",
            color_scheme=scheme,
            service_workers=worker,
        )
        self.context.set_default_timeout(45_000)
        self.problems: list[str] = []
        self.context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("console", lambda line: line.type in {"error", "warning"} and self._note(page, line.text))

    def _note(self, page: Page, text: str) -> None:
        self.problems.append(f"{page.url}: {text}")

    def sign_in(self, name: str) -> "Person":
        page = self.context.new_page()
        page.goto("/demo/masuk/")
        page.get_by_role("button", name=f"Masuk sebagai {name}", exact=True).click()
        page.wait_for_selector("nav.nav")
        page.close()
        return self

    def enter(self, nip: str, password: str) -> "Person":
        """Signs in with NIP and password: for people whom the demo's door does not offer."""
        page = self.context.new_page()
        page.goto("/masuk/")
        page.get_by_label("NIP").fill(nip)
        page.get_by_label("Kata sandi", exact=True).fill(password)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_selector("nav.nav")
        page.close()
        return self

    def carry(self, session: str) -> "Person":
        """Goes on in a session that a program opened."""
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.house.url}])
        return self

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.goto(address)
        return page

    def watch(self, address: str) -> Page:
        """Opens a page and waits until its live stream is on."""
        page = self.open(address)
        page.wait_for_selector("body[data-live-state=on]")
        return page

    def forgive(self, *parts: str) -> None:
        """Takes out what had to be said on the console, such as a refusal that a test asked for."""
        self.problems[:] = [line for line in self.problems if not any(part in line for part in parts)]


def arm(page: Page, selector: str) -> None:
    """From now on the page notes when the text at `selector` becomes another one: see `seconds_until_change`."""
    page.evaluate(
        """selector => {
          const read = () => document.querySelector(selector)?.innerText;
          const before = read();
          delete document.body.dataset.changedAt;
          const observer = new MutationObserver(() => {
            if (read() === undefined || read() === before) return;
            document.body.dataset.changedAt = Date.now();
            observer.disconnect();
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        }""",
        selector,
    )


def seconds_until_change(page: Page, since: float, timeout: int = 30_000) -> float:
    """Seconds from `since` (time.time()) to the change that `arm` watched for."""
    page.wait_for_selector("body[data-changed-at]", timeout=timeout)
    return int(page.get_attribute("body", "data-changed-at") or 0) / 1000 - since
