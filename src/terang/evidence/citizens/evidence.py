"""What the citizens room hands to the engine: finished requests against their standard, and answers to the survey."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from terang.evidence.citizens.explanation import records
from terang.evidence.citizens.models import SurveyInvitation, SurveyResponse
from terang.evidence.citizens.request_selectors import finished, own_standard
from terang.evidence.citizens.selectors import survey_sums
from terang.evidence.months import midnight, month_of, month_spans, months_between, prorated
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee

__all__ = ["facts", "records"]

Rows = list[tuple[Any, ...]]
_MOST_PREFIXES = 100
"""More subtrees than this are not named one by one: a long OR of prefixes is slower than reading all."""


def facts(
    employee_ids: Collection[int],
    unit_ids: Collection[int],
    start: date,
    end: date,
    *,
    as_of: date | None = None,
) -> dict[str, Rows]:
    """Rows of `services`, `surveys` and `unit_surveys` between `start` and `end` (exclusive), as `rules.tables`
    declares them.

    `as_of` is the day of asking (today where missing); the norm of a running month is cut to it. Six queries for an
    agency,
    whatever the number of people.
    """
    today = as_of or timezone.localdate()
    invited: dict[tuple[int, int], int] = {}
    services: Rows = []
    for zone, ids in _by_zone(employee_ids).items():
        services += _services(ids, start, end, zone, today)
        invited |= _invited(ids, start, end, zone)
    return {
        "services": services,
        "surveys": _surveys(employee_ids, start, end, invited),
        "unit_surveys": _unit_surveys(unit_ids, start, end),
    }


def _by_zone(employee_ids: Collection[int]) -> dict[ZoneInfo, list[int]]:
    """People by the time zone of their agency: a request finished at night belongs to the local day."""
    zones: dict[ZoneInfo, list[int]] = defaultdict(list)
    for employee_id, name in Employee.objects.filter(pk__in=employee_ids).values_list("pk", "agency__time_zone"):
        zones[ZoneInfo(name)].append(employee_id)
    return dict(zones)


def _services(officer_ids: Collection[int], start: date, end: date, zone: ZoneInfo, today: date) -> Rows:
    timed = Q(actual_minutes__isnull=False)
    rows: list[Any] = list(
        finished(officer_ids, start, end, zone)
        .order_by()
        .values("officer_id", "service_id", month=month_of("completed_at", start, end, zone))
        .annotate(
            norm=F("service__monthly_norm"),
            completed=Count("id"),
            timely=Count("id", filter=Q(actual_minutes__lte=own_standard())),
            standard=Sum(own_standard(), filter=timed, default=0),
            actual=Sum("actual_minutes", default=0),
            reopened_count=Count("id", filter=Q(reopened=True)),
        )
    )
    months = {
        number: months_between(since, till) for number, since, till in month_spans(start, _norm_end(start, end, today))
    }
    norms = _norms(rows)
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * 5)
    for row in rows:
        total = sums[row["officer_id"], row["month"]]
        for place, name in enumerate(("completed", "timely", "standard", "actual", "reopened_count")):
            total[place] += row[name]
    return [
        (
            officer,
            month,
            completed,
            _expected(norms.get(officer), months.get(month)),
            timely,
            standard,
            actual,
            reopened,
        )
        for (officer, month), (completed, timely, standard, actual, reopened) in sorted(sums.items())
    ]


def _norm_end(start: date, end: date, today: date) -> date:
    """The norm of a running month counts through yesterday, on its first day for that day."""
    return max(min(end, today), min(start + timedelta(days=1), end))


def _norms(rows: Iterable[dict[str, Any]]) -> dict[int, int]:
    """Requests a month that the norms ask of an officer, over all services finished in the whole time."""
    norms = {(row["officer_id"], row["service_id"]): row["norm"] for row in rows if row["norm"] is not None}
    totals: dict[int, int] = defaultdict(int)
    for (officer_id, _), norm in norms.items():
        totals[officer_id] += norm
    return totals


def _expected(norm: int | None, part: Any) -> int | None:
    """The norm of the month, cut to its days; missing where no norm is set or no day has passed."""
    return prorated(norm, part) if norm is not None and part is not None else None


def _invited(officer_ids: Collection[int], start: date, end: date, zone: ZoneInfo) -> dict[tuple[int, int], int]:
    rows = (
        SurveyInvitation.objects.filter(
            request__officer_id__in=officer_ids,
            request__completed_at__gte=midnight(start, zone),
            request__completed_at__lt=midnight(end, zone),
        )
        .order_by()
        .values(officer=F("request__officer_id"), month=month_of("request__completed_at", start, end, zone))
        .annotate(count=Count("id"))
    )
    return {(row["officer"], row["month"]): row["count"] for row in rows}


def _surveys(officer_ids: Collection[int], start: date, end: date, invited: dict[tuple[int, int], int]) -> Rows:
    """One row per officer and month with links or answers: who was asked and said nothing counts in the response rate.

    Whoever answered at a kiosk was asked there: invited is never less.
    """
    columns = survey_sums()
    rows = (
        SurveyResponse.objects.filter(officer_id__in=officer_ids, day__gte=start, day__lt=end)
        .order_by()
        .values("officer_id", month=month_of("day", start, end))
        .annotate(respondents=Count("id"), **columns)
        .order_by("officer_id", "month")
        .values_list("officer_id", "month", "respondents", *columns)
    )
    nothing = [0] * (1 + len(columns))
    answers = {(officer, month): list(sums) for officer, month, *sums in rows}
    return [
        (*key, respondents, max(respondents, invited.get(key, 0)), *rest)
        for key in sorted({*answers, *invited})
        for respondents, *rest in [answers.get(key, nothing)]
    ]


def _unit_surveys(unit_ids: Collection[int], start: date, end: date) -> Rows:
    """One row per asked unit and month with answers, over the unit and everything below it. Three queries."""
    asked = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "path"))
    if not asked:
        return []
    columns = survey_sums()
    rows = (
        SurveyResponse.objects.filter(_under(asked.values(), "service__unit__path"), day__gte=start, day__lt=end)
        .order_by()
        .values("service__unit__path", month=month_of("day", start, end))
        .annotate(respondents=Count("id"), **columns)
        .values_list("service__unit__path", "month", "respondents", *columns)
    )
    answers = _rolled_up(rows, set(asked))
    invited = _rolled_up(_unit_invitations(asked.values(), start, end), set(asked))
    return [
        (*key, respondents, max(respondents, *invited.get(key, [0])), *rest)
        for key, (respondents, *rest) in sorted(answers.items())
    ]


def _unit_invitations(paths: Iterable[str], start: date, end: date) -> Iterable[tuple[Any, ...]]:
    """(unit path, month in which the link was made, links). A link is made the moment a request is finished."""
    zone = timezone.get_current_timezone()
    assert isinstance(zone, ZoneInfo)
    return (
        SurveyInvitation.objects.filter(
            _under(paths, "request__service__unit__path"),
            request__completed_at__gte=midnight(start, zone),
            request__completed_at__lt=midnight(end, zone),
        )
        .order_by()
        .values("request__service__unit__path", month=month_of("request__completed_at", start, end, zone))
        .annotate(links=Count("id"))
        .values_list("request__service__unit__path", "month", "links")
    )


def _rolled_up(rows: Iterable[tuple[Any, ...]], asked: set[int]) -> dict[tuple[int, int], list[int]]:
    """Sums by (unit, month) of rows (path, month, numbers …), each row added to every asked unit on its path."""
    totals: dict[tuple[int, int], list[int]] = {}
    for path, month, *values in rows:
        for unit_id in asked.intersection(int(part) for part in path.strip("/").split("/")):
            known = totals.setdefault((unit_id, month), [0] * len(values))
            totals[unit_id, month] = [old + new for old, new in zip(known, values, strict=True)]
    return totals


def _under(paths: Iterable[str], field: str) -> Q:
    """Rows whose unit lies in one of the subtrees. Very many subtrees are read whole: summing up sorts them out."""
    tops = _tops(paths)
    if len(tops) > _MOST_PREFIXES:
        return Q(**{f"{field}__startswith": "/"})
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in tops))


def _tops(paths: Iterable[str]) -> list[str]:
    """The paths that lie under no other one."""
    tops: list[str] = []
    for path in sorted(paths):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    return tops
