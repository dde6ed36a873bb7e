"""What of complaints everybody may read, on public pages, in open data and through Open311: one query set for all."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.cache import caches
from django.db.models import Q, QuerySet

from terang.evidence.complaints.models import WITH_UNIT, Complaint, ComplaintClass
from terang.registry.organization.models import Agency
from terang.web.kept import NEAR_SECONDS
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


def taken_back_mark(agency_code: str) -> str:
    """Changes whenever something of a government is taken back from its public pages, and only then. One query."""
    rows = Complaint.objects.filter(agency__code=agency_code, taken_back_at__isnull=False)
    latest = rows.order_by("-taken_back_at").values_list("taken_back_at", flat=True).first()
    return _mark(latest)


def near_mark(agency_code: str) -> str:
    """`taken_back_mark` as it was at most two seconds ago, so that a list costs no query on a busy day."""
    return str(
        caches["near"].get_or_set(f"taken-back:{agency_code}", lambda: taken_back_mark(agency_code), NEAR_SECONDS)
    )


def report_mark(agency_code: str, number: str) -> str | None:
    """As `taken_back_mark`, of one report; None where everybody may not read it now. One query."""
    rows = Complaint.objects.filter(NOT_GUARDED, agency__code=agency_code, tracking_code=number, is_published=True)
    found = rows.values_list("taken_back_at").first()
    return _mark(found[0]) if found else None


def _mark(moment: datetime | None) -> str:
    return moment.strftime("%Y%m%d%H%M%S%f") if moment else "-"


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
