"""How allauth is told our ways: the limits, the sentences, the sessions, and what mail may say."""

import base64
import hashlib
from threading import Thread
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.accounts.access import needs_second_factor
from terang.accounts.devices import remember_device
from terang.accounts.models import Method, User
from terang.accounts.selectors import FACTOR_TYPES
from terang.accounts.services import close_session, note_failed_sign_in, open_session
from terang.accounts.throttle import Throttled, Try, begin_try
from terang.web.numbers import clock

RECENT_SECONDS = 10 * 60
"""So long after proving oneself nobody is asked again before a change of password or factors."""


def throttled_error(throttled: Throttled) -> ValidationError:
    """The refusal with the time of the next try. Its code is "throttled", its params hold `seconds`."""
    minutes = -(-throttled.seconds // 60)
    message = gettext("Terlalu banyak percobaan yang salah. Coba lagi pukul %(time)s (%(minutes)s menit lagi).")
    local = timezone.localtime(throttled.until)
    params = {"time": clock(local), "minutes": minutes, "seconds": throttled.seconds}
    return ValidationError(message, code="throttled", params=params)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("NIP atau kata sandi salah. Periksa keduanya, atau pakai “Lupa kata sandi”."),
        "too_many_login_attempts": _("Terlalu banyak percobaan yang salah. Coba lagi lima menit lagi."),
        "rate_limited": _("Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "incorrect_password": _("Kata sandi salah."),
        "incorrect_code": _("Kode salah atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi."),
        "invalid_password_reset": _("Tautan ini tidak berlaku lagi."),
    }

    _try: Try | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try before the password is looked at."""
        try:
            self._try = begin_try(request, credentials.get("username", ""))
        except Throttled as throttled:
            raise throttled_error(throttled) from None

    def _rollback_login_failed_rl_usage(self) -> None:
        if self._try is not None:
            self._try.forgive()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_failed_sign_in(request, credentials.get("username", ""))

    def login(self, request: HttpRequest, user: User) -> None:  # type: ignore[override]
        open_session(request, user, method=_method(get_authentication_records(request, user)))

    def logout(self, request: HttpRequest) -> None:
        close_session(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        response = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.nip)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not when the person has just signed in: a second question for the same password protects nothing."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((entry["at"] for entry in records), default=0)
        return timezone.now().timestamp() - newest > RECENT_SECONDS

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:  # type: ignore[override]
        """Hands the letter over at once: how long the post takes must not tell whether the account has an address."""
        message = self.render_mail("account/email/password_reset_key", email, context)
        Thread(target=message.send, daemon=True).start()

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:  # type: ignore[override]
        """One short notice for every change of security, where the person has an address."""
        event = NOTICES.get(template_prefix)
        to = email or user.email
        if event and to:
            self.send_mail("accounts/email/notice", to, {"user": user, "event": event, "at": timezone.localtime()})


NOTICES = {
    "account/email/password_changed": _("Kata sandi akun Anda diganti."),
    "account/email/password_reset": _("Kata sandi akun Anda diatur ulang lewat tautan surel."),
    "accounts/email/email_changed": _("Alamat surel akun Anda diganti."),
    "mfa/email/totp_activated": _("Aplikasi autentikator ditambahkan ke akun Anda."),
    "mfa/email/totp_deactivated": _("Aplikasi autentikator dihapus dari akun Anda."),
    "mfa/email/webauthn_added": _("Kunci sandi (passkey) ditambahkan ke akun Anda."),
    "mfa/email/webauthn_removed": _("Kunci sandi (passkey) dihapus dari akun Anda."),
    "mfa/email/recovery_codes_generated": _("Kode cadangan akun Anda dibuat ulang."),
}


def _method(records: list[dict[str, Any]]) -> Method:
    """From what allauth noted on the way in."""
    if any(entry.get("passwordless") for entry in records):
        return Method.PASSKEY
    if any(entry["method"] == "socialaccount" for entry in records):
        return Method.SINGLE_SIGN_ON
    if any(entry["method"] == "mfa" for entry in records):
        return Method.SECOND_FACTOR
    return Method.PASSWORD


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Peran Anda mewajibkan faktor kedua. Tambahkan faktor lain dahulu, baru hapus yang ini."
        ),
        "incorrect_code": _("Kode salah atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays while a role of the person requires one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTOR_TYPES)
        if others.exclude(pk=authenticator.pk).exists():
            return True
        return not needs_second_factor(current.request.viewer)

    def encrypt(self, text: str) -> str:
        """Secrets of authenticators lie encrypted in the database; the key derives from SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_user_identifier(self, user: User) -> str:  # type: ignore[override]
        return user.name

    def _get_site_name(self) -> str:
        return "Terang"


def _cipher() -> Fernet:
    key = hashlib.sha256(b"terang.accounts.factors" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
