"""The verbs of the register. Each locks the failure, moves it, and writes one journal entry without what was exposed,
who it concerns, or any words: the journal is read by more people than the register."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.privacy.access import require_decider, require_keeper
from terang.privacy.models import Breach, BreachFacts, BreachNotice, PublicNotice, Recipient
from terang.privacy.notice import missing_of, names_of_parts
from terang.privacy.selectors import newest_facts, told_of
from terang.privacy.states import MOVES, recipients_due, require_move, require_version, state_of
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.errors import RuleInputError
from terang.rules.regulations.breach import notice_due
from terang.web.errors import NotNow
from terang.web.scrubbing import scrub
from terang.web.sentences import said

WITHOUT_NAMES = ("title", "how", "exposed", "handling", "recovery", "happened_note", "public_reason", "reason")
LATEST = ("happened_at", "known_at")


@transaction.atomic
def report_suspicion(*, actor: Viewer, text: str, form_key: UUID) -> Breach:
    """Any employee tells what may be a failure; from this moment at the latest the government knows, so the clock runs.
    A second click returns the first report."""
    require_viewer(actor)
    known = Breach.objects.filter(form_key=form_key, reported_by=actor.employee).first()
    if known:
        return known
    _require_words(text, "text", gettext("Tuliskan apa yang Anda lihat."))
    now = timezone.now()
    breach = Breach.objects.create(
        agency_id=actor.agency_id,
        form_key=form_key,
        suspicion=text.strip(),
        reported_by=actor.employee,
        reported_at=now,
        due_at=notice_due(now),
    )
    _tell("suspected", breach, actor)
    return breach


@transaction.atomic
def write_facts(*, actor: Viewer, breach: Breach, version: int, values: Mapping[str, Any]) -> BreachFacts:
    """The facts as they are known now: the first version confirms the suspicion, each later one corrects it, with a
    reason. None before it changes. Raises ValidationError for what cannot be, or names somebody."""
    require_keeper(actor, breach)
    current = _held(breach)
    before = newest_facts(current)
    require_move(current, "correct" if before else "confirm")
    require_version(current, version)
    _require_sound(current, before, values)
    facts = BreachFacts.objects.create(
        **{name: value.strip() if isinstance(value, str) else value for name, value in values.items()},
        breach=current,
        number=before.number + 1 if before else 1,
        entered_by=actor.employee,
        entered_at=timezone.now(),
    )
    current.due_at = _due(facts.known_at)
    _settle(current)
    _tell("corrected" if before else "confirmed", current, actor, facts=facts.number, due_at=current.due_at.isoformat())
    return facts


@transaction.atomic
def record_notice(
    *, actor: Viewer, breach: Breach, recipient: Recipient, sent_at: datetime, way: str, form_key: UUID
) -> BreachNotice:
    """Somebody was told in writing. Once everybody due was told, the failure counts as told. Raises NotNow while the
    text lacks what the law asks for, or the public was not decided on; ValidationError for a moment that cannot be."""
    require_keeper(actor, breach)
    current = _held(breach)
    if known := current.notices.filter(form_key=form_key).first():
        return known
    require_move(current, "notify")
    facts = newest_facts(current)
    assert facts is not None  # open failures have facts
    _require_sendable(facts, recipient, sent_at)
    _require_words(way, "way", gettext("Tuliskan cara dan nomor suratnya."))
    notice = BreachNotice.objects.create(
        breach=current,
        facts=facts,
        form_key=form_key,
        recipient=recipient,
        sent_at=sent_at,
        way=way.strip(),
        recorded_by=actor.employee,
        recorded_at=timezone.now(),
    )
    _settle(current)
    late = {"late": True} if sent_at > current.due_at else {}
    _tell("notice_recorded", current, actor, to=str(recipient), at=sent_at.isoformat(), **late)
    return notice


@transaction.atomic
def withdraw_notice(*, actor: Viewer, notice: BreachNotice, reason: str) -> BreachNotice:
    """A notice recorded by mistake counts no longer; it stays readable with the reason."""
    require_keeper(actor, notice.breach)
    breach = _held(notice.breach)
    require_move(breach, "withdraw")
    current = breach.notices.select_for_update().get(pk=notice.pk)
    if current.withdrawn_at:
        return current
    _require_words(reason, "reason", gettext("Tuliskan alasannya."))
    current.withdrawn_at, current.withdrawn_by = timezone.now(), actor.employee
    current.withdrawn_reason = reason.strip()
    current.save()
    _settle(breach)
    _tell("notice_withdrawn", breach, actor, to=str(current.recipient))
    return current


@transaction.atomic
def dismiss(*, actor: Viewer, breach: Breach, version: int, reason: str) -> Breach:
    """The oversight team says that it was no failure, and why."""
    return _end("dismiss", "dismissed", actor, breach, version, reason)


@transaction.atomic
def close(*, actor: Viewer, breach: Breach, version: int, reason: str) -> Breach:
    """The oversight team closes what everybody was told of. Raises NotNow while nobody decided on telling the
    public."""
    facts = newest_facts(breach)
    if facts and facts.tells_public == PublicNotice.UNDECIDED:
        raise NotNow(gettext("Putuskan dahulu apakah masyarakat perlu diberi tahu."))
    return _end("close", "closed", actor, breach, version, reason)


@transaction.atomic
def reopen(*, actor: Viewer, breach: Breach, version: int, reason: str) -> Breach:
    """Something new came up: as it was before the end, with the reason in the journal."""
    require_decider(actor, breach)
    _require_words(reason, "reason", gettext("Tuliskan alasannya."))
    current = _held(breach)
    require_move(current, "reopen")
    require_version(current, version)
    current.ending, current.ended_at, current.ended_by = "", None, None
    _settle(current)
    _tell("reopened", current, actor)
    return current


def _end(verb: str, told: str, actor: Viewer, breach: Breach, version: int, reason: str) -> Breach:
    require_decider(actor, breach)
    _require_words(reason, "reason", gettext("Tuliskan alasannya."))
    current = _held(breach)
    require_move(current, verb)
    require_version(current, version)
    target = MOVES[verb].target
    assert target is not None
    current.state, current.ending = target, reason.strip()
    current.ended_at, current.ended_by = timezone.now(), actor.employee
    _keep(current)
    _tell(told, current, actor)
    return current


def _held(breach: Breach) -> Breach:
    return Breach.objects.select_for_update(of=("self",)).get(pk=breach.pk)


def _settle(breach: Breach) -> None:
    """The state that facts and notices give, as a new version."""
    breach.state = state_of(newest_facts(breach), told_of(breach))
    _keep(breach)


def _keep(breach: Breach) -> None:
    breach.version += 1
    breach.save()


def _due(known_at: datetime) -> datetime:
    try:
        return notice_due(known_at)
    except RuleInputError as refused:
        raise ValidationError({"known_at": f"{said(refused.message)} {said(refused.hint)}"}) from None


def _require_sound(breach: Breach, before: BreachFacts | None, values: Mapping[str, Any]) -> None:
    now, wrong = timezone.now(), {}
    for name in LATEST:
        if values[name] and values[name] > now:
            wrong[name] = gettext("Waktu ini belum lewat. Periksa tanggal dan jamnya.")
    if values["known_at"] > breach.reported_at:
        wrong["known_at"] = gettext("Paling lambat saat dugaannya dilaporkan: sejak itu pemerintah tahu.")
    elif values["happened_at"] and values["happened_at"] > values["known_at"]:
        wrong["happened_at"] = gettext("Kegagalan tidak dapat terjadi setelah diketahui.")
    if before and not values["reason"].strip():
        wrong["reason"] = gettext("Tuliskan mengapa catatan ini berubah.")
    if values["tells_public"] and not values["public_reason"].strip():
        wrong["public_reason"] = gettext("Tuliskan alasannya.")
    for name in WITHOUT_NAMES:
        if scrub(values[name]) != values[name]:
            wrong[name] = gettext("Tulis tanpa nama, nomor, atau alamat orang. Catatan ini hanya memuat jenis datanya.")
    if wrong:
        raise ValidationError(wrong)


def _require_sendable(facts: BreachFacts, recipient: Recipient, sent_at: datetime) -> None:
    if recipient not in recipients_due(facts):
        raise NotNow(gettext("Belum diputuskan bahwa masyarakat perlu diberi tahu."))
    missing = missing_of(facts)
    if missing:
        raise NotNow(gettext("Pemberitahuan belum memuat: %(parts)s.") % {"parts": ", ".join(names_of_parts(missing))})
    if sent_at > timezone.now():
        raise ValidationError({"sent_at": gettext("Waktu ini belum lewat. Periksa tanggal dan jamnya.")})
    if sent_at < facts.known_at:
        raise ValidationError({"sent_at": gettext("Pemberitahuan tidak dapat dikirim sebelum kegagalannya diketahui.")})


def _require_words(text: str, field: str, reason: str) -> None:
    if not text.strip():
        raise ValidationError({field: reason})


def _tell(verb: str, breach: Breach, actor: Viewer, **changes: Any) -> None:
    record(
        f"privacy.{verb}",
        actor=actor.user,
        obj=breach,
        agency_id=breach.agency_id,
        changes={"state": str(breach.state), **changes},
    )
