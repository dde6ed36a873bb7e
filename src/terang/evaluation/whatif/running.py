"""In which periods one can still imagine something."""

from datetime import date

from terang.evaluation.models import Period


def is_running(period: Period, today: date) -> bool:
    """Whether the period has begun, has a day left, and is not closed."""
    return period.closed_at is None and period.starts_on <= today < period.ends_on
