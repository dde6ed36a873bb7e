"""Two people at the same moment, each on a connection of their own. On PostgreSQL; SQLite lets one write at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.follow_up.career.models import Declaration, Proposal, Standing
from terang.follow_up.career.services import compute
from terang.web.errors import NotNow, Stale

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def court(court):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    return court


def at_once(*acts):
    """What each gave, or the refusal it met."""

    def own_connection(act):
        try:
            return act()
        except (NotNow, Stale) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(own_connection, acts))


def test_two_who_decide_decide_once(desk, court):
    desk.complete("andi")
    row = court.raise_()
    done = at_once(
        lambda: court.decide(row, by="tono"),
        lambda: court.decide(row, by="mayor", grants=False),
    )
    assert sum(isinstance(each, Proposal) for each in done) == 1
    assert JournalEntry.objects.filter(verb__in=("career.decided", "career.refused")).count() == 1


def test_two_who_propose_for_one_post_propose_once(court):
    pool = court.open()
    done = at_once(
        lambda: court.propose(pool, "hendra", by="maya"),
        lambda: court.propose(pool, "siti", by="tono", reason="Pengalaman."),
    )
    assert sum(isinstance(each, Proposal) for each in done) == Proposal.objects.count() == 1


def test_an_answer_and_a_proposal_do_not_pass_each_other(court):
    """Either the answer came first, and who declined is not proposed; or it came too late and is told so."""
    pool = court.open()
    done = at_once(lambda: court.propose(pool, "hendra"), lambda: court.answer(pool, "hendra", "tidak"))
    assert sum(isinstance(each, NotNow) for each in done) == 1


def test_two_who_check_check_once_and_what_is_stored_is_of_the_last(desk, court):
    row = desk.give("pendidikan", "s2", who="andi", by="andi")
    done = at_once(
        lambda: desk.check(row, by="tono"),
        lambda: desk.check(row, by="maya"),
        lambda: compute(desk.cast.agency.pk, TODAY),
    )
    assert sum(isinstance(each, Declaration) for each in done) == 1
    kept = Standing.objects.get(employee=desk.cast.andi).conditions
    assert next(each for each in kept if each["code"] == "education")["value"] == "s2"
