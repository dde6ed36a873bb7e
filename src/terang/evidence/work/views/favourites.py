"""One's own favourites: use, rename, tie to another result, remove; and making one of an entry."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work import selectors, services
from terang.evidence.work.access import require_author
from terang.evidence.work.desk import desk_of
from terang.evidence.work.forms import FavouriteForm, PointForm
from terang.evidence.work.models import Entry, Favourite
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


@require_safe
@login_required
def favourites(request: SignedInRequest) -> HttpResponse:
    """One's own favourites; those whose result is no longer in the plan stand first and say so."""
    viewer = require_viewer(request.viewer)
    desk = desk_of(viewer.employee, viewer.today, drafts=False)
    kept = sorted(desk.favourites, key=lambda pair: pair[1] is not None)
    rows = [
        (favourite, purpose, FavouriteForm(initial={"name": favourite.name}, auto_id=f"id_%s_{favourite.pk}"))
        for favourite, purpose in kept
    ]
    point = PointForm(desk=desk, auto_id=False)
    return render(request, "work/favourites.html", {"rows": rows, "point": point, "desk": desk})


@require_POST
@login_required
def favourite_new(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Keeps one of one's own entries as a favourite."""
    viewer = require_viewer(request.viewer)
    entry = selectors.entry_for(viewer, entry_id)
    require_author(viewer, entry)
    form = FavouriteForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Beri nama favorit ini, paling panjang 60 huruf."))
        return redirect(entry)
    return _told(request, _keep(viewer, form, entry), str(entry.get_absolute_url()))


def _keep(viewer: Viewer, form: FavouriteForm, entry: Entry) -> str:
    try:
        services.save_favourite(
            actor=viewer,
            name=form.cleaned_data["name"],
            result=entry.result,
            indicator=entry.indicator,
            text=entry.text,
            quantity_milli=entry.quantity_milli,
            minutes=entry.minutes,
        )
    except NotNow as refused:
        return refused.reason
    return gettext("Disimpan sebagai favorit.")


@require_POST
@login_required
def favourite_change(request: SignedInRequest, favourite_id: int) -> HttpResponse:
    """Renames a favourite (`name`), or ties it to a result of the plan (`purpose`)."""
    viewer = require_viewer(request.viewer)
    favourite = _own(viewer, favourite_id)
    if "purpose" in request.POST:
        return _pointed(request, viewer, favourite)
    form = FavouriteForm(request.POST)
    if not form.is_valid():
        return _told(request, gettext("Beri nama favorit ini, paling panjang 60 huruf."))
    try:
        services.rename_favourite(actor=viewer, favourite=favourite, name=form.cleaned_data["name"])
    except NotNow as refused:
        return _told(request, refused.reason)
    return _told(request, gettext("Nama favorit diganti."))


def _pointed(request: SignedInRequest, viewer: Viewer, favourite: Favourite) -> HttpResponse:
    desk = desk_of(viewer.employee, viewer.today, drafts=False)
    form = PointForm(request.POST, desk=desk)
    if not form.is_valid():
        return _told(request, gettext("Pilih hasil kerja dari rencana Anda."))
    purpose = desk.purposes[form.cleaned_data["purpose"]]
    services.point_favourite(actor=viewer, favourite=favourite, result=purpose.result, indicator=purpose.indicator)
    return _told(request, gettext("Favorit dicocokkan dengan rencana Anda sekarang."))


@require_POST
@login_required
def favourite_remove(request: SignedInRequest, favourite_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    services.remove_favourite(actor=viewer, favourite=_own(viewer, favourite_id))
    return _told(request, gettext("Favorit dihapus."))


def _own(viewer: Viewer, favourite_id: int) -> Favourite:
    """Anybody else's favourite is not found."""
    return get_object_or_404(Favourite, pk=favourite_id, employee=viewer.employee)


def _told(request: SignedInRequest, text: str, back: str = "") -> HttpResponse:
    messages.info(request, text)
    return redirect(back or "work:favourites")
