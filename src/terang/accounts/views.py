"""The account page and what hangs on it, and the personnel agency's page for one-time codes."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from terang.accounts import services
from terang.accounts.access import PERSONNEL, needs_second_factor, require_personnel, require_personnel_for
from terang.accounts.forms import EmailForm, LanguageForm, NipForm
from terang.accounts.models import Purpose, SignIn, User
from terang.accounts.requests import SignedInRequest
from terang.accounts.selectors import open_sign_ins, recent_sign_ins, second_factors

EMAIL_SALT = "terang.accounts.email"
EMAIL_SECONDS = 24 * 60 * 60


@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    context = {
        "account": request.user,
        "factors": second_factors(request.user),
        "required": needs_second_factor(request.viewer),
        "sign_ins": open_sign_ins(request.user, timezone.now()),
        "recent": recent_sign_ins(request.user),
        "this_sign_in": request.session.get(services.SIGN_IN),
        "language_form": LanguageForm(initial={"language": request.user.language}),
        "issues_codes": bool(request.viewer) and request.viewer.has(PERSONNEL),
    }
    return render(request, "accounts/profile.html", context)


@require_POST
@login_required
def set_language(request: SignedInRequest) -> HttpResponse:
    form = LanguageForm(request.POST)
    response = redirect("accounts:profile")
    if form.is_valid():
        services.change_language(actor=request.user, language=form.cleaned_data["language"])
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax")
    return response


@reauthentication_required
@login_required
def change_email(request: SignedInRequest) -> HttpResponse:
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        _send_confirmation(request, form.cleaned_data["email"])
        messages.info(
            request,
            gettext("Kami mengirim tautan ke %s. Buka dalam 24 jam untuk menyelesaikan.") % form.cleaned_data["email"],
        )
        return redirect("accounts:profile")
    return render(request, "accounts/email.html", {"form": form})


def _send_confirmation(request: SignedInRequest, email: str) -> None:
    user = request.user
    token = signing.dumps({"user": user.pk, "old": user.email, "new": email}, salt=EMAIL_SALT)
    address = request.build_absolute_uri(reverse("accounts:confirm_email", args=[token]))
    get_adapter(request).send_mail("accounts/email/confirm_email", email, {"user": user, "address": address})


@never_cache
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """Works once: the address it replaces must still be the one in force."""
    change = _read_token(token)
    if change is None:
        return render(request, "accounts/email_expired.html", status=410)
    user, email = change
    if request.method == "POST":
        old = user.email
        services.change_email(actor=user, email=email)
        if old:
            get_adapter(request).send_notification_mail("accounts/email/email_changed", user, email=old)
        messages.success(request, gettext("Surel Anda sekarang %s.") % email)
        return redirect("accounts:profile")
    return render(request, "accounts/email_confirm.html", {"email": email})


def _read_token(token: str) -> tuple[User, str] | None:
    try:
        content: dict[str, Any] = signing.loads(token, salt=EMAIL_SALT, max_age=EMAIL_SECONDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=content["user"], email=content["old"], is_active=True).first()
    return (user, content["new"]) if user else None


@require_POST
@login_required
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    sign_in = get_object_or_404(SignIn, pk=pk, user=request.user)
    services.end_session(actor=request.user, sign_in=sign_in)
    if sign_in.pk == request.session.get(services.SIGN_IN):
        return redirect("account_login")
    messages.success(request, gettext("Sesi di %s diakhiri.") % sign_in.browser)
    return redirect("accounts:profile")


@never_cache
@login_required
def issue_code(request: SignedInRequest) -> HttpResponse:
    """The personnel agency gives a person a one-time code, shown once."""
    require_personnel(request.viewer)
    form = NipForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(nip=form.cleaned_data["nip"]).first()
        if user is None:
            form.add_error("nip", gettext("Belum ada akun dengan NIP ini. Impor pegawainya dahulu."))
        else:
            context |= _issued(request, user)
    return render(request, "accounts/issue_code.html", context)


def _issued(request: SignedInRequest, user: User) -> dict[str, Any]:
    require_personnel_for(request.viewer, user)
    purpose = Purpose.RECOVERY if user.has_usable_password() else Purpose.ACTIVATION
    code = services.issue_code(actor=request.user, user=user, purpose=purpose)
    return {"person": user, "code": code, "hours": int(services.LIFETIMES[purpose].total_seconds() // 3600)}
