"""The board of the staff and the public page mean the same by late: what is due and unanswered."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.utils import timezone

from terang.evidence.complaints.board import board_of
from terang.evidence.complaints.models import CHECKS, CITIZEN_WAITS, WITH_UNIT, Complaint, ComplaintState
from terang.evidence.complaints.services import citizen
from terang.reporting.boards.public.complaints import government_truths


def both(house):
    """(late on the board, late in public, in time, judged) as on the day the house has reached."""
    viewer = house.viewer("kokom")
    told = government_truths(house.office.agency, viewer.today)
    return board_of(viewer).late_answers, told.late, told.timely, told.judged


@pytest.fixture
def start(house):
    house.go_to(house.viewer("head").today)
    return house.viewer("head").today


def test_news_that_never_came_count_as_late_though_the_final_day_is_still_to_come(house, start):
    house.closed()
    found = house.routed()
    assert both(house) == (0, 0, 1, 1)
    house.go_to(found.first_answer_due_on + timedelta(days=1))
    assert house.viewer("kokom").today <= found.finish_due_on
    assert both(house) == (1, 1, 1, 2)
    assert government_truths(house.office.agency, house.viewer("kokom").today).timely_bp == 5000


def test_what_was_answered_in_time_and_is_late_after_a_reopening_or_a_reply_is_late(house, start):
    opened, replied = house.reopened(), house.answered()
    citizen.reply_to(complaint=replied, text="Loket mana?", form_key=uuid4())
    assert both(house) == (0, 0, 2, 2)
    house.go_to(Complaint.objects.get(pk=replied.pk).again_due_on + timedelta(days=1))
    assert both(house) == (1, 1, 1, 2)
    house.go_to(opened.again_due_on + timedelta(days=1))
    assert both(house) == (2, 2, 0, 2)


def test_neither_the_citizens_turn_nor_what_ended_is_late(house, start):
    asked, rejected, waits, checked = house.report(), house.report(), house.answered(), house.report()
    Complaint.objects.filter(pk=asked.pk).update(state=ComplaintState.INCOMPLETE)
    Complaint.objects.filter(pk=rejected.pk).update(state=ComplaintState.REJECTED)
    house.go_to(checked.finish_due_on + timedelta(days=90))
    assert waits.again_due_on is None
    assert both(house) == (1, 1, 1, 2)  # the unchecked one alone


def test_whose_citizen_waits_is_the_same_of_one_report_and_of_rows(house, start):
    """States with every order of writing and answering, also with one of both missing."""
    now = timezone.now()
    moments = (None, now - timedelta(hours=1), now, now + timedelta(hours=1))
    states = (*CHECKS, *WITH_UNIT, ComplaintState.ANSWERED)
    row = house.report()
    for state, wrote, answered in product(states, moments, moments):
        Complaint.objects.filter(pk=row.pk).update(state=state, citizen_wrote_at=wrote, last_answer_at=answered)
        found = Complaint.objects.filter(CITIZEN_WAITS, pk=row.pk).exists()
        assert found == Complaint.objects.get(pk=row.pk).citizen_waits, (state, wrote, answered)
