"""The states of a request and of a survey link. Both are read from dates; there is nothing to fall out of step."""

from datetime import datetime

from django.utils.translation import gettext

from terang.evidence.citizens.models import ServiceRequest, SurveyInvitation
from terang.web.errors import NotNow


def require_open(request: ServiceRequest) -> None:
    """Raises NotNow where the request is finished already."""
    if request.completed_at is not None:
        raise NotNow(gettext("Permohonan ini sudah selesai. Tautan surveinya ada di halaman permohonan."))


def link_state(invitation: SurveyInvitation | None, now: datetime) -> str:
    """What a link is: unknown, used, expired or open."""
    if invitation is None:
        return "unknown"
    if invitation.used_at is not None:
        return "used"
    return "expired" if now >= invitation.expires_at else "open"
