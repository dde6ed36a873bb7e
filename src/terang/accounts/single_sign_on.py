"""Sign-in with a government's own OpenID Connect provider (ADR 0046).

The provider proves the NIP; whether that NIP has an account here, and what it may see, Terang alone decides. Nothing of
the provider is kept: neither tokens nor a second name of the person.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from requests import RequestException

from terang.accounts.models import User
from terang.accounts.services import note_failed_sign_in


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Finds the account of the proven NIP. Answers with a reason where there is none, or it is closed."""
        nip = _proven_nip(sociallogin.account.extra_data)
        user = User.objects.filter(nip=nip, is_active=True).first() if nip else None
        if user is None:
            note_failed_sign_in(request, nip)
            raise ImmediateHttpResponse(_refused(request, _unknown(nip), status=403))
        sociallogin.user = user

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        if error == AuthError.CANCELLED:
            reason = gettext("Anda membatalkannya di %(name)s.")
        elif isinstance(exception, RequestException):
            reason = gettext("%(name)s tidak dapat dihubungi. Coba lagi sebentar lagi.")
        else:
            reason = gettext("%(name)s tidak membuktikan siapa Anda, atau tautannya sudah lama. Mulai lagi dari sini.")
        raise ImmediateHttpResponse(_refused(request, reason % {"name": settings.SSO_NAME}, status=401))


@never_cache
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the person to the provider. 404 where this installation has none."""
    _needed()
    try:
        answer: HttpResponse = openid.login(request, provider_id)
    except RequestException:
        reason = gettext("%(name)s tidak dapat dihubungi. Coba lagi sebentar lagi.") % {"name": settings.SSO_NAME}
        return _refused(request, reason, status=502)
    return answer


@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Takes the provider's answer: signs in, asks for the second factor, or says why not."""
    _needed()
    answer: HttpResponse = openid.callback(request, provider_id)
    return answer


def _needed() -> None:
    if not settings.SSO_ISSUER:
        raise Http404


def _proven_nip(told: dict[str, Any]) -> str:
    """The NIP among the claims, of the token before those of the profile; empty where there is none."""
    for claims in (told.get("id_token") or {}, told.get("userinfo") or {}):
        if nip := claims.get(settings.SSO_NIP_CLAIM):
            return str(nip).strip()
    return ""


def _unknown(nip: str) -> str:
    if nip:
        reason = gettext("NIP Anda di %(name)s belum punya akun aktif di Terang. Hubungi pengelola kepegawaian.")
    else:
        reason = gettext("%(name)s tidak menyebut NIP Anda. Hubungi pengelola %(name)s.")
    return reason % {"name": settings.SSO_NAME}


def _refused(request: HttpRequest, reason: str, *, status: int) -> HttpResponse:
    return render(
        request, "accounts/sso_refused.html", {"reason": reason, "sso_name": settings.SSO_NAME}, status=status
    )
