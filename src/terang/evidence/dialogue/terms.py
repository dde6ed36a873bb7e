"""The rhythm of feedback that is in force."""

from datetime import date

from terang.evidence.dialogue.models import FeedbackTerms

DEFAULT_DAYS = 30
"""Where a government set nothing: the regulation leaves the rhythm to leader and employee (Pasal 18, p. 69)."""
LEAST_DAYS, MOST_DAYS = 7, 180


def terms_of(agency_id: int, day: date) -> FeedbackTerms | None:
    """The terms a government set, missing where it set none. One query."""
    return FeedbackTerms.objects.filter(agency_id=agency_id, valid_from__lte=day).first()


def rhythm_days(agency_id: int, day: date) -> int:
    """Within how many days everybody is to hear from the leader. One query."""
    own = terms_of(agency_id, day)
    return own.days if own else DEFAULT_DAYS
