"""The form of the day: empty, begun from a draft, a favourite or an earlier entry; looked over as one types; sent."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work import services
from terang.evidence.work.desk import Desk, desk_of
from terang.evidence.work.forms import EntryForm, from_offer, like
from terang.evidence.work.looking_over import looked_over
from terang.evidence.work.models import Entry
from terang.evidence.work.standing import sentences_about
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_day, asked_int
from terang.web.errors import NotNow


@require_http_methods(["GET", "POST"])
@login_required
def entry_new(request: SignedInRequest) -> HttpResponse:
    """The form of the day as a page; sent with htmx it answers with the fragment alone."""
    viewer = require_viewer(request.viewer)
    desk = desk_of(viewer.employee, viewer.today)
    if request.method == "GET":
        return _form_page(request, desk, _begun(request, desk))
    form = EntryForm(request.POST, request.FILES, desk=desk)
    entry = _submitted(form, viewer) if form.is_valid() else None
    if entry is None:
        return _form_page(request, desk, form, status=422)
    told = _kept_as_favourite(form, viewer)
    if not request.headers.get("HX-Request"):
        said = [gettext("Kegiatan tercatat dan dikirim ke atasan."), *sentences_about(entry, viewer.today), told]
        messages.success(request, " ".join(filter(None, said)))
        return redirect("work:entries")
    return _saved(request, viewer, entry, told)


def _saved(request: SignedInRequest, viewer: Viewer, entry: Entry, told: str) -> HttpResponse:
    """The closed day again, with what was recorded on top."""
    desk = desk_of(viewer.employee, viewer.today)
    about = sentences_about(entry, viewer.today)
    response = render(request, "work/_day.html", {"desk": desk, "saved": entry, "told": told, "about": about})
    return htmx.toast(response, gettext("Kegiatan tercatat."))


@require_safe
@login_required
def entry_form(request: SignedInRequest) -> HttpResponse:
    """The form of the day as a fragment: empty, or with `?seperti=terakhir`, `?seperti=<id>`, `?favorit=<id>`,
    `?draf=<source>`, `?tanggal=<day>` begun from what Terang knows."""
    viewer = require_viewer(request.viewer)
    desk = desk_of(viewer.employee, viewer.today)
    return render(request, "work/_entry_form.html", {"form": _begun(request, desk), "desk": desk})


@require_safe
@login_required
def day(request: SignedInRequest) -> HttpResponse:
    """The closed form: what Terang offers to write down, favourites, and the button that opens the form. For the board
    of the day: `<div hx-get="{% url 'work:drafts' %}" hx-trigger="load" hx-swap="outerHTML">`."""
    viewer = require_viewer(request.viewer)
    return render(request, "work/_day.html", {"desk": desk_of(viewer.employee, viewer.today)})


@require_POST
@login_required
def draft_drop(request: SignedInRequest) -> HttpResponse:
    """Takes a draft off the list for good."""
    viewer = require_viewer(request.viewer)
    services.drop_draft(actor=viewer, source=request.POST.get("source", ""))
    if not request.headers.get("HX-Request"):
        return redirect("work:entry_new")
    response = render(request, "work/_day.html", {"desk": desk_of(viewer.employee, viewer.today)})
    return htmx.toast(response, gettext("Draf tidak ditawarkan lagi."), "quiet")


@require_POST
@login_required
def entry_check(request: SignedInRequest) -> HttpResponse:
    """What is worth a second look in the form as it stands, beside each field; writes nothing."""
    viewer = require_viewer(request.viewer)
    return render(request, "work/_hints.html", looked_over(viewer, request.POST))


def _begun(request: SignedInRequest, desk: Desk) -> EntryForm:
    initial: dict[str, Any] = {"day": desk.day, **_repeated(request, desk)}
    if wanted := asked_day(request.GET.get("tanggal")):
        initial["day"] = wanted
    if "purpose" not in initial and len(desk.purposes) == 1:
        initial["purpose"] = next(iter(desk.purposes))
    return EntryForm(desk=desk, initial=initial)


def _repeated(request: SignedInRequest, desk: Desk) -> dict[str, Any]:
    """What the form begins with; nothing where what is asked for is not there (any more)."""
    asked = request.GET
    if source := asked.get("draf"):
        found = next((each for each in desk.offers if each.draft.source == source), None)
        return from_offer(found) if found else {}
    if (number := asked_int(asked.get("favorit"))) is not None:
        kept = next((favourite for favourite, _purpose in desk.favourites if favourite.pk == number), None)
        return like(kept, desk) if kept else {}
    if asked.get("seperti") == "terakhir":
        return like(desk.last, desk) if desk.last else {}
    number = asked_int(asked.get("seperti"))
    earlier = next((entry for entry in desk.recent if entry.pk == number), None)
    return like(earlier, desk) if earlier else {}


def _form_page(request: SignedInRequest, desk: Desk, form: EntryForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "desk": desk}
    return htmx.render(request, "work/entry_new.html", "work/_entry_form.html", context, status=status)


def _submitted(form: EntryForm, viewer: Viewer) -> Entry | None:
    """The entry, or None where custody refused the proof; the reason then stands at its field."""
    names = ("day", "result", "text", "quantity_milli", "task", "indicator", "form_key", "minutes", "source")
    data = {name: form.cleaned_data[name] for name in names}
    try:
        return services.submit_entry(actor=viewer, files=form.cleaned_data["proof"], **data)
    except ValidationError as refused:
        form.add_error("proof", refused)
        return None


def _kept_as_favourite(form: EntryForm, viewer: Viewer) -> str:
    """Keeps the entry as a favourite where a name was given; what there is to say about it."""
    data = form.cleaned_data
    if not data["favourite"]:
        return ""
    purpose = form.desk.purposes[data["purpose"]]
    try:
        services.save_favourite(
            actor=viewer,
            name=data["favourite"],
            result=purpose.result,
            indicator=purpose.indicator,
            text=data["text"],
            quantity_milli=data["quantity_milli"],
            minutes=data["minutes"],
        )
    except NotNow as refused:
        return refused.reason
    return gettext("Disimpan juga sebagai favorit.")
