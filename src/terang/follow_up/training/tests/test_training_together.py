"""Two people ask for the last seat at the same moment: one has it, the other waits."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection, connections

from terang.follow_up.training.services import enrol
from terang.follow_up.training.tests.conftest import make_training_office

NAMES = ("siti", "andi", "rina", "joko")


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_taken_once(cast):
    """On both databases. In memory SQLite tells a busy table at once, where a file waits: then it is asked again."""
    office = make_training_office(cast)
    session = office.session(office.course(), seats=1)
    viewers = [office.viewer(name) for name in NAMES]
    together = Barrier(len(NAMES))

    def ask(viewer) -> str:
        together.wait()
        try:
            while True:
                try:
                    return enrol(actor=viewer, session=session).state
                except OperationalError:
                    if connection.vendor != "sqlite":
                        raise
                    time.sleep(0.01)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(NAMES)) as people:
        states = list(people.map(ask, viewers))
    assert sorted(states) == ["antre", "antre", "antre", "terdaftar"]
    assert session.enrolments.filter(state="terdaftar").count() == 1
