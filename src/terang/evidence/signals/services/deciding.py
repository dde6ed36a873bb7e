"""A question ends: dismissed with a reason, or referred once somebody was heard. Neither changes a score."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.signals.access import require_overseer
from terang.evidence.signals.models import Path, Signal
from terang.evidence.signals.services.moving import held, moved
from terang.registry.people.viewer import Viewer


def dismiss_signal(*, actor: Viewer | None, signal: Signal, reason: str, version: int) -> Signal:
    """Ends the question, also one that was never asked. The same evidence is not asked about again.

    Raises NotAllowed, Stale, NotNow, ValidationError without a reason.
    """
    viewer = require_overseer(actor, signal)
    with transaction.atomic():
        current = held(signal, "dismiss", version, viewer)
        return moved(current, "dismiss", "dismissed", viewer, **_decided(viewer, reason))


def refer_signal(*, actor: Viewer | None, signal: Signal, path: Path, reason: str, version: int) -> Signal:
    """Passes the question on to a visit or to the head of the inspectorate, after an answer or its last day.

    What comes of it has its own way (a finding is heard before it counts). Raises as `dismiss_signal`.
    """
    viewer = require_overseer(actor, signal)
    with transaction.atomic():
        current = held(signal, "refer", version, viewer)
        return moved(current, "refer", "referred", viewer, path=path, **_decided(viewer, reason))


def _decided(viewer: Viewer, reason: str) -> dict[str, Any]:
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya. Yang ditanya membacanya.")})
    return {"reason": reason.strip(), "decided_by": viewer.employee, "decided_at": timezone.now()}
