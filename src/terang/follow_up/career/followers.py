"""Follows the journal: what is stored about a career is computed anew when something behind it changed."""

from collections import defaultdict
from collections.abc import Sequence

from terang.audit.models import JournalEntry
from terang.follow_up.career.services import compute
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency

ROOMS = frozenset({"appraisals", "career", "credit", "people", "training"})
"""Rooms whose entries about a person may change index, box or conditions."""
POSTS = frozenset({"people.post_changed"})
"""What is about a post and touches whoever is on it."""


def follow(entries: Sequence[JournalEntry]) -> None:
    """The same entries again compute the same."""
    found: dict[int, set[int]] = defaultdict(set)
    everybody = set()
    for entry in entries:
        if entry.agency_id and entry.verb in POSTS:
            everybody.add(entry.agency_id)
        elif entry.agency_id and entry.subject_employee_id and entry.verb.partition(".")[0] in ROOMS:
            found[entry.agency_id].add(entry.subject_employee_id)
    agencies = Agency.objects.in_bulk({*found, *everybody})
    for pk, agency in agencies.items():
        compute(pk, local_today(agency), None if pk in everybody else found[pk])
