"""One house and one browser for all tests that drive the real thing."""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.house import PHONE, House, Person, running

FIGURES: dict[str, str] = {}
LONGEST_SECONDS = 1_200


def pytest_terminal_summary(terminalreporter) -> None:
    """What the browser tests measured, after all results."""
    for what, figure in FIGURES.items():
        terminalreporter.write_line(f"{what}: {figure}")


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("house"), "makassar", "palu") as house:
        yield house
    FIGURES.update(house.figures)


@pytest.fixture(scope="session")
def far_house(tmp_path_factory) -> Iterator[House]:
    """The three governments that `house` has not."""
    with running(tmp_path_factory.mktemp("far"), "aceh_tenggara", "semarang", "mamuju") as house:
        yield house
    FIGURES.update(house.figures)


@pytest.fixture(autouse=True)
def no_test_for_ever() -> Iterator[None]:
    """Some calls of the browser wait without end where it does not answer. After this time its driver is ended: the
    call fails, and the next module starts another."""
    watch = threading.Timer(LONGEST_SECONDS, _end_drivers)
    watch.daemon = True
    watch.start()
    yield
    watch.cancel()


def _end_drivers() -> None:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and _is_driver(folder):
            os.kill(int(folder.name), signal.SIGKILL)


def _is_driver(folder: Path) -> bool:
    try:
        parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        return parent == os.getpid() and b"run-driver" in (folder / "cmdline").read_bytes()
    except OSError:
        return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)


@pytest.fixture
def person(browser: Browser, house: House) -> Iterator[Callable[..., Person]]:
    """`person(name)`: a browser signed in as somebody; without a name a citizen. Fails on anything on the console."""
    people: list[Person] = []

    def make(name: str = "", size: dict[str, int] = PHONE) -> Person:
        people.append(Person(browser, house, size))
        return people[-1].sign_in(name) if name else people[-1]

    yield make
    problems = [problem for one in people for problem in one.problems]
    for one in people:
        one.context.close()
    assert problems == []
