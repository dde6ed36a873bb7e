"""Follows the journal: a score that changed, or an evaluation that became final, opens what the policy makes due."""

from collections import defaultdict
from collections.abc import Sequence

from terang.audit.models import JournalEntry
from terang.follow_up.growth.services import open_after_predicates, open_due
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency

SCORE = frozenset({"evaluation.score_changed"})
RESULT = frozenset({"appraisals.accepted", "appraisals.received", "appraisals.settled", "appraisals.objection_decided"})


def follow(entries: Sequence[JournalEntry]) -> None:
    """The same entries again open nothing the second time."""
    scored, rated = _people(entries, SCORE), _people(entries, RESULT)
    agencies = Agency.objects.in_bulk({*scored, *rated})
    for agency_id, agency in agencies.items():
        day = local_today(agency)
        if scored[agency_id]:
            open_due(agency=agency, day=day, employee_ids=scored[agency_id])
        if rated[agency_id]:
            open_after_predicates(agency=agency, day=day, employee_ids=rated[agency_id])


def _people(entries: Sequence[JournalEntry], verbs: frozenset[str]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.verb in verbs and entry.agency_id and entry.subject_employee_id:
            found[entry.agency_id].add(entry.subject_employee_id)
    return found
