"""One house and one browser for all tests that drive the real thing."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.house import PHONE, House, Person, running

FIGURES: dict[str, str] = {}


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
