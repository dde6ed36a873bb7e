"""allauth's views with our forms, our journal and our transactions. Their addresses are in `entrance_urls`."""

from typing import Any, cast

from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.views import LoginView, PasswordChangeView, PasswordResetFromKeyView, ReauthenticateView
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByFactorView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from terang.accounts import services
from terang.accounts.access import needs_second_factor
from terang.accounts.forms import (
    ActivateAppForm,
    AddPasskeyForm,
    ChangePasswordForm,
    CodeForm,
    FactorAgainForm,
    FactorForm,
    LoginForm,
    NipForm,
    PasswordAgainForm,
    ResetForm,
)
from terang.accounts.models import User
from terang.accounts.requests import SignedInRequest
from terang.accounts.selectors import second_factors
from terang.web.errors import NotNow

CODE_SESSION_KEY = "activation_code"


class SignIn(LoginView):
    form_class = LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With `sso_name` where a provider of the government's can prove who somebody is."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"sso_name": settings.SSO_NAME if settings.SSO_ISSUER else ""}

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if (seconds := form.retry_seconds()) is not None:
            response.status_code = 429
            response.headers["Retry-After"] = str(seconds)
        return response


class ConfirmFactor(AuthenticateView):
    form_class = FactorForm


class PasswordAgain(ReauthenticateView):
    form_class = PasswordAgainForm


class FactorAgain(ReauthenticateByFactorView):
    form_class = FactorAgainForm


class RequestReset(FormView[NipForm]):
    """Asks for a link by e-mail. The answer is the same whether or not the NIP has an account or an address."""

    form_class = NipForm
    template_name = "account/password_reset.html"
    success_url = reverse_lazy("account_reset_password_done")

    def form_valid(self, form: NipForm) -> HttpResponse:
        nip = form.cleaned_data["nip"]
        if ratelimit.consume(self.request, action="reset_password", key=nip):
            user = User.objects.filter(nip=nip, is_active=True).exclude(email="").first()
            if user is not None:
                request_password_reset(self.request, user.email, [user], None)
        return super().form_valid(form)


class ResetRequested(TemplateView):
    template_name = "account/password_reset_done.html"


class ResetPassword(PasswordResetFromKeyView):
    form_class = ResetForm
    success_url = reverse_lazy("account_login")

    @transaction.atomic
    def form_valid(self, form: ResetForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.note_password_changed(actor=cast("User", self.reset_user))
        return response


@method_decorator(never_cache, name="dispatch")
class RedeemCode(FormView[CodeForm]):
    """Sets a password with a one-time code: first access, or recovery where there is no e-mail."""

    form_class = CodeForm
    template_name = "accounts/redeem_code.html"
    success_url = reverse_lazy("account_login")

    def get_initial(self) -> dict[str, Any]:
        return {"code": self.request.session.get(CODE_SESSION_KEY, "")}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        self.request.session.pop(CODE_SESSION_KEY, None)
        messages.success(
            self.request, gettext("Kata sandi Anda tersimpan. Sekarang masuk dengan NIP dan kata sandi itu.")
        )
        return super().form_valid(form)


@never_cache
def open_activation_link(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the code out of the address, so that it reaches neither history nor referrer, and shows the form."""
    request.session[CODE_SESSION_KEY] = code
    return redirect("accounts:redeem_code")


class ChangePassword(PasswordChangeView):
    form_class = ChangePasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise NotNow(gettext("Akun ini belum punya kata sandi. Minta kode aktivasi kepada pengelola kepegawaian."))
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.follow_session_key(self.request)
        kept = self.request.session.session_key or ""
        services.note_password_changed(actor=cast("User", form.user), keep_session=kept)
        return response


@method_decorator(login_required, name="dispatch")
class SecondFactors(TemplateView):
    """What proves the person beside the password, and how to add what is missing."""

    template_name = "mfa/index.html"
    request: SignedInRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        factors = second_factors(self.request.user)
        return super().get_context_data(
            factors=factors,
            has_app=any(factor.type == Authenticator.Type.TOTP for factor in factors),
            required=needs_second_factor(self.request.viewer),
            **kwargs,
        )


class ActivateApp(ActivateTOTPView):
    form_class = ActivateAppForm

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.note_factor_added(actor=self.request.user, kind="totp")
        return response


class RemoveApp(DeactivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _note_removed(self.request, "totp")
        return response


class AddPasskey(AddWebAuthnView):
    form_class = AddPasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | kwargs

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.note_factor_added(actor=self.request.user, kind="webauthn")
        return response


class RemovePasskey(RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            raise NotNow(str(adapter.error_messages["cannot_delete_authenticator"]))
        response: HttpResponse = super().form_valid(form)
        _note_removed(self.request, "webauthn")
        return response


class RenewRecoveryCodes(GenerateRecoveryCodesView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.note_recovery_codes_renewed(actor=self.request.user)
        return response


def _note_removed(request: Any, kind: str) -> None:
    services.note_factor_removed(actor=request.user, kind=kind, keep_session=request.session.session_key or "")
    request.session.pop("has_second_factor", None)
