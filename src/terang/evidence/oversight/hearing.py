"""Whether who is accused was heard: a finding is decided after the reply, or once its last day has passed."""

from datetime import date

from django.db.models import Q

from terang.evidence.oversight.models import CheckState, InspectionCheck


def is_heard(check: InspectionCheck, today: date) -> bool:
    """Whether there is a reply, or the time for one is over (or was never given)."""
    return check.replied_at is not None or check.reply_due_on is None or check.reply_due_on < today


def to_decide(today: date, at: str = "") -> Q:
    """Open findings that were heard and wait for an overseer. Of points, or of what reaches them by `at`."""
    return _open(at) & _heard(today, at)


def to_reply(today: date, at: str = "") -> Q:
    """Open findings that still wait for a reply; as `to_decide`."""
    return _open(at) & ~_heard(today, at)


def _open(at: str) -> Q:
    return Q(**{f"{at}state": CheckState.OPEN, f"{at}met": False})


def _heard(today: date, at: str) -> Q:
    """As `is_heard`."""
    over = Q(**{f"{at}reply_due_on__isnull": True}) | Q(**{f"{at}reply_due_on__lt": today})
    return Q(**{f"{at}replied_at__isnull": False}) | over
