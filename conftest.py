"""Fixtures for the tests of every room."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from tests.cast import Cast, make_cast
from tests.flushing import journal_can_be_flushed  # noqa: F401 (a fixture for every test)


@pytest.fixture
def cast(db: None) -> Cast:
    """Kota Terang (`tests.cast`)."""
    return make_cast()


@pytest.fixture
def viewer_of(cast: Cast) -> Callable:
    """`viewer_of("andi")`: how somebody of the cast looks at Terang at `tests.cast.NOW`."""
    return cast.viewer


@pytest.fixture(autouse=True)
def no_role_needs_a_second_factor(settings: Any) -> None:
    """Tests of other rooms sign powerful people in at once; those of `accounts` set the roles again."""
    settings.MFA_REQUIRED_ROLES = []
