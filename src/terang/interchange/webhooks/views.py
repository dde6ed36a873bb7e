"""Screens on which programs that are told are set up and looked after."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.interchange.models import Webhook
from terang.interchange.open311.keys import require_keeper
from terang.interchange.webhooks import services
from terang.interchange.webhooks.events import GROUPS
from terang.interchange.webhooks.forms import ChangedListenerForm, NewListenerForm, PressForm, ResumeForm, WhyForm
from terang.registry.editing import Page, edit, show

LATEST = 50


@require_safe
def webhooks(request: SignedInRequest) -> HttpResponse:
    """Who is told, and how it goes. 1 query beside the shell's."""
    return render(request, "interchange/webhooks.html", {"rows": services.webhooks_of(request.viewer)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """A new one; its secret is shown once."""
    viewer = require_keeper(request.viewer)
    form = NewListenerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["form_key"]
            made, secret = services.add_webhook(actor=viewer, listener=form.listener(), form_key=key)
        except ValidationError as error:
            show(form, error)
        else:
            return _secret(request, made, secret)
    return render(request, "interchange/webhook_new.html", {"form": form}, status=422 if form.errors else 200)


def _secret(request: SignedInRequest, webhook: Webhook, secret: str) -> HttpResponse:
    return render(request, "interchange/webhook_secret.html", {"webhook": webhook, "secret": secret})


@require_safe
def webhook(request: SignedInRequest, pk: int) -> HttpResponse:
    """One, with its latest messages. 2 queries beside the shell's."""
    found = services.webhook_for(request.viewer, pk)
    context = {
        "webhook": found,
        "groups": [group.label for group in GROUPS if group.code in found.groups],
        "paused_because": found.paused_because if found.paused_by else _(found.paused_because or " "),
        "attempts": found.attempts.all()[:LATEST],
        "resume_form": ResumeForm(initial={"version": found.version, "skip": "semua"}),
    }
    return render(request, "interchange/webhook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = services.webhook_for(request.viewer, pk)
    now = {"name": found.name, "contact": found.contact, "address": found.address, "groups": found.groups}
    form = ChangedListenerForm(request.POST or None, initial={**now, "version": found.version})
    page = Page(
        title=_("Mengubah penerima kabar"),
        back=reverse("interchange:webhook", args=[pk]),
        submit=_("Simpan"),
        done=_("Tersimpan. Kabar berikutnya dikirim menurut isian ini."),
        lead=found.name,
        crumbs=((_("Penerima kabar"), reverse("interchange:webhooks")),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: services.change_webhook(
            actor=request.viewer, webhook=found, listener=form.listener(), seen=told["version"]
        ),
    )


@never_cache
@require_POST
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = services.webhook_for(request.viewer, pk), PressForm(request.POST)
    if not form.is_valid():
        return redirect("interchange:webhook", pk)
    return _secret(
        request,
        *services.renew_secret(actor=request.viewer, webhook=found, seen=form.cleaned_data["version"]),
    )


def _reasoned(request: SignedInRequest, pk: int, action: Callable[..., Any], done: str) -> HttpResponse:
    found, form = services.webhook_for(request.viewer, pk), WhyForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        action(actor=request.viewer, webhook=found, reason=told["reason"], seen=told["version"])
        messages.success(request, done)
    else:
        messages.error(request, _("Tulis alasannya."))
    return redirect("interchange:webhook", pk)


@require_POST
def pause(request: SignedInRequest, pk: int) -> HttpResponse:
    return _reasoned(request, pk, services.pause_webhook, _("Dijeda. Kabar disimpan sampai dilanjutkan."))


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    return _reasoned(request, pk, services.end_webhook, _("Diakhiri. Program ini tidak dikabari lagi."))


@require_POST
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = services.webhook_for(request.viewer, pk), ResumeForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        services.resume_webhook(
            actor=request.viewer, webhook=found, skip=told["skip"] == "lewati", seen=told["version"]
        )
        messages.success(request, _("Dilanjutkan."))
    return redirect("interchange:webhook", pk)


@require_POST
def trial(request: SignedInRequest, pk: int) -> HttpResponse:
    made = services.try_webhook(actor=request.viewer, webhook=services.webhook_for(request.viewer, pk))
    if made.error:
        messages.error(request, _("Kabar uji coba tidak sampai: %(error)s") % {"error": made.error})
    else:
        messages.success(request, _("Kabar uji coba sampai dalam %(ms)s ms.") % {"ms": made.took_ms})
    return redirect("interchange:webhook", pk)
