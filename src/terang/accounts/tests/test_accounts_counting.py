"""Limits hold for their whole window, also in the cache that a real installation has."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from terang.accounts.counting import count_one, counted

DATABASE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counting_test_cache"}
HOUR = 3600


@pytest.fixture
def in_the_database(settings, db):
    settings.CACHES = {"default": DATABASE}
    call_command("createcachetable")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE counting_test_cache")


def test_an_hour_is_an_hour(in_the_database):
    for number in (1, 2, 3):
        assert count_one("terang:test:1", HOUR) == number
    assert counted("terang:test:1") == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM counting_test_cache")
        [(expires,)] = cursor.fetchall()
    if isinstance(expires, str):
        expires = timezone.datetime.fromisoformat(expires)
    left = expires.replace(tzinfo=None) - timezone.now().replace(tzinfo=None)
    assert left > timedelta(seconds=HOUR - 60)


def test_what_is_not_there_begins_at_one(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    assert counted("terang:test:2") == 0
    assert count_one("terang:test:2", HOUR) == 1
