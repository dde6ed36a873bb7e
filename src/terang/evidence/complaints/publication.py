"""What of complaints everybody may read, on public pages, in open data and through Open311: one query set for all."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from terang.evidence.complaints.models import WITH_UNIT, Complaint, ComplaintClass
from terang.registry.organization.models import Agency
from terang.web.scrubbing import scrub, scrub_person

NOT_GUARDED = Q(is_secret=False) & ~Q(complaint_class=ComplaintClass.MISCONDUCT)
"""What may be counted in public: secret ones and reports of misconduct never are."""


def open_complaints(agency: Agency) -> QuerySet[Complaint]:
    """Every complaint that may be counted in public: secret ones and reports of misconduct never are."""
    return Complaint.objects.filter(NOT_GUARDED, agency=agency)


def published_complaints(agency: Agency) -> QuerySet[Complaint]:
    """Those of them that somebody has looked at and let appear. Who reported stands in none."""
    return open_complaints(agency).filter(is_published=True)


def public_words(complaint: Complaint, text: str) -> str:
    """A text of a published report without the name of who reported, without telephone numbers, NIK and e-mail
    addresses, and without names after a title: people sign what they write, and offices greet them by name. The
    `reporter` should be loaded."""
    reporter = getattr(complaint, "reporter", None)
    return scrub(text, [reporter.name] if reporter and reporter.name else [])


def without_reporter(complaint: Complaint, text: str, told: Iterable[str]) -> str:
    """What an officer wrote, without the reporter and with everybody else: the name, the contact, and every address and
    number that the reporter `told`. The `reporter` should be loaded; without one only those numbers go."""
    reporter = getattr(complaint, "reporter", None)
    name, contact = (reporter.name, reporter.contact) if reporter else ("", "")
    return scrub_person(text, name, contact, told)


def public_due_on(complaint: Complaint) -> date:
    """The day the final answer is due, as everybody may read it: the first one, and while the unit works on what was
    opened again that of the new answer. The day after a mere reply stays between citizen and office, since it would
    tell on which day the citizen wrote; once answered, a day that either could have set is not told at all."""
    if complaint.reopened_on and complaint.again_due_on and complaint.state in WITH_UNIT:
        return complaint.again_due_on
    return complaint.finish_due_on
