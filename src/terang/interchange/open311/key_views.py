"""Screens on which keys of programs are issued, shown once, and revoked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from terang.accounts.requests import SignedInRequest
from terang.interchange.open311.forms import KeyForm, RevokeForm
from terang.interchange.open311.keys import issue_key, keys_of, require_keeper, revoke_key


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: SignedInRequest) -> HttpResponse:
    """The list, and after issuing the new key: this once and never again. 1 query beside the shell's."""
    viewer = require_keeper(request.viewer)
    form = KeyForm(request.POST or None)
    issued, sent = None, ""
    if request.method == "POST" and form.is_valid():
        issued, sent = issue_key(actor=viewer, **form.cleaned_data)
    context = {
        "form": KeyForm() if issued else form,
        "issued": issued,
        "sent": sent,
        "rows": keys_of(viewer),
        "revoke_form": RevokeForm(),
        "endpoint": request.build_absolute_uri(reverse("open311:discovery")).removesuffix("/discovery"),
        "trial": request.build_absolute_uri(reverse("open311_trial:discovery")).removesuffix("/discovery"),
        "jurisdiction": viewer.employee.agency.code,
    }
    response = render(request, "interchange/keys.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    revoke_key(actor=request.viewer, key_id=pk, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("Kunci dicabut. Program itu tidak dapat lagi mengirim laporan."))
    return redirect("interchange:keys")
