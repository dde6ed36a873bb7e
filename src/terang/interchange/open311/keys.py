"""Issuing and revoking the keys of programs, and knowing one again."""

import secrets
import uuid

from django.db import transaction
from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.interchange.models import ApiKey
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow
from terang.web.secrets import token_hash

KEEPERS = (Role.PERSONNEL, Role.OPERATOR)


def may_keep_keys(viewer: Viewer | None) -> bool:
    """Whether the viewer looks after the keys of the government: its operator or personnel agency."""
    return bool(viewer and viewer.has(*KEEPERS))


def require_keeper(viewer: Viewer | None) -> Viewer:
    """Only who looks after keys. Returns the viewer."""
    if viewer is None or not may_keep_keys(viewer):
        raise NotAllowed(gettext("Kunci program diurus oleh operator teknis dan pengelola kepegawaian."))
    return viewer


def keys_of(viewer: Viewer) -> QuerySet[ApiKey]:
    """The keys of the viewer's government, latest first, each with how many reports came by it. 1 query."""
    rows = ApiKey.objects.filter(agency_id=viewer.agency_id).select_related("issued_by", "revoked_by")
    return rows.annotate(reports=Count("submissions"))


def issue_key(
    *, actor: Viewer | None, name: str, contact: str, by_token: bool, form_key: uuid.UUID
) -> tuple[ApiKey, str]:
    """A new key and what the program sends; it is kept nowhere and empty when the form is sent again."""
    viewer = require_keeper(actor)
    earlier = ApiKey.objects.filter(form_key=form_key, agency_id=viewer.agency_id).first()
    if earlier:
        return earlier, ""
    sent = secrets.token_urlsafe(24)
    with transaction.atomic():
        key = ApiKey.objects.create(
            agency_id=viewer.agency_id,
            name=name,
            contact=contact,
            key_hash=token_hash(sent),
            start=sent[:6],
            by_token=by_token,
            form_key=form_key,
            issued_by=viewer.employee,
            issued_at=timezone.now(),
        )
        record(
            "interchange.key_issued",
            actor=viewer.user,
            obj=key,
            agency_id=key.agency_id,
            changes={"program": name, "by_token": by_token},
        )
    return key, sent


def revoke_key(*, actor: Viewer | None, key_id: int, reason: str) -> ApiKey:
    """From now on the program is refused; what it sent stays. A second click changes nothing. Raises Http404."""
    viewer = require_keeper(actor)
    with transaction.atomic():
        key = get_object_or_404(ApiKey.objects.select_for_update(), pk=key_id, agency_id=viewer.agency_id)
        if not reason.strip():
            raise NotNow(gettext("Tuliskan alasan pencabutan."))
        if key.revoked_at:
            return key
        key.revoked_at, key.revoked_by, key.revoke_reason = timezone.now(), viewer.employee, reason.strip()[:200]
        key.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        record("interchange.key_revoked", actor=viewer.user, obj=key, agency_id=key.agency_id, reason=key.revoke_reason)
    return key


def key_of(sent: str) -> ApiKey | None:
    """The key behind what a program sends; None where it is unknown or revoked. 1 query."""
    rows = ApiKey.objects.select_related("agency").filter(revoked_at=None)
    return rows.filter(key_hash=token_hash(sent)).first() if sent else None
