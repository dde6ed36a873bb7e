"""A tablet at the counter: registered by the manager, shown a request by the officer, answered by the citizen.

Nothing joins an answer to the kiosk it came from: the answer only says that it came from a kiosk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.citizens.models import Kiosk, ServiceRequest, SurveyInvitation
from terang.evidence.citizens.models.survey import Channel
from terang.evidence.citizens.services.answering import (
    Answers,
    checked,
    checked_about,
    keep_answer,
    locked_invitations,
)
from terang.evidence.citizens.services.inviting import invite
from terang.evidence.citizens.survey_access import require_manager, require_offerer
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow
from terang.web.secrets import new_token, token_hash

RESTS_AFTER = timedelta(minutes=2)
"""Without a sign of life for so long, a kiosk goes back to rest by itself."""


@dataclass(frozen=True)
class Registered:
    """A new kiosk and the token of its link, shown now and never again."""

    kiosk: Kiosk
    token: str


def register_kiosk(*, actor: Viewer, unit: Unit, name: str) -> Registered:
    """A tablet for a unit's counter. Its link is its key; only the hash is kept."""
    viewer = require_manager(actor, unit)
    token = new_token()
    with transaction.atomic():
        kiosk = Kiosk.objects.create(
            unit=unit,
            name=name.strip(),
            token_hash=token_hash(token),
            registered_by=viewer.employee,
            registered_at=timezone.now(),
        )
        _record("citizens.kiosk_registered", kiosk, actor)
    return Registered(kiosk, token)


def revoke_kiosk(*, actor: Viewer, kiosk: Kiosk, reason: str) -> None:
    """The link stops working at once, whatever it shows. Revoking twice is once."""
    require_manager(actor, kiosk.unit)
    with transaction.atomic():
        current = Kiosk.objects.select_for_update(of=("self",)).select_related("unit").get(pk=kiosk.pk)
        if current.revoked_at is not None:
            return
        current.revoked_at, current.revoke_reason = timezone.now(), reason.strip()
        current.request, current.alive_at = None, None
        current.save(update_fields=["revoked_at", "revoke_reason", "request", "alive_at"])
        _record("citizens.kiosk_revoked", current, actor, reason=current.revoke_reason)


def offer_at_kiosk(*, actor: Viewer, request: ServiceRequest, kiosk: Kiosk) -> Kiosk:
    """The officer lets a kiosk of the service's unit ask about a request, finished or not, for two minutes.

    Raises NotNow where the request was answered for already, or the kiosk is asking somebody else. The journal does
    not say which request it was.
    """
    require_offerer(actor, request)
    if not request.service.unit.path.startswith(kiosk.unit.path):
        raise NotAllowed(gettext("Kios ini milik unit lain."))
    if SurveyInvitation.objects.filter(request=request, used_at__isnull=False).exists():
        raise NotNow(gettext("Survei untuk permohonan ini sudah dijawab."))
    with transaction.atomic():
        current = Kiosk.objects.select_for_update(of=("self",)).select_related("unit").get(pk=kiosk.pk)
        if current.revoked_at is not None:
            raise NotNow(gettext("Kios ini sudah dicabut."))
        now = timezone.now()
        if is_asking(current, now) and current.request_id != request.pk:
            raise NotNow(gettext("Kios ini sedang dipakai. Tunggu sampai kembali kosong."))
        current.offer, current.request, current.alive_at = current.offer + 1, request, now
        current.save(update_fields=["offer", "request", "alive_at"])
        _record("citizens.kiosk_offered", current, actor)
    return current


def is_asking(kiosk: Kiosk, now: datetime) -> bool:
    """Whether somebody is being asked at this moment."""
    alive = kiosk.revoked_at is None and kiosk.request_id is not None and kiosk.alive_at is not None
    return alive and now < kiosk.alive_at + RESTS_AFTER  # type: ignore[operator]


def touch_kiosk(*, token: str, offer: int) -> None:
    """The citizen is still there: two more minutes. Tells the journal nothing, for nothing is decided."""
    now = timezone.now()
    Kiosk.objects.filter(
        token_hash=token_hash(token), offer=offer, revoked_at=None, alive_at__gt=now - RESTS_AFTER
    ).update(alive_at=now)


def rest_kiosk(*, token: str, offer: int) -> None:
    """The citizen would rather not answer: the kiosk forgets the request."""
    Kiosk.objects.filter(token_hash=token_hash(token), offer=offer).update(request=None, alive_at=None)


def answer_at_kiosk(
    *,
    token: str,
    offer: int,
    answers: Answers,
    remark: str = "",
    about: Mapping[str, str] | None = None,
) -> str:
    """The citizen's answer at a kiosk. Returns "open" (kept), "used" (answered before), "over" (the kiosk rests or asks
    about something else by now) or "unknown" (revoked). In each case the kiosk forgets the request.

    Raises ValidationError for another value; nothing is kept and the kiosk goes on asking.
    """
    values = {**checked(answers), **checked_about(about or {})}
    with transaction.atomic():
        kiosk = Kiosk.objects.select_for_update(of=("self",)).filter(token_hash=token_hash(token)).first()
        if kiosk is None or kiosk.revoked_at is not None:
            return "unknown"
        if kiosk.offer != offer or not is_asking(kiosk, timezone.now()):
            return "over"
        request = kiosk.request
        assert request is not None
        kiosk.request, kiosk.alive_at = None, None
        kiosk.save(update_fields=["request", "alive_at"])
        return _kept(request, values, remark)


def _kept(request: ServiceRequest, values: Mapping[str, int | str | None], remark: str) -> str:
    """Answers through the request's one invitation, which the kiosk makes where there is none."""
    if not SurveyInvitation.objects.filter(request=request).exists():
        invite(request)
    invitation = locked_invitations().get(request=request)
    if invitation.used_at is not None:
        return "used"
    keep_answer(invitation, values, remark, Channel.KIOSK)
    return "open"


def _record(verb: str, kiosk: Kiosk, actor: Viewer, *, reason: str = "") -> None:
    unit = kiosk.unit
    record(verb, actor=actor.user, obj=kiosk, agency_id=unit.agency_id, unit_id=unit.pk, changes={}, reason=reason)
