"""One house and one browser for all tests that drive the real thing."""

import shutil
import signal
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from tests.browser.house import PHONE, House, Person, running

FIGURES: dict[str, str] = {}
LONGEST_SECONDS = 600
STUCK: list[bool] = []


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
    """Some calls of the browser wait without end where it does not answer. After this time the call fails where it
    waits, and whoever comes next gets another browser."""
    signal.signal(signal.SIGALRM, _too_late)
    signal.alarm(LONGEST_SECONDS)
    yield
    signal.alarm(0)


def _too_late(*_signal: object) -> None:
    STUCK.append(True)
    signal.alarm(30)  # what tidies up after it may be stuck as well
    raise TimeoutError(f"not done after {LONGEST_SECONDS} seconds")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def opened() -> list[Browser]:
    """The browser that the tests of a module share, once there is one."""
    return []


@pytest.fixture
def browser(playwright: Playwright, opened: list[Browser]) -> Browser:
    if STUCK or not opened:
        STUCK.clear()
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened[:] = [playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)]
    return opened[0]


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
