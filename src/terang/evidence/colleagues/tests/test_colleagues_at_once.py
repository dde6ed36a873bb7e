"""Several at the same moment, each on a connection of its own: answers are all counted, one ticket is answered once, a
round is released once. On PostgreSQL; SQLite lets one write at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from terang.evidence.colleagues.models import ReviewRound, ReviewTally
from terang.evidence.colleagues.tests.conftest import make_reviewed
from terang.evidence.conftest import make_office
from terang.web.errors import NotNow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reviewed(today):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    return make_reviewed(make_office())


def at_once(*acts):
    def own_connection(act):
        try:
            return act()
        except NotNow:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(own_connection, acts))


def test_answers_at_once_are_all_counted_and_each_ticket_once(reviewed):
    names = ["Sari", "Tuti", "Umar"] * 2
    done = at_once(*[lambda name=name: reviewed.answer(name, zeta=4) for name in names])
    assert sorted(map(str, done)) == ["None"] * 3 + ["refused"] * 3
    assert ReviewRound.objects.get().answered == 3


def test_two_workers_release_once(reviewed):
    for name in ("Sari", "Tuti", "Umar"):
        reviewed.answer(name, zeta=4)
    assert sorted(at_once(reviewed.release, reviewed.release, reviewed.release)) == [False, False, True]
    assert ReviewTally.objects.get().mean_milli == 4000


def test_an_answer_while_the_round_is_released_is_kept_or_refused_never_lost(reviewed):
    """The answerer's day began before midnight: whoever gets the round first decides."""
    for name in ("Sari", "Tuti"):
        reviewed.answer(name, zeta=4)
    said, released = at_once(lambda: reviewed.answer("Umar", zeta=4), lambda: reviewed.release(date(2026, 12, 1)))
    assert released is True
    assert ReviewTally.objects.count() == (0 if said == "refused" else 1)
