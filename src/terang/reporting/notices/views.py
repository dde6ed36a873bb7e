"""News of one's own, how one wants to be told, and the calendar behind a secret address."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.shortcuts import render as draw
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.passersby import Limit
from terang.accounts.requests import SignedInRequest
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.reporting.journal import wording
from terang.reporting.notices import selectors, services
from terang.reporting.notices.calendars import calendar_for
from terang.reporting.notices.forms import ChoiceForm
from terang.reporting.notices.models import Choice
from terang.reporting.notices.news import GROUP_OF, address
from terang.web.htmx import render
from terang.web.tables import Column, Table
from terang.web.templatetags.terang import badge

CALENDARS = Limit("calendars", 300)
"""Reads of calendars from one address in ten minutes: a service that fetches for a whole office stays below."""
NEWS = Table(
    name="kabar",
    caption=gettext_lazy("Kabar 60 hari terakhir"),
    columns=[
        Column("what", gettext_lazy("Kabar"), wording.what_happened, head=True, link=address),
        Column("at", gettext_lazy("Waktu"), wording.when, raw=wording.when_exactly),
        Column("group", gettext_lazy("Tentang"), lambda entry: GROUP_OF[entry.verb].label),
        Column("reason", gettext_lazy("Catatan"), lambda entry: entry.reason or "–"),
        Column("new", "", lambda entry: badge(_("Baru"), "attention") if entry.is_new else ""),
    ],
    exports=False,
    empty=(
        gettext_lazy("Belum ada kabar"),
        gettext_lazy(
            "Kegiatan yang diterima, cuti yang diputus, hasil yang diserahkan: yang menyangkut Anda tampil di sini."
        ),
    ),
)


@require_safe
@login_required
def news(request: SignedInRequest) -> HttpResponseBase:
    """One's own news. Six queries beside the shell's."""
    viewer = require_viewer(request.viewer)
    choice = selectors.choice_of(viewer)
    fresh = set(selectors.unread(viewer, choice).values_list("pk", flat=True))
    table = NEWS.bind(request, selectors.news_of(viewer))
    for entry in table.page:
        entry.is_new = entry.pk in fresh
    return render(request, "notices/news.html", "notices/_news.html", {"table": table, "unread": len(fresh)})


@require_POST
@login_required
def read(request: SignedInRequest) -> HttpResponse:
    """Marks all news as read."""
    services.read_all(actor=request.viewer)
    return redirect("notices:news")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choices(request: SignedInRequest) -> HttpResponse:
    """How one wants to be told; letters, silence, and the calendar's address."""
    viewer = require_viewer(request.viewer)
    choice = selectors.choice_of(viewer)
    form = ChoiceForm(request.POST or None, choice=choice)
    if request.method == "POST" and form.is_valid():
        services.choose(actor=viewer, wish=form.wish())
        messages.success(request, _("Pilihan Anda tersimpan."))
        return redirect("notices:choices")
    return _choices(request, viewer, choice, form)


@require_POST
@login_required
def calendar_make(request: SignedInRequest) -> HttpResponse:
    """Shows the new address of the calendar, this once and never again."""
    viewer = require_viewer(request.viewer)
    token = services.make_calendar(actor=viewer)
    choice = selectors.choice_of(viewer)
    sent = request.build_absolute_uri(reverse("notices:calendar", args=[token]))
    response = _choices(request, viewer, choice, ChoiceForm(choice=choice), sent)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def calendar_drop(request: SignedInRequest) -> HttpResponse:
    """The address of the calendar stops to work."""
    services.drop_calendar(actor=request.viewer)
    messages.success(request, _("Alamat kalender tidak berlaku lagi."))
    return redirect("notices:choices")


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for programs: no session, the address alone. 404 for an address that is unknown or dropped."""
    if CALENDARS.exceeded(request):
        return HttpResponse(_("Terlalu sering. Coba lagi nanti."), status=429, content_type="text/plain; charset=utf-8")
    owner = selectors.owner_of_calendar(token)
    response = HttpResponse(calendar_for(owner), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _choices(
    request: SignedInRequest, viewer: Viewer, choice: Choice, form: ChoiceForm, calendar_address: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "choice": choice,
        "email": viewer.user.email,
        "calendar_address": calendar_address,
    }
    return draw(request, "notices/choices.html", context, status=422 if form.errors else 200)
