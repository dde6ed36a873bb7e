"""Kota Terang with a policy, an open evaluation of November, and what organisations achieved."""

import pytest
from tests.rating import City, make_city


@pytest.fixture
def city(cast, monkeypatch, settings) -> City:
    return make_city(cast, monkeypatch, settings)
