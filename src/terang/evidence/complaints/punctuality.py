"""When an answer is in time and when it is late: one definition for the board of the staff and for public pages."""

from datetime import date

from django.db.models import F, Q

from terang.evidence.complaints.models import CHECKS, CITIZEN_WAITS, WITH_UNIT


def answer_late(today: date) -> Q:
    """What is due and unanswered: the day of the first news, of the final answer, or of the answer after a reopening or
    a reply has passed, and nothing came. In a check that takes longer than the final answer may, too. Never while it is
    the citizen's turn, or after the end."""
    answer = Q(again_due_on__lt=today) | Q(again_due_on=None, finish_due_on__lt=today)
    news = Q(first_answered_at=None, first_answer_due_on__lt=today)
    checked = Q(state__in=CHECKS, finish_due_on__lt=today)
    replied = CITIZEN_WAITS & Q(again_due_on__lt=today)
    return checked | replied | (Q(state__in=WITH_UNIT) & (answer | news))


def answered_in_time(today: date) -> Q:
    """The first final answer came by its day, and nothing that was asked for since is late."""
    return Q(answered_on__lte=F("finish_due_on")) & ~answer_late(today)


def judged(today: date) -> Q:
    """What was answered, in time or not, and what should have been."""
    return Q(answered_on__isnull=False) | answer_late(today)
