"""Screens of the dictionary: everybody of the government reads it, the personnel agency keeps it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.dictionary import selectors, services
from terang.planning.dictionary.drafts import FIELDS
from terang.planning.dictionary.forms import EntryChangeForm, EntryForm, RestoreForm, RetireForm
from terang.planning.dictionary.hooks import uses
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.dictionary.tables import entries_table
from terang.planning.dictionary.wording import family_label, guard_of, measured, usual_target
from terang.registry.editing import Page, edit
from terang.registry.people.access import may_keep, require_keeper_of, require_viewer
from terang.registry.people.viewer import Viewer


@require_safe
@login_required
def entries(request: SignedInRequest) -> HttpResponseBase:
    viewer = require_viewer(request.viewer)
    declared = entries_table(selectors.families_of(viewer.agency_id))
    table = declared.bind(request, selectors.entries_of(viewer.agency_id))
    context = {"table": table, "may_keep": may_keep(viewer)}
    return table.export() or render(request, "dictionary/entries.html", context)


@require_safe
@login_required
def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = _entry(viewer, pk)
    guards = selectors.entries_by_code(viewer.agency_id, [found.guard]) if found.guard else {}
    counts = uses(viewer.agency_id, [found.pk], viewer.today)
    context = {
        "entry": found,
        "family": family_label(found.family),
        "target": usual_target(found),
        "measured": measured(found.measure),
        "guard": guard_of(found.guard, guards.get(found.guard)),
        "guarded": selectors.guarded_by(found),
        "uses": None if counts is None else counts.get(found.pk, 0),
        "may_keep": may_keep(viewer),
    }
    return render(request, "dictionary/entry.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def entry_new(request: SignedInRequest) -> HttpResponse:
    viewer = _keeper(request)
    page = Page(
        title=_("Tambah indikator"),
        lead=_("Sesudah disimpan, pegawai pada rumpun ini dapat memakainya di SKP."),
        back=reverse("dictionary:entries"),
        submit=_("Simpan"),
        done=_("Indikator ditambahkan."),
        crumbs=((_("Kamus indikator"), reverse("dictionary:entries")),),
    )
    initial = {"gathering": "sum", "direction": "higher", "family": request.GET.get("rumpun", "")}
    form = EntryForm(request.POST or None, others=_others(viewer), initial=initial)
    return edit(request, form, page, lambda _values: services.add_entry(actor=viewer, draft=form.draft))


@require_http_methods(["GET", "POST"])
@login_required
def entry_change(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = _keeper(request)
    found = _entry(viewer, pk)
    lead = _("Rencana yang sudah disepakati tidak ikut berubah; rencana baru memakai isi yang baru.")
    page = _page(found, _("Ubah indikator"), lead, _("Simpan"), _("Perubahan disimpan."))
    initial = {**{name: getattr(found, name) for name in FIELDS}, "version": found.version}
    for name in ("target_milli", "target_max_milli"):
        initial[name] = _typed(initial[name])
    form = EntryChangeForm(request.POST or None, entry=found, others=_others(viewer, found), initial=initial)

    def act(values: dict[str, Any]) -> object:
        return services.change_entry(actor=viewer, entry=found, seen=values["version"], draft=form.draft)

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def entry_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = _keeper(request)
    found = _entry(viewer, pk)
    lead = _("“%(name)s” tidak lagi ditawarkan. Rencana yang memakainya tetap berjalan.") % {"name": found.text}
    page = _page(found, _("Hentikan pemakaian"), lead, _("Hentikan"), _("Indikator tidak dipakai lagi."))
    form = RetireForm(request.POST or None, initial={"version": found.version})

    def act(values: dict[str, Any]) -> object:
        return services.retire_entry(actor=viewer, entry=found, seen=values["version"], reason=values["reason"])

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def entry_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = _keeper(request)
    found = _entry(viewer, pk)
    lead = _("“%(name)s” ditawarkan lagi kepada pegawai pada rumpun ini.") % {"name": found.text}
    page = _page(found, _("Pakai lagi"), lead, _("Pakai lagi"), _("Indikator dipakai lagi."))
    form = RestoreForm(request.POST or None, initial={"version": found.version})

    def act(values: dict[str, Any]) -> object:
        return services.restore_entry(actor=viewer, entry=found, seen=values["version"])

    return edit(request, form, page, act)


def _keeper(request: SignedInRequest) -> Viewer:
    viewer = require_viewer(request.viewer)
    require_keeper_of(viewer, viewer.agency_id)
    return viewer


def _entry(viewer: Viewer, pk: int) -> DictionaryEntry:
    found = selectors.entry_of(viewer.agency_id, pk)
    if found is None:
        raise Http404
    return found


def _others(viewer: Viewer, but: DictionaryEntry | None = None) -> list[tuple[str, str]]:
    """Entries in use that may guard, as choices. One query."""
    rows = selectors.entries_of(viewer.agency_id).filter(retired_on=None)
    return [(each.code, each.text) for each in rows if each != but]


def _page(found: DictionaryEntry, title: str, lead: str, submit: str, done: str) -> Page:
    back = reverse("dictionary:entry", args=[found.pk])
    crumbs = ((_("Kamus indikator"), reverse("dictionary:entries")), (found.text, back))
    return Page(title=title, lead=lead, back=back, submit=submit, done=done, crumbs=crumbs)


def _typed(milli: int | None) -> str:
    """A quantity as it is typed, without marks for thousands."""
    if milli is None:
        return ""
    whole, rest = divmod(milli, 1000)
    return f"{whole},{rest:03}".rstrip("0") if rest else str(whole)
