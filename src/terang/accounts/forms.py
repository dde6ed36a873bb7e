"""Forms of the entrance and the account page. They read and check input; what happens then is in services."""

import re
from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthPasswordAgainForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
    validate_password,
)
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.accounts.adapter import throttled_error
from terang.accounts.models import User
from terang.accounts.services import redeem_code
from terang.accounts.throttle import Throttled, begin_try
from terang.accounts.validators import validate_nip

CODE_SECONDS = 120


class NipField(forms.CharField):
    """A NIP as people paste it, with spaces, dots or dashes; cleans to its 18 digits or says what is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("NIP"))
        kwargs.setdefault("help_text", _("18 angka. Spasi boleh ikut tertempel."))
        super().__init__(max_length=60, **kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "username", "spellcheck": "false"})

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s.\-'\u200b\u200e\u202c\u202d\ufeff]", "", super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not value.isascii() or not value.isdigit():
            raise ValidationError(gettext("NIP hanya berisi angka. Hapus huruf atau tanda lain."), code="nip")
        validate_nip(value)


def _password_help() -> str:
    """What is asked of a password, in one sentence: Django's own are several, in another Indonesian than ours."""
    checks = get_default_password_validators()
    least = max((each.min_length for each in checks if isinstance(each, MinimumLengthValidator)), default=1)
    words = gettext("Sekurang-kurangnya %(n)s karakter, tidak mirip nama atau NIP Anda, bukan kata sandi yang umum.")
    return words % {"n": least}


class PasswordField(forms.CharField):
    """A password as it is typed. `new` makes the browser offer one and shows what is asked of it."""

    def __init__(self, *, new: bool = False, rules: bool = False, **kwargs: Any) -> None:
        if rules:
            kwargs.setdefault("help_text", lazy(_password_help, str)())
        autocomplete = "new-password" if new else "current-password"
        super().__init__(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}), **kwargs)


class LoginForm(AllauthLoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = NipField()
        self.fields["password"] = PasswordField(label=_("Kata sandi"))
        self.order_fields(["login", "password"])

    def retry_seconds(self) -> int | None:
        """How long to wait, where the limit was reached; otherwise None."""
        errors = self.errors.as_data().get("__all__", [])
        return next((error.params["seconds"] for error in errors if error.code == "throttled"), None)


class _NewPasswordForm(forms.Form):
    """Two new passwords that must be the same. Subclasses say whose."""

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["password1"] = PasswordField(new=True, rules=True, label=_("Kata sandi baru"))
        self.fields["password2"] = PasswordField(new=True, label=_("Ulangi kata sandi baru"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("Kedua kata sandi tidak sama. Ketik ulang."))
        if first:
            try:
                validate_password(first, self.user)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class ResetForm(_NewPasswordForm):
    """The new password behind a link from an e-mail."""

    def __init__(self, *args: Any, temp_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def save(self) -> None:
        assert self.user is not None
        self.user.set_password(self.cleaned_data["password1"])
        self.user.save(update_fields=["password"])


class ChangePasswordForm(ResetForm):
    """A new password by somebody who knows the old one; the old one is limited like a sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = PasswordField(label=_("Kata sandi sekarang"))
        self.order_fields(["oldpassword", "password1", "password2"])

    def clean_oldpassword(self) -> str:
        assert self.user is not None
        password: str = self.cleaned_data["oldpassword"]
        try:
            begun = begin_try(context.request, self.user.nip)
        except Throttled as throttled:
            raise throttled_error(throttled) from None
        if not self.user.check_password(password):
            raise ValidationError(gettext("Kata sandi sekarang tidak cocok."), code="password")
        begun.forgive()
        return password


class CodeForm(_NewPasswordForm):
    """NIP, a one-time code and the new password. A code is used up only when everything else is right."""

    nip = NipField()
    code = forms.CharField(
        label=_("Kode sekali pakai"),
        help_text=_("12 huruf dan angka dari pengelola kepegawaian, misalnya ABCD-EFGH-2345."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    field_order = ["nip", "code", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            begun = begin_try(context.request, cleaned["nip"])
        except Throttled as throttled:
            raise throttled_error(throttled) from None
        if redeem_code(nip=cleaned["nip"], code=cleaned["code"], password=cleaned["password1"]) is None:
            message = gettext(
                "NIP dan kode tidak cocok, atau kode sudah dipakai atau kedaluwarsa. "
                "Minta kode baru kepada pengelola kepegawaian."
            )
            raise ValidationError(message, code="code")
        begun.forgive()
        return cleaned


class NipForm(forms.Form):
    """One NIP: whom to send a link, whom to issue a code."""

    nip = NipField()


class EmailForm(forms.Form):
    email = forms.EmailField(label=_("Surel baru"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Bahasa"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


def _code_field() -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(label=_("Kode"), max_length=20, widget=forms.TextInput(attrs=attrs))


class _OnceMixin:
    """A code works once, also where its neighbours are accepted for clocks that run wrong."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"terang:factor:{self.user.pk}:{code}", 1, CODE_SECONDS):  # type: ignore[attr-defined]
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class FactorForm(_OnceMixin, AuthenticateForm):
    code = _code_field()


class FactorAgainForm(_OnceMixin, AllauthReauthenticateForm):
    code = _code_field()


class ActivateAppForm(_OnceMixin, ActivateTOTPForm):
    code = _code_field()


class PasswordAgainForm(AllauthPasswordAgainForm):
    password = PasswordField(label=_("Kata sandi"))


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Nama kunci sandi"),
        required=False,
        max_length=60,
        help_text=_("Agar Anda mengenalinya nanti, misalnya “Ponsel saya”."),
    )
    passwordless = forms.BooleanField(
        label=_("Dapat dipakai untuk masuk tanpa kata sandi"),
        required=False,
        initial=True,
        help_text=_("Perangkat akan meminta sidik jari, wajah, atau PIN Anda."),
    )
