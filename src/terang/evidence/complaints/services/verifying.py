"""Checking a report and passing it on: no wrong door. What it cannot be is said with a reason the citizen reads."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.complaints.access import may_work, require_verifier
from terang.evidence.complaints.models import (
    Complaint,
    ComplaintCategory,
    ComplaintClass,
    ComplaintState,
    MessageKind,
)
from terang.evidence.complaints.publication import public_words
from terang.evidence.complaints.services.guarding import give_to_oversight
from terang.evidence.complaints.services.moving import keep, locked, move, say, tell
from terang.evidence.complaints.terms import terms_in_force
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.rules.complaints.deadlines import completion_due, first_answer_due
from terang.web.errors import NotNow


@dataclass(frozen=True)
class Finding:
    """What the check found: class, category, where it goes (missing for misconduct: the oversight team keeps it), and
    whether the report and its photos may stand on public pages."""

    complaint_class: ComplaintClass
    category: ComplaintCategory | None
    unit: Unit | None
    note: str = ""
    is_published: bool = False
    publishes_photos: bool = False


def start_verification(*, actor: Viewer, complaint: Complaint, version: int) -> Complaint:
    """One person takes the check."""
    require_verifier(actor, complaint)
    with transaction.atomic():
        current = locked(complaint.pk, "verify", version)
        move(current, "verify")
        tell("verification_started", current, actor=actor)
    return current


def ask_completion(*, actor: Viewer, complaint: Complaint, version: int, question: str) -> Complaint:
    """The citizen is asked for what is missing; the clock stands still until the answer."""
    require_verifier(actor, complaint)
    _require_words(question, gettext("Tuliskan apa yang perlu dilengkapi."))
    with transaction.atomic():
        current = locked(complaint.pk, "ask_completion", version)
        today = local_today(current.agency)
        current.completion_due_on = completion_due(today, terms_in_force(current.agency, today).terms)
        say(current, MessageKind.QUESTION, question, actor=actor)
        move(current, "ask_completion")
        tell("completion_asked", current, actor=actor)
    return current


def route_complaint(*, actor: Viewer, complaint: Complaint, version: int, finding: Finding) -> Complaint:
    """Passes a checked report to the unit that answers. A report that alleges misconduct goes to the oversight team: by
    the coordinator's hand it is gone from the desk, and waits for a check there.

    Raises NotNow for a class that makes no sense, and where no unit is named.
    """
    require_verifier(actor, complaint)
    with transaction.atomic():
        if finding.complaint_class == ComplaintClass.MISCONDUCT and not complaint.is_misconduct:
            current = locked(complaint.pk, "guard", version)
            give_to_oversight(current, current.about_unit or finding.unit, actor)
            return current
        current = locked(complaint.pk, "route", version)
        _require_sound(current, finding)
        _classify(current, finding)
        _send(current, finding.unit)
        current.verified_at = timezone.now()
        say(current, MessageKind.FORWARD, finding.note, actor=actor, unit=finding.unit)
        move(current, "route")
        tell("routed", current, actor=actor)
    return current


def _require_sound(complaint: Complaint, finding: Finding) -> None:
    if complaint.is_misconduct:
        if finding.complaint_class != ComplaintClass.MISCONDUCT or finding.unit:
            raise NotNow(gettext("Laporan tentang penyimpangan tetap pada tim pengawas."))
    elif finding.unit is None or finding.unit.agency_id != complaint.agency_id:
        raise NotNow(gettext("Pilih unit yang menjawab."))


def _classify(complaint: Complaint, finding: Finding) -> None:
    complaint.complaint_class = finding.complaint_class
    complaint.category = finding.category
    complaint.is_published = finding.is_published and not complaint.is_guarded
    complaint.photos.update(is_published=complaint.is_published and finding.publishes_photos)
    terms_in_force(complaint.agency, complaint.complete_on).classify(complaint)


def _send(complaint: Complaint, unit: Unit | None) -> None:
    """The unit has it from today on; the first answer counts from here, at the latest with the final one."""
    today = local_today(complaint.agency)
    found = terms_in_force(complaint.agency, today)
    complaint.unit, complaint.handler = unit, None
    complaint.routed_on = today
    if complaint.first_answered_at is None:
        complaint.first_answer_due_on = first_answer_due(today, found.terms, found.calendar)


def merge_duplicate(*, actor: Viewer, complaint: Complaint, version: int, main: Complaint) -> Complaint:
    """Joins a report to an earlier one about the same thing: its citizen gets every answer of that one, and keeps the
    own key. Raises NotNow where the other one has ended, is a duplicate itself, or either is guarded."""
    require_verifier(actor, complaint)
    with transaction.atomic():
        current = locked(complaint.pk, "merge", version)
        other = Complaint.objects.select_for_update(of=("self",)).select_related("unit").get(pk=main.pk)
        _require_joinable(current, other)
        current.duplicate_of, current.unit, current.handler = other, other.unit, other.handler
        current.complaint_class, current.category = other.complaint_class, other.category
        current.routed_on, current.verified_at = local_today(current.agency), timezone.now()
        current.first_answer_due_on = other.first_answer_due_on
        text = gettext("Laporan yang sama sudah ditangani. Jawabannya akan tampil di sini juga.")
        say(current, MessageKind.FORWARD, text, actor=actor, unit=other.unit)
        move(current, "merge")
        tell("merged", current, actor=actor, changes={"main": other.tracking_code})
    return current


def _require_joinable(current: Complaint, other: Complaint) -> None:
    joins = (ComplaintState.ROUTED, ComplaintState.IN_HAND, ComplaintState.REOPENED)
    same = other.agency_id == current.agency_id and other.pk != current.pk
    if not same or other.duplicate_of_id or other.state not in joins or other.unit is None:
        raise NotNow(gettext("Pilih laporan yang sedang ditangani dan bukan gabungan."))
    if current.is_guarded or other.is_guarded:
        raise NotNow(gettext("Laporan rahasia atau tentang penyimpangan tidak digabungkan."))


def reject_complaint(*, actor: Viewer, complaint: Complaint, version: int, reason: str) -> Complaint:
    """What is no report ends here, with a reason the citizen reads."""
    require_verifier(actor, complaint)
    _require_words(reason, gettext("Tuliskan alasannya; pelapor membacanya."))
    with transaction.atomic():
        current = locked(complaint.pk, "reject", version)
        current.ending_reason, current.closed_at = reason.strip(), timezone.now()
        current.verified_at = current.closed_at
        say(current, MessageKind.ANSWER, reason, actor=actor)
        move(current, "reject")
        tell("rejected", current, actor=actor)
    return current


def refer_complaint(*, actor: Viewer, complaint: Complaint, version: int, institution: str, reason: str) -> Complaint:
    """What belongs to another institution is passed to it by this one, not sent away."""
    require_verifier(actor, complaint)
    _require_words(institution, gettext("Tuliskan instansi yang dituju."))
    _require_words(reason, gettext("Tuliskan alasannya; pelapor membacanya."))
    with transaction.atomic():
        current = locked(complaint.pk, "refer", version)
        joined = Complaint.objects.select_for_update(of=("self",)).filter(duplicate_of=current, state=current.state)
        _refer(current, actor, institution.strip(), reason.strip())
        for each in joined.select_related("agency"):
            _refer(each, actor, institution.strip(), public_words(current, reason.strip()))
    return current


def _refer(complaint: Complaint, actor: Viewer, institution: str, reason: str) -> None:
    """Ends one report, and those joined to it alike: nobody is left waiting for an answer that goes elsewhere."""
    complaint.referred_to, complaint.ending_reason, complaint.closed_at = institution, reason, timezone.now()
    told = {"where": institution, "why": reason}
    say(complaint, MessageKind.FORWARD, gettext("Dialihkan kepada %(where)s. %(why)s") % told, actor=actor)
    move(complaint, "refer")
    tell("referred", complaint, actor=actor)


def note_privately(*, actor: Viewer, complaint: Complaint, text: str) -> None:
    """A note among those who handle it. Whoever writes it must be allowed to check or to answer."""
    if not may_work(actor, complaint):
        require_verifier(actor, complaint)
    _require_words(text, gettext("Catatan masih kosong."))
    with transaction.atomic():
        current = locked(complaint.pk, "note")
        say(current, MessageKind.NOTE, text, actor=actor, is_shown=False)
        keep(current)
        tell("noted", current, actor=actor)


def _require_words(text: str, reason: str) -> None:
    if not text.strip():
        raise NotNow(reason)
