"""How many answers came in time: shown to the one who answers and to their superior, and part of no score."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from terang.evidence.work.models import Entry
from terang.registry.organization.models import Agency
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.selectors import appraisers_on

SHARE_DAYS = 90


@dataclass(frozen=True)
class Share:
    """Answers within their days, the last day included, of all answers that were due in the last days."""

    in_time: int
    due: int


def shares_of(appraiser_ids: Collection[int], agency: Agency, today: date) -> dict[int, Share]:
    """By person; who answered nothing is left out. What still waits is told where it waits, and what somebody answered
    instead of a silent appraiser is not held against them. Two queries, six where late answers were given."""
    answered = Entry.objects.filter(
        decided_by_id__in=appraiser_ids, answer_due_on__gte=today - timedelta(days=SHARE_DAYS)
    )
    answered = answered.exclude(pk__in=_instead(answered, agency, today))
    rows = (
        answered.annotate(answered_on=TruncDate("decided_at", tzinfo=ZoneInfo(agency.time_zone)))
        .order_by()
        .values("decided_by_id")
        .annotate(due=Count("pk"), in_time=Count("pk", filter=Q(answered_on__lte=F("answer_due_on"))))
    )
    return {row["decided_by_id"]: Share(row["in_time"], row["due"]) for row in rows}


def _instead(answered: QuerySet[Entry], agency: Agency, today: date) -> list[int]:
    """Late ones answered by somebody who neither is the person's appraiser nor stands in for them."""
    late = list(answered.exclude(escalated_at=None).order_by().values_list("pk", "employee_id", "decided_by_id"))
    owners = appraisers_on(agency.pk, today, {employee_id for _pk, employee_id, _by in late}) if late else {}
    return [
        pk for pk, employee_id, by in late if employee_id in owners and by not in with_stand_in(owners[employee_id])
    ]


def with_stand_in(found: Appraiser) -> set[int]:
    """Who answers for a person: the appraiser, and the Plh. where there is one."""
    return {found.employee_id, *([found.stand_in.pk] if found.stand_in else [])}
