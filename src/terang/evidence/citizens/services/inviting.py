"""Links to the survey: made when a request is finished, made anew when one was lost."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.citizens.access import require_own_request
from terang.evidence.citizens.models import ServiceRequest, SurveyInvitation
from terang.evidence.citizens.services.telling import record_request
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed
from terang.web.secrets import new_token, token_hash

LINK_LASTS = timedelta(days=30)


def renew_link(*, actor: Viewer, request: ServiceRequest) -> str:
    """A new link in place of one that was lost; the old one stops working. Raises NotAllowed once it was used."""
    require_own_request(actor, request)
    with transaction.atomic():
        invitation = SurveyInvitation.objects.select_for_update().filter(request=request).first()
        if request.completed_at is None or (invitation is not None and invitation.used_at is not None):
            raise NotAllowed(gettext("Tautan baru hanya untuk permohonan selesai yang surveinya belum dijawab."))
        if invitation is not None:
            invitation.delete()
        token = invite(request)
        record_request("citizens.survey_link_renewed", request, actor)
    return token


def invite(request: ServiceRequest) -> str:
    """A new one-time link for a request, inside the caller's transaction. Returns its token; only the hash is kept."""
    token = new_token()
    expires = timezone.now() + LINK_LASTS
    SurveyInvitation.objects.create(request=request, token_hash=token_hash(token), expires_at=expires)
    return token
