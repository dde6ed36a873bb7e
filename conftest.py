"""Fixtures for the tests of every room."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings

sys.path.insert(0, str(Path(__file__).parent))

from tests.cast import Cast, make_cast
from tests.flushing import journal_can_be_flushed  # noqa: F401 (a fixture for every test)

hypothesis_settings.register_profile(
    "terang", deadline=None, derandomize=True
)  # a slow machine is no fault of the code
hypothesis_settings.load_profile("terang")


@pytest.fixture
def cast(db: None) -> Cast:
    """Kota Terang (`tests.cast`)."""
    return make_cast()


@pytest.fixture
def viewer_of(cast: Cast) -> Callable:
    """`viewer_of("andi")`: how somebody of the cast looks at Terang at `tests.cast.NOW`."""
    return cast.viewer


@pytest.fixture
def sign_in(cast: Cast, client: Client) -> Callable:
    """`sign_in("andi")`: a browser signed in as somebody of the cast."""

    def as_(name: str) -> Client:
        client.force_login(cast.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_


@pytest.fixture(autouse=True)
def no_role_needs_a_second_factor(settings: Any) -> None:
    """Tests of other rooms sign powerful people in at once; those of `accounts` set the roles again."""
    settings.MFA_REQUIRED_ROLES = []
    settings.MFA_POLICY_ROLES = ""


@pytest.fixture(autouse=True, scope="session")
def keys_of_rounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The keys of rounds of review are files of the tests, never of the data folder."""
    with override_settings(TERANG_REVIEW_KEYS=tmp_path_factory.mktemp("review-keys")):
        yield


@pytest.fixture(autouse=True, scope="session")
def copies_of_evidence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copies that policies are tried on are files of the tests, never of the data folder."""
    with override_settings(TERANG_REPLAYS=tmp_path_factory.mktemp("replays")):
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="only tests that touch the database and are not `once`"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second pass, on the other database, leaves out what cannot differ there."""
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if _touches_database(item) and not item.get_closest_marker("once")]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(
        item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "django_db_setup", "live_server"}
    )
