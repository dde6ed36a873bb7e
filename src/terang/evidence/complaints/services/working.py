"""The unit takes a complaint in hand, passes it on within or beyond itself, and answers."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.complaints.access import possible_handlers, require_leader, require_worker
from terang.evidence.complaints.models import GOES_ALONG, Complaint, ComplaintMessage, ComplaintState, MessageKind
from terang.evidence.complaints.photos import keep_photos, take_in_photo
from terang.evidence.complaints.publication import public_words
from terang.evidence.complaints.services.charging import charge_answer, charge_missed
from terang.evidence.complaints.services.moving import held, keep, locked, move, say, tell
from terang.evidence.complaints.states import require_move, require_version, target_of
from terang.evidence.complaints.tasks import tell_reporter
from terang.evidence.complaints.terms import terms_in_force
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.complaints.deadlines import first_answer_due, response_due
from terang.web.errors import NotNow


def take_complaint(*, actor: Viewer, complaint: Complaint, version: int) -> Complaint:
    """The actor takes it in hand."""
    require_worker(actor, complaint)
    return _give(actor, complaint, version, actor.employee, "take")


def assign_complaint(*, actor: Viewer, complaint: Complaint, version: int, handler: Employee) -> Complaint:
    """The head or liaison of the unit gives it to one of its people. Raises NotNow for anybody else."""
    require_leader(actor, complaint)
    if not possible_handlers(complaint, actor).filter(pk=handler.pk).exists():
        raise NotNow(gettext("Pilih pegawai dari unit yang menjawab."))
    return _give(actor, complaint, version, handler, "assign")


def _give(actor: Viewer, complaint: Complaint, version: int, handler: Employee, verb: str) -> Complaint:
    with transaction.atomic():
        current = held(complaint.pk)
        if current.state == ComplaintState.IN_HAND and current.handler_id == handler.pk:
            return current
        require_move(current, verb)
        require_version(current, version)
        _require_main(current)
        charge_missed(current, local_today(current.agency))
        before, current.handler = current.handler_id, handler
        move(current, verb)
        _carry_along(current)
        tell("assigned" if verb == "assign" else "taken", current, actor=actor, people=[before])
    return current


def _require_main(complaint: Complaint) -> None:
    if complaint.duplicate_of_id:
        raise NotNow(gettext("Laporan ini digabungkan. Tangani laporan utamanya."))


def _followers(complaint: Complaint) -> list[Complaint]:
    """The reports joined to this one that go the same way."""
    rows = Complaint.objects.select_for_update(of=("self",)).filter(duplicate_of=complaint, state__in=GOES_ALONG)
    return list(rows.select_related("agency"))


def _carry_along(complaint: Complaint) -> None:
    """What was answered keeps its answer, and its citizen's own key."""
    for each in _followers(complaint):
        if each.state == ComplaintState.ANSWERED:
            continue
        each.unit, each.handler, each.state = complaint.unit, complaint.handler, complaint.state
        keep(each, is_public=True)


def reroute_complaint(*, actor: Viewer, complaint: Complaint, version: int, unit: Unit, reason: str) -> Complaint:
    """Not ours, but no wrong door: the unit passes it to another one with a reason. The final day stays."""
    require_worker(actor, complaint)
    if not reason.strip():
        raise NotNow(gettext("Tuliskan mengapa diteruskan; pelapor membacanya."))
    with transaction.atomic():
        current = locked(complaint.pk, "reroute", version)
        _require_main(current)
        if current.is_misconduct or unit.agency_id != current.agency_id or unit.pk == current.unit_id:
            raise NotNow(gettext("Pilih unit lain."))
        today = local_today(current.agency)
        found = terms_in_force(current.agency, today)
        charge_missed(current, today)
        before = current.handler_id
        current.unit, current.handler, current.routed_on = unit, None, today
        if current.first_answered_at is None:
            current.first_answer_due_on = first_answer_due(today, found.terms, found.calendar)
        say(current, MessageKind.FORWARD, reason, actor=actor, unit=unit)
        move(current, "reroute")
        _carry_along(current)
        tell("rerouted", current, actor=actor, people=[before])
    return current


def tell_citizen(*, actor: Viewer, complaint: Complaint, text: str, asks: bool, form_key: UUID) -> ComplaintMessage:
    """News or a question to the citizen; the first one is the first answer. The clock goes on. Reports joined to this
    one get it without what tells who reported this one."""
    require_worker(actor, complaint)
    _require_answer(text)
    kind = MessageKind.QUESTION if asks else MessageKind.REPLY
    with transaction.atomic():
        current = held(complaint.pk)
        if known := ComplaintMessage.objects.filter(form_key=form_key, complaint=current).first():
            return known
        require_move(current, "tell")
        _require_main(current)
        message = say(current, kind, text, actor=actor, form_key=form_key)
        current.first_answered_at = current.first_answered_at or message.said_at
        keep(current)
        for each in _followers(current):
            say(each, kind, public_words(current, text), actor=actor)
            each.first_answered_at = each.first_answered_at or message.said_at
            keep(each)
        tell("citizen_told", current, actor=actor)
    return message


def answer_complaint(
    *,
    actor: Viewer,
    complaint: Complaint,
    version: int,
    text: str,
    form_key: UUID,
    photos: Sequence[UploadedFile] = (),
) -> Complaint:
    """The unit's key: its final answer. From now the citizen confirms it or opens it again; a further answer lets that
    time begin anew. `photos` show what was done, to who handles it and to the reporter; reports joined to this one get
    the text. Raises RejectedFileError for a photo that is none."""
    require_worker(actor, complaint)
    _require_answer(text)
    taken = [take_in_photo(photo, agency_id=complaint.agency_id) for photo in photos]
    with transaction.atomic():
        current = held(complaint.pk)
        if ComplaintMessage.objects.filter(form_key=form_key, complaint=current).exists():
            return current
        require_move(current, "answer")
        require_version(current, version)
        _require_main(current)
        today = local_today(current.agency)
        charge_missed(current, today)
        charge_answer(current, actor.employee, today)
        current.handler = current.handler or actor.employee
        keep_photos(current, taken, _answer(current, actor, text, form_key))
        for each in _followers(current):
            _answer(each, actor, public_words(current, text), None)
            tell_reporter(each, "answered")
        tell("answered", current, actor=actor)
    return current


def _answer(complaint: Complaint, actor: Viewer, text: str, form_key: UUID | None) -> ComplaintMessage:
    now, today = timezone.now(), local_today(complaint.agency)
    found = terms_in_force(complaint.agency, today)
    message = say(complaint, MessageKind.ANSWER, text, actor=actor, form_key=form_key)
    complaint.first_answered_at = complaint.first_answered_at or now
    complaint.answered_on = complaint.answered_on or today
    complaint.last_answer_at = now
    complaint.response_due_on = response_due(today, found.terms, found.calendar)
    complaint.state = target_of("answer")
    keep(complaint, is_public=True)
    return message


def _require_answer(text: str) -> None:
    if not text.strip():
        raise NotNow(gettext("Tuliskan jawabannya; pelapor membacanya."))
