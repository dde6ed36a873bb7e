"""One house and one browser for all tests that drive the real thing."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.house import House, running


@pytest.fixture(scope="session")
def house(tmp_path_factory, request) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("house"), "makassar", "palu") as house:
        yield house
    told = request.config.pluginmanager.get_plugin("terminalreporter")
    for what, figure in house.figures.items():
        told.write_line(f"\n{what}: {figure}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
