"""What changes where a draft stands: handing in, taking back, discarding; approving and sending back by a second
person."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terang.accounts.requests import SignedInRequest
from terang.evaluation.drafts import selectors, services
from terang.evaluation.drafts.access import require_author, require_decider
from terang.evaluation.drafts.forms import SeenForm, SendBackForm
from terang.evaluation.drafts.models import PolicyDraft
from terang.evaluation.drafts.views.writing import shown
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.policies import PolicyError


@require_POST
@login_required
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _by_author(request, pk, services.submit_draft, _("Draf diajukan. Orang kedua sekarang memeriksanya."))


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    return _by_author(request, pk, services.withdraw_draft, _("Draf ditarik dan dapat diubah lagi."))


@require_POST
@login_required
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    return _by_author(request, pk, services.discard_draft, _("Draf dibuang."))


def _by_author(request: SignedInRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.draft_for(viewer, pk)
    require_author(viewer, found)
    return _acted(request, viewer, found, act, done)


@require_POST
@login_required
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person puts it in force: goes to the version it became."""
    viewer = require_viewer(request.viewer)
    found = selectors.draft_for(viewer, pk)
    require_decider(viewer, found)
    return _acted(request, viewer, found, services.approve_draft, _("Kebijakan disetujui dan terbit."))


def _acted(
    request: SignedInRequest, viewer: Viewer, found: PolicyDraft, act: Callable[..., Any], done: str
) -> HttpResponse:
    """Acts and goes to what came of it; where something is wrong with the policy the page says what."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else -1
    try:
        made = act(actor=viewer, draft=found, seen=seen)
    except PolicyError:
        return render(request, "policy_drafts/draft.html", {**shown(viewer, found), "refused": True}, status=422)
    messages.success(request, done)
    return redirect(made)


@require_http_methods(["GET", "POST"])
@login_required
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person says what should be otherwise."""
    viewer = require_viewer(request.viewer)
    found = selectors.draft_for(viewer, pk)
    require_decider(viewer, found)
    page = Page(
        title=_("Kembalikan draf"),
        lead=_("%(name)s membaca alasan Anda dan dapat memperbaikinya.") % {"name": found.author.name},
        back=found.get_absolute_url(),
        submit=_("Kembalikan"),
        done=_("Draf dikembalikan."),
        crumbs=((found.title, found.get_absolute_url()),),
    )
    form = SendBackForm(request.POST or None, initial={"version": found.version})

    def act(values: dict[str, Any]) -> object:
        return services.send_back(actor=viewer, draft=found, seen=values["version"], reason=values["reason"])

    return edit(request, form, page, act)
