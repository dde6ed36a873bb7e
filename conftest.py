"""Fixtures for the tests of every room."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Kota Terang (`tests.cast`)."""
    return make_cast()


@pytest.fixture
def viewer_of(cast: Cast) -> Callable:
    """`viewer_of("andi")`: how somebody of the cast looks at Terang at `tests.cast.NOW`."""
    return cast.viewer
