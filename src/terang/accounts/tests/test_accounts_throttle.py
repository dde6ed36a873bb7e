"""The limits' one promise: side by side, no more tries begin than there are slots."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

from terang.accounts.throttle import Limit, _take


@pytest.mark.django_db(transaction=True)
def test_tries_side_by_side_share_no_slot():
    cache.clear()
    limit = Limit("pair:test", 5, 900)

    def attempt(_: int) -> str | None:
        try:
            return _take(limit)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = [slot for slot in pool.map(attempt, range(16)) if slot]
    assert len(taken) <= 5
    assert len(set(taken)) == len(taken)
    assert len(cache.get_many(limit.slots())) == 5


@pytest.mark.django_db
def test_slot_is_free_again_after_its_time():
    cache.clear()
    limit = Limit("pair:test", 1, 900)
    slot = _take(limit)
    assert _take(limit) is None
    cache.delete(slot)
    assert _take(limit) == slot
