"""What a government asks of reports on a day, and the days that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from terang.evidence.reports.models import Report, ReportTerms
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee, PostKind
from terang.registry.people.selectors import main_posts
from terang.rules.regulations.working_days import deadline
from terang.rules.reports.periods import MONTHS, Span, spans_between
from terang.rules.reports.rubric import Rubric, from_json

LOOK_BACK = timedelta(days=400)
"""How long ago a period may lie whose report was never begun and is still offered."""


@dataclass(frozen=True)
class Asked:
    """A report that is asked of a person. `opens_on` is the first day it can be handed in, `due_on` the last in time.
    `report` is missing until it is begun."""

    span: Span
    terms: ReportTerms
    opens_on: date
    due_on: date
    report: Report | None = None


def terms_on(agency_id: int, day: date) -> ReportTerms | None:
    """The terms in force on a day; None where no reports are asked for. One query."""
    return ReportTerms.objects.filter(agency_id=agency_id, valid_from__lte=day).first()


def terms_for(agency_id: int, span: Span, today: date) -> ReportTerms | None:
    """The terms for a period: those of its last day, of today while it runs. None where they do not ask for it."""
    found = terms_on(agency_id, min(span.end - timedelta(days=1), today))
    return found if found and span.kind in found.frequencies else None


def working_day(agency: Agency, start: date, days: int) -> date:
    """The last day of a term of working days, the day of the event not counted. Two queries."""
    return deadline(start, days, deadline_calendar(agency))


def asked_of(employee: Employee, today: date) -> list[Asked]:
    """The reports asked of a person: periods begun since the person joined and there were terms, latest first. Elected
    officials report to the voters: of them none is asked.

    Six queries at most, whatever the number of periods.
    """
    agency = employee.agency
    known = list(ReportTerms.objects.filter(agency=agency, valid_from__lte=today))
    if not known:
        return []
    calendar = deadline_calendar(agency)
    reports = {(each.kind, each.period_start): each for each in Report.objects.filter(employee=employee)}
    found = []
    for span in _begun(max(today - LOOK_BACK, known[-1].valid_from), employee, today):
        last = span.end - timedelta(days=1)
        terms = next((each for each in known if each.valid_from <= min(last, today)), None)
        report = reports.get((span.kind, span.start))
        if terms and (report or span.kind in terms.frequencies):
            opens = max(span.start, last - timedelta(days=terms.opens_days))
            due = report.due_on if report else deadline(last, terms.due_days, calendar)
            found.append(Asked(span, terms, opens, due, report))
    if any(each.report is None for each in found) and _is_elected(employee, today):
        found = [each for each in found if each.report]
    return sorted(found, key=lambda each: (each.span.end, each.span.start), reverse=True)


def _is_elected(employee: Employee, today: date) -> bool:
    held = main_posts([employee.pk], today).get(employee.pk)
    return held is not None and held.post.kind == PostKind.ELECTED


def _begun(since: date, employee: Employee, today: date) -> Iterator[Span]:
    """Periods that began by today and ended, or will end, after `since` and after the person came."""
    first = date(since.year - 1, 1, 1)
    for kind in MONTHS:
        for span in spans_between(kind, first, today + timedelta(days=1)):
            if span.end > since and span.end > employee.joined_on:
                yield span


def rubric_of(report: Report) -> Rubric:
    """The rubric a report is read by: that of its terms."""
    return from_json(report.terms.rubric)
