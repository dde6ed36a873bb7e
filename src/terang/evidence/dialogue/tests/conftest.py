import pytest
from tests.cast import NOW, TODAY


@pytest.fixture
def today(monkeypatch):
    """Stops the clock at the morning of the cast's day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return TODAY
