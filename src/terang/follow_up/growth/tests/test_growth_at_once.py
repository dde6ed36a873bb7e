"""Workers at the same moment, each on a connection of its own: one cause is opened once, one round measured once. On
PostgreSQL; SQLite lets one write at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from tests.cast import TODAY

from terang.follow_up.growth import services
from terang.follow_up.growth.models import CorrectiveAction, DueAction, Measurement

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city(city):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    return city


def at_once(act, times=3):
    def own_connection(_number):
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(own_connection, range(times)))


def test_three_workers_open_one_action(city, low):
    low()
    opened = at_once(lambda: services.open_due(agency=city.cast.agency, day=TODAY))
    assert sorted(map(len, opened)) == [0, 0, 1]
    assert DueAction.objects.count() == CorrectiveAction.objects.count() == 1


def test_three_workers_measure_one_round_once(city, steps):
    steps.run()
    day = TODAY + timedelta(days=30)
    found = at_once(lambda: services.measure_again(steps.pk, day))
    assert sum(each is not None for each in found) == 1
    assert Measurement.objects.filter(round=1).count() == 1
