"""A report that turns out to allege misconduct goes to the oversight team, wherever it lies, and begins anew there.

The unit it is about keeps nothing: no sight, no due day, no answer that would count for its people. Reports joined to
it tell the same thing; each goes along and stands alone.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.complaints.access import require_guardian
from terang.evidence.complaints.models import Complaint, ComplaintClass, MessageKind, Speaker
from terang.evidence.complaints.services.moving import charged, counts_on, keep, locked, move, say, tell
from terang.evidence.complaints.signals import withdraw_report
from terang.evidence.complaints.terms import terms_in_force
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.rules.complaints.deadlines import verification_due
from terang.web.errors import NotNow

BEGINS_ANEW = (
    "routed_on", "first_answer_due_on", "again_due_on", "response_due_on", "completion_due_on", "verified_at",
    "first_answered_at", "answered_on", "last_answer_at", "citizen_wrote_at", "reopened_on",
)  # fmt: skip
"""What the way so far left on the row: the oversight team checks and answers as if it had just come."""


def guard_complaint(*, actor: Viewer, complaint: Complaint, version: int, about: Unit | None, reason: str) -> Complaint:
    """Hands a report to the oversight team, also from the unit that has it. `about` is the unit it is about (missing:
    the one known, else the one that has it). The reason is a note that only the oversight team reads from now on."""
    require_guardian(actor, complaint)
    if not reason.strip():
        raise NotNow(gettext("Tuliskan mengapa ini urusan tim pengawas."))
    with transaction.atomic():
        current = locked(complaint.pk, "guard", version)
        accused = about or current.about_unit or current.unit
        if accused and accused.agency_id != current.agency_id:
            raise NotNow(gettext("Pilih unit dari daftar."))
        say(current, MessageKind.NOTE, reason, actor=actor, is_shown=False)
        give_to_oversight(current, accused, actor)
    return current


def give_to_oversight(complaint: Complaint, about: Unit | None, actor: Viewer) -> None:
    """The report, and every report joined to it, within the caller's transaction: from one of those the unit would
    still read what it is told of."""
    joined = Complaint.objects.select_for_update(of=("self",)).filter(duplicate_of=complaint)
    for each in (complaint, *joined.select_related("agency", "unit", "handler")):
        _give(each, about, actor)


def _give(complaint: Complaint, about: Unit | None, actor: Viewer) -> None:
    """What has ended stays so, but is guarded the same."""
    day, people = counts_on(complaint), [complaint.handler_id, *charged(complaint)]
    _keep_away(complaint, about)
    if complaint.has_ended:
        keep(complaint)
    else:
        _begin_anew(complaint)
        say(complaint, MessageKind.FORWARD, gettext("Laporan diserahkan kepada tim pengawas."), speaker=Speaker.SYSTEM)
        move(complaint, "guard")
    tell("guarded", complaint, actor=actor, changes={"day": day} if day else None, people=people)


def _keep_away(complaint: Complaint, about: Unit | None) -> None:
    """Nobody of the unit finds it any more, also behind no question, nor anybody in public, and no answer of its people
    counts. What the unit said stays said by it."""
    withdraw_report(complaint)
    complaint.dues.all().delete()
    complaint.messages.filter(speaker=Speaker.STAFF, unit=None).update(unit=complaint.unit)
    complaint.about_unit, complaint.complaint_class = about, ComplaintClass.MISCONDUCT
    complaint.unit, complaint.handler, complaint.duplicate_of = None, None, None
    if complaint.is_published:
        complaint.is_published, complaint.taken_back_at = False, timezone.now()
        complaint.photos.update(is_published=False)


def _begin_anew(complaint: Complaint) -> None:
    """The term of the check counts from today, that of the final answer from the day the report was complete."""
    for name in BEGINS_ANEW:
        setattr(complaint, name, None)
    complaint.reopened_count = 0
    today = local_today(complaint.agency)
    found = terms_in_force(complaint.agency, today)
    found.classify(complaint)
    complaint.verify_due_on = verification_due(today, found.terms, found.calendar)
