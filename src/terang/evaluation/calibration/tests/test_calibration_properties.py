"""Whatever happens in a session: who is in it stays, and the quadrant gives every predicate."""

from collections import Counter
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terang.evaluation.appraisals.models import Adjustment, Appraisal, Rating
from terang.evaluation.calibration.models import CalibrationSession, Placement, Proposal, ProposalState
from terang.evaluation.calibration.selectors import board_of, counts_of, placements_of
from terang.evaluation.calibration.services import close_session, decline_move, object_to_move, withdraw_move
from terang.evaluation.calibration.spread import spread_of
from terang.rules.regulations.quadrant import quadrant
from terang.web.errors import Refusal

PEOPLE, SEATED = ("andi", "rina", "joko"), ("sri", "hendra", "tono")
RATINGS = st.sampled_from(Rating.values)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("propose", "confirm", "object", "decline", "withdraw")),
        st.sampled_from(SEATED),
        st.sampled_from(PEOPLE),
        RATINGS,
        RATINGS,
    ),
    max_size=25,
)


def step(table, verb, who, name, work, behaviour):
    """One try, which may be refused."""
    if verb == "propose":
        return table.propose(who, name, work, behaviour)
    found = Proposal.objects.filter(placement__appraisal__employee=table.city.cast.people[name]).first()
    if found is None:
        return None
    found, actor = table.fresh(found), table.viewer(who)
    if verb == "confirm":
        return table.confirm(who, found)
    if verb == "withdraw":
        return withdraw_move(actor=actor, proposal=found, version=found.version)
    act = object_to_move if verb == "object" else decline_move
    return act(actor=actor, proposal=found, text="Tidak", version=found.version)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_session_never_changes_who_is_in_it_and_every_predicate_is_the_quadrants(table, steps):
    mark = transaction.savepoint()
    try:
        _run(table, steps)
    finally:
        transaction.savepoint_rollback(mark)


def _run(table, steps):
    table.open()
    before = set(Placement.objects.values_list("appraisal", "before_work", "before_behaviour", "before_predicate"))
    seats = set(table.session.participants.values_list("employee", "leads"))
    for each in steps:
        with suppress(Refusal, ValidationError), transaction.atomic():
            step(table, *each)
    session = CalibrationSession.objects.select_related("unit", "window__period").get(pk=table.session.pk)
    rows = list(placements_of(session))
    now = set(Placement.objects.values_list("appraisal", "before_work", "before_behaviour", "before_predicate"))
    assert (now, set(session.participants.values_list("employee", "leads"))) == (before, seats)
    assert all(each.predicate == quadrant(each.work_result, each.behaviour) for each in rows)
    first, last = counts_of(rows)
    assert first.total() == last.total() == len(PEOPLE)
    board = board_of(session, rows)
    assert Counter(card.placement.pk for line in board.rows for each in line for card in each.cards) == Counter(
        each.pk for each in rows
    )
    assert sum(each.change for each in spread_of(session, rows).rows) == 0
    Proposal.objects.filter(state=ProposalState.OPEN).delete()
    close_session(actor=table.viewer("sri"), session=session, note="Selesai", version=session.version)
    for place in rows:
        row = Appraisal.objects.get(pk=place.appraisal_id)
        assert row.predicate == place.before_predicate, "the rater's own is never overwritten"
        assert (row.counting.work_result, row.counting.behaviour) == (place.work_result, place.behaviour)
        assert row.standing == place.predicate
    assert Adjustment.objects.count() == sum(each.is_moved for each in rows)
    for each in Proposal.objects.filter(state=ProposalState.CONFIRMED).select_related("placement__appraisal"):
        rater, leader = each.placement.appraisal.rater_id, session.leader_id
        two = {each.proposed_by_id, each.settled_by_id}
        assert len(two) == 2
        assert rater in two or (each.rater_word and leader in two)
        assert rater not in two or leader in two or each.proposed_by_id != rater
