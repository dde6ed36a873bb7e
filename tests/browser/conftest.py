"""One house and one browser for all tests that drive the real thing."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.house import House, running

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
