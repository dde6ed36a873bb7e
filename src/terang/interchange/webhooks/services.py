"""Setting up who is told, pausing, going on, ending. Kept by who keeps the keys of programs."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.selectors import head
from terang.audit.services import record
from terang.interchange.models import Webhook, WebhookAttempt
from terang.interchange.open311.keys import require_keeper
from terang.interchange.webhooks.events import TRIAL, VERBS, body_of
from terang.interchange.webhooks.pushing import note, push
from terang.interchange.webhooks.sending import hidden, new_secret, send, shown, why_not
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Listener:
    """Who is told of what, as somebody fills it in. `groups` are codes of `events.GROUPS`."""

    name: str
    contact: str
    address: str
    groups: list[str]


def webhooks_of(viewer: Viewer | None) -> QuerySet[Webhook]:
    """Who is told in the viewer's government; those that ended come last. Raises NotAllowed. One query."""
    viewer = require_keeper(viewer)
    rows = Webhook.objects.filter(agency_id=viewer.agency_id).select_related("made_by", "paused_by", "ended_by")
    return rows.order_by("ended_at", "name", "pk")


def webhook_for(viewer: Viewer | None, pk: int) -> Webhook:
    """One of them. Raises NotAllowed and Http404. One query."""
    return get_object_or_404(webhooks_of(viewer).select_related("agency"), pk=pk)


def _check(listener: Listener) -> None:
    faults: dict[str, str] = {}
    if why := why_not(listener.address):
        faults["address"] = why
    if not listener.groups or set(listener.groups) - set(VERBS.values()):
        faults["groups"] = gettext("Pilih paling sedikit satu kelompok kabar dari daftar.")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def add_webhook(*, actor: Viewer | None, listener: Listener, form_key: uuid.UUID) -> tuple[Webhook, str]:
    """A program that is told from now on, and the secret its messages are signed with: shown once, empty when the form
    is sent again. Raises NotAllowed and ValidationError."""
    viewer = require_keeper(actor)
    if earlier := Webhook.objects.filter(form_key=form_key, agency_id=viewer.agency_id).first():
        return earlier, ""
    _check(listener)
    secret = new_secret()
    made = Webhook.objects.create(
        agency_id=viewer.agency_id,
        name=listener.name,
        contact=listener.contact,
        address=listener.address,
        groups=listener.groups,
        secret=hidden(secret),
        position=head(),
        made_by=viewer.employee,
        made_at=timezone.now(),
        form_key=form_key,
    )
    _record(viewer, "added", made, changes={"program": made.name, "groups": made.groups})
    return made, secret


@transaction.atomic
def change_webhook(*, actor: Viewer | None, webhook: Webhook, listener: Listener, seen: int) -> Webhook:
    """Another name, address or choice. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer, held = _held(actor, webhook, seen)
    _check(listener)
    held.name, held.contact = listener.name, listener.contact
    held.address, held.groups = listener.address, listener.groups
    held.failures, held.next_at = 0, None
    held.version += 1
    held.save(update_fields=["name", "contact", "address", "groups", "failures", "next_at", "version"])
    _record(viewer, "changed", held, changes={"program": held.name, "groups": held.groups})
    _take_up(held)
    return held


@transaction.atomic
def renew_secret(*, actor: Viewer | None, webhook: Webhook, seen: int) -> tuple[Webhook, str]:
    """A new secret, shown once; the old one signs nothing any more. Raises NotAllowed, NotNow, Stale."""
    viewer, held = _held(actor, webhook, seen)
    secret = new_secret()
    held.secret, held.version = hidden(secret), held.version + 1
    held.save(update_fields=["secret", "version"])
    _record(viewer, "secret_renewed", held)
    return held, secret


@transaction.atomic
def pause_webhook(*, actor: Viewer | None, webhook: Webhook, reason: str, seen: int) -> Webhook:
    """Nothing is sent until somebody goes on. Twice is as good as once. Raises NotAllowed, NotNow, Stale,
    ValidationError."""
    viewer, held = _held(actor, webhook, None)
    if held.paused_at:
        return held
    _require_seen(held, seen)
    held.paused_at, held.paused_by, held.paused_because = timezone.now(), viewer.employee, _reason(reason)
    held.version += 1
    held.save(update_fields=["paused_at", "paused_by", "paused_because", "version"])
    _record(viewer, "paused", held, reason=held.paused_because)
    return held


@transaction.atomic
def resume_webhook(*, actor: Viewer | None, webhook: Webhook, skip: bool, seen: int) -> Webhook:
    """Goes on where it stopped, or (`skip`) with what happens from now on. Raises NotAllowed, NotNow, Stale."""
    viewer, held = _held(actor, webhook, None)
    if held.paused_at is None:
        return held
    _require_seen(held, seen)
    held.paused_at, held.paused_by, held.paused_because = None, None, ""
    held.failures, held.next_at, held.version = 0, None, held.version + 1
    if skip:
        held.position = head()
    fields = ["paused_at", "paused_by", "paused_because", "failures", "next_at", "position", "version"]
    held.save(update_fields=fields)
    _record(viewer, "resumed", held, changes={"skipped": skip})
    _take_up(held)
    return held


@transaction.atomic
def end_webhook(*, actor: Viewer | None, webhook: Webhook, reason: str, seen: int) -> Webhook:
    """For good: its secret is destroyed. Twice is as good as once. Raises NotAllowed, Stale, ValidationError."""
    viewer = require_keeper(actor)
    rows = Webhook.objects.select_for_update(of=("self",)).select_related("agency")
    held = get_object_or_404(rows, pk=webhook.pk, agency_id=viewer.agency_id)
    if held.ended_at:
        return held
    _require_seen(held, seen)
    held.ended_at, held.ended_by, held.ended_because = timezone.now(), viewer.employee, _reason(reason)
    held.secret, held.version = "", held.version + 1
    held.save(update_fields=["ended_at", "ended_by", "ended_because", "secret", "version"])
    _record(viewer, "ended", held, reason=held.ended_because)
    return held


def try_webhook(*, actor: Viewer | None, webhook: Webhook) -> WebhookAttempt:
    """Sends a trial message at once and keeps how it went. Raises NotAllowed and NotNow."""
    viewer = require_keeper(actor)
    held = webhook_for(viewer, webhook.pk)
    if held.ended_at:
        raise NotNow(gettext("Penerima ini sudah diakhiri."))
    now = timezone.now()
    body = body_of({"type": TRIAL, "timestamp": now.isoformat(), "data": {"agency": held.agency.code}})
    answer = send(held.address, shown(held.secret), f"terang-trial-{uuid.uuid4().hex}", body, now)
    with transaction.atomic():
        made = note(held, 0, TRIAL, answer, now)
        _record(viewer, "tried", held, changes={"arrived": answer.arrived})
    return made


def _held(actor: Viewer | None, webhook: Webhook, seen: int | None) -> tuple[Viewer, Webhook]:
    viewer = require_keeper(actor)
    rows = Webhook.objects.select_for_update(of=("self",)).select_related("agency")
    held = get_object_or_404(rows, pk=webhook.pk, agency_id=viewer.agency_id)
    if held.ended_at:
        raise NotNow(gettext("Penerima ini sudah diakhiri."))
    if seen is not None:
        _require_seen(held, seen)
    return viewer, held


def _require_seen(held: Webhook, seen: int) -> None:
    if held.version != seen:
        raise Stale(gettext("Halaman ini sudah usang: seseorang mengubahnya. Muat ulang, lalu ulangi."))


def _reason(text: str) -> str:
    if not text.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya.")})
    return text.strip()[:200]


def _take_up(webhook: Webhook) -> None:
    if webhook.is_active:
        transaction.on_commit(lambda: push.enqueue(webhook.pk))


def _record(viewer: Viewer, verb: str, obj: Webhook, **more: object) -> None:
    told = {"actor": viewer.user, "obj": obj, "agency_id": obj.agency_id, **more}
    record(f"interchange.webhook_{verb}", **told)  # type: ignore[arg-type]
