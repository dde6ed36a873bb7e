"""Links to the survey: made when a request is finished, made anew when one was lost, or asked for before the end."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.citizens.access import require_own_request
from terang.evidence.citizens.models import ServiceRequest, SurveyInvitation
from terang.evidence.citizens.services.telling import record_request
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow
from terang.web.secrets import new_token, token_hash

LINK_LASTS = timedelta(days=30)
"""How long a survey link opens after it was made; no law says so. Links made before keep their own day."""


def renew_link(*, actor: Viewer, request: ServiceRequest) -> str:
    """A new link in place of one that was lost, or the first one of a request that is still waiting or was refused:
    whoever got no service may say so too. The old link stops working. Raises NotAllowed once it was used."""
    require_own_request(actor, request)
    with transaction.atomic():
        token = invite(request)
        if not token:
            raise NotAllowed(gettext("Tautan baru hanya untuk permohonan yang surveinya belum dijawab."))
        record_request("citizens.survey_link_renewed", request, actor)
    return token


def invite_follower(*, request: ServiceRequest) -> str:
    """A new link for the applicant who follows the request, in place of an unused one. Raises NotNow once answered."""
    with transaction.atomic():
        token = invite(request)
        if not token:
            raise NotNow(gettext("Survei untuk permohonan ini sudah dijawab. Terima kasih."))
        record_request("citizens.survey_opened", request, None)
    return token


def answered(request: ServiceRequest) -> bool:
    """Whether the survey of this request was answered. One query."""
    return SurveyInvitation.objects.filter(request=request, used_at__isnull=False).exists()


def invite(request: ServiceRequest) -> str:
    """A new one-time link for a request in place of an unused one, inside the caller's transaction. Returns its token,
    of which only the hash is kept; empty where the request was answered for already: one answer for one event."""
    invitation = SurveyInvitation.objects.select_for_update().filter(request=request).first()
    if invitation is not None and invitation.used_at is not None:
        return ""
    if invitation is not None:
        invitation.delete()
    token = new_token()
    expires = timezone.now() + LINK_LASTS
    SurveyInvitation.objects.create(request=request, token_hash=token_hash(token), expires_at=expires)
    return token
