"""The people of the tests of complaints."""

import pytest
from django.utils import timezone

from terang.accounts import counting
from terang.evidence.complaints.tests.complaints_cast import House, make_house


@pytest.fixture(autouse=True)
def local_cache(settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = dict.fromkeys(("default", "pages"), memory)
    counting.cache.clear()


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.MFA_REQUIRED_ROLES = []


@pytest.fixture
def house(office, today, monkeypatch) -> House:
    return make_house(office, lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment))
