"""The warning below the standard: told once to the person and the appraiser, after the days the policy sets."""

from datetime import date, timedelta

from django.db import transaction

from terang.audit.services import Event, record_many
from terang.evaluation.models import Score
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import below_standard, current_period
from terang.registry.organization.calendars import AgencyCalendar, calendar_of
from terang.registry.organization.models import Agency


@transaction.atomic
def raise_warnings(*, agency: Agency, day: date) -> list[Score]:
    """Warns everybody who has been below the standard for the policy's working days and was not warned yet.

    The day the total fell is not counted (day 1 is the first working day after it). Both are told by the journal entry
    `evaluation.warning_raised`: the person as its subject, the appraiser by following the person.
    """
    period = current_period(agency.pk, day)
    if period is None:
        return []
    waiting = below_standard(period).filter(warned_on=None, below_since__lt=day).select_for_update(of=("self",))
    calendar = calendar_of(agency)
    due = [score for score in waiting if days_below(score, calendar, day) >= rules_of(score.policy).warning_days]
    for score in due:
        score.warned_on = day
    Score.objects.bulk_update(due, ["warned_on"], batch_size=500)
    record_many((_told(score) for score in due), actor=None, agency_id=agency.pk)
    return due


def _told(score: Score) -> Event:
    return Event(
        "evaluation.warning_raised",
        score,
        score.employee_id,
        score.unit_id,
        {"total_bp": score.total_bp, "below_since": str(score.below_since)},
    )


def days_below(score: Score, calendar: AgencyCalendar, day: date) -> int:
    """Working days since the total fell below the standard, up to and with `day`; 0 where it is not below."""
    if not score.below_standard or score.below_since is None:
        return 0
    return len(calendar.working_days(score.below_since + timedelta(days=1), day + timedelta(days=1)))
