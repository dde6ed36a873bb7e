"""Follows the journal: whoever's evidence an entry tells of is computed again, in micro-batches.

The same entries twice change nothing the second time. Evaluation's own entries are passed over: they tell results.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from terang.audit.models import JournalEntry
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.policies import measure_rules, rules_of
from terang.evaluation.selectors import periods_to_recompute, policy_on
from terang.evaluation.services import open_periods
from terang.evaluation.services import recompute as compute
from terang.evaluation.storing import Cause
from terang.evaluation.tasks import begin_day
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment
from terang.registry.people.viewer import in_force

EVIDENCE = frozenset(
    {
        "work",
        "attendance",
        "citizens",
        "complaints",
        "colleagues",
        "observation",
        "oversight",
        "reports",
        "plans",
        "people",
    }
)
"""Rooms whose entries about a person can change a score."""

SURVEY = "citizens.survey_answered"
SILENT = frozenset({"colleagues.review_answered", "colleagues.ticket_declined"})
"""Never followed: an open round gives nothing to a score, and the moment of a change would tell who answered."""


def recompute(entries: Sequence[JournalEntry]) -> None:
    """Computes everybody the entries touch, government by government."""
    by_agency: dict[int, list[JournalEntry]] = defaultdict(list)
    for entry in entries:
        if entry.agency_id and entry.verb.partition(".")[0] in EVIDENCE and entry.verb not in SILENT:
            by_agency[entry.agency_id].append(entry)
    agencies = Agency.objects.in_bulk(by_agency)
    for agency_id, told in by_agency.items():
        if agency_id in agencies:
            _recompute_in(agencies[agency_id], told)


def _recompute_in(agency: Agency, entries: Sequence[JournalEntry]) -> None:
    today = local_today(agency)
    version = policy_on(agency.pk, today)
    causes = touched(entries, version, today)
    if not causes or version is None:
        return
    for period in _periods(agency, days_told(entries), today):
        compute(employee_ids=causes, period=period, as_of=today, causes=causes)
        if period.starts_on <= today < period.ends_on and period.swept_on != today:
            _ask_for_the_day(agency, period, today)


def _periods(agency: Agency, days: set[date], today: date) -> list[Period]:
    """Opens the period of a day on which nobody opened one yet: evidence never waits for an administrator."""
    periods = periods_to_recompute(agency.pk, days, today)
    if any(period.starts_on <= today < period.ends_on for period in periods):
        return periods
    open_periods(agency=agency, start=today, end=date.fromordinal(today.toordinal() + 1))
    return periods_to_recompute(agency.pk, days, today)


def _ask_for_the_day(agency: Agency, period: Period, today: date) -> None:
    """The first evidence of a day lets the whole government be computed once, beside the queue of evidence."""
    if Period.objects.filter(pk=period.pk).exclude(swept_on=today).update(swept_on=today):
        begin_day.enqueue(agency.pk, today.isoformat())


def touched(entries: Iterable[JournalEntry], version: PolicyVersion | None, today: date) -> dict[int, Cause]:
    """The people whose score an entry can change, with the latest cause.

    An answer to a survey also touches the officer's unit and what lies below it, where the policy lets the unit's
    average stand in for answers of one's own that are too few.
    """
    causes: dict[int, Cause] = {}
    units: dict[int, Cause] = {}
    shared = version is not None and uses_unit_average(version)
    for entry in entries:
        cause = Cause(entry.verb, entry.at)
        if shared and entry.verb == SURVEY and entry.unit_id:
            units[entry.unit_id] = cause
        for employee_id in (entry.subject_employee_id, *entry.changes.get("people", ())):
            if employee_id:
                causes[employee_id] = cause
    for employee_id, unit_id in _people_of(units, today):
        causes.setdefault(employee_id, units[unit_id])
    return causes


def uses_unit_average(version: PolicyVersion) -> bool:
    """Whether one person's evidence can change a colleague's score."""
    policy = rules_of(version)
    rules = (*measure_rules(policy), *policy.behaviour_rating.measures)
    return any(rule.parameters.get("fallback") == "unit" for rule in rules)


def _people_of(unit_ids: Iterable[int], day: date) -> list[tuple[int, int]]:
    held = Assignment.objects.filter(in_force(day), post__unit_id__in=list(unit_ids), post__unit__serves_public=True)
    return list(held.values_list("employee_id", "post__unit_id"))


def days_told(entries: Iterable[JournalEntry]) -> set[date]:
    """The days the evidence is about, where the entries tell them; of a day that was moved the old and the new one."""
    days = set()
    for entry in entries:
        told = entry.changes.get("day")
        for day in told if isinstance(told, list) else [told]:
            with suppress(TypeError, ValueError):
                days.add(date.fromisoformat(day))
    return days
