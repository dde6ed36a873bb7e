"""The register, its forms, and the text of a notice."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.privacy import services
from terang.privacy.access import (
    breaches_visible,
    may_decide,
    may_keep,
    may_read,
    require_decider,
    require_keeper,
)
from terang.privacy.forms import FactsForm, NoticeForm, ReasonForm, SuspicionForm, WithdrawForm
from terang.privacy.lists import REGISTER, state_badge
from terang.privacy.models import Breach, BreachFacts, Recipient
from terang.privacy.notice import missing_of, names_of_parts
from terang.privacy.selectors import breach_for, newest_facts, tellings, time_left
from terang.privacy.states import may_move, recipients_due
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.source import rule_set

ENDINGS = {
    "tutup": (
        "close",
        services.close,
        _("Tutup catatan"),
        _("Semua yang wajib sudah diberi tahu, dan pemulihannya selesai."),
    ),
    "bukan": ("dismiss", services.dismiss, _("Bukan kegagalan"), _("Dugaan ini keliru atau sudah dicatat.")),
    "buka": ("reopen", services.reopen, _("Buka kembali"), _("Ada hal baru. Catatan lama tetap tersimpan.")),
}
"""What the oversight team decides, by its word in the address: verb, service, title, and what it means."""


@never_cache
@require_safe
@login_required
def register(request: SignedInRequest) -> HttpResponseBase:
    """Every failure of the government; who may not read it is led to the form."""
    viewer = require_viewer(request.viewer)
    if not may_read(viewer):
        return HttpResponseRedirect(reverse("privacy:report"))
    rows = breaches_visible(viewer).prefetch_related("facts", "notices")
    table = REGISTER.bind(request, rows)
    return table.export() or render(request, "privacy/register.html", {"table": table, "rule": rule_set("breach")})


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def report(request: SignedInRequest) -> HttpResponse:
    """Any employee tells of what may be a failure, and sees what became of the own reports."""
    viewer = require_viewer(request.viewer)
    form = SuspicionForm(request.POST or None)
    page = Page(
        title=gettext("Laporkan data pribadi yang terbuka"),
        lead=gettext(
            "Data orang terlihat, hilang, atau terkirim ke yang tidak berhak? Laporkan segera, walau belum pasti."
        ),
        back=reverse("privacy:told"),
        submit=gettext("Kirim laporan"),
        done=gettext("Laporan Anda diterima. Terima kasih. Tim pengawas sudah diberi tahu."),
    )
    return edit(request, form, page, lambda values: services.report_suspicion(actor=viewer, **values))


@never_cache
@require_safe
@login_required
def told(request: SignedInRequest) -> HttpResponse:
    """What the viewer reported and its state; nothing of the register."""
    viewer = require_viewer(request.viewer)
    own = Breach.objects.filter(reported_by=viewer.employee)
    return render(request, "privacy/told.html", {"own": [(row, state_badge(row)) for row in own]})


@never_cache
@require_safe
@login_required
def breach(request: SignedInRequest, pk: int) -> HttpResponse:
    """One failure: what is known, who was told, what can be done, and every version before."""
    viewer = require_viewer(request.viewer)
    found = breach_for(viewer, pk)
    versions = list(found.facts.select_related("entered_by"))
    now = versions[0] if versions else None
    left, kind = time_left(found)
    context: dict[str, Any] = {
        "breach": found,
        "badge": state_badge(found),
        "left": left,
        "left_kind": kind,
        "facts": now,
        "before": versions[1:],
        "tellings": tellings(found, now, timezone.now()) if now else [],
        "notices": found.notices.select_related("recorded_by", "withdrawn_by", "facts"),
        "missing": names_of_parts(missing_of(now)) if now else [],
        "offers": _offers(viewer, found, now),
        "rule": rule_set("breach"),
    }
    return render(request, "privacy/breach.html", context)


def _offers(viewer: Viewer, found: Breach, facts: BreachFacts | None) -> dict[str, Any]:
    """What the viewer can do now."""
    keeps, decides = may_keep(viewer), may_decide(viewer)
    return {
        "confirm": keeps and may_move(found, "confirm") and facts is None,
        "correct": keeps and may_move(found, "correct"),
        "notify": keeps and may_move(found, "notify"),
        "withdraw": keeps and may_move(found, "withdraw"),
        "ends": [
            (how, title) for how, (verb, _do, title, _lead) in ENDINGS.items() if decides and may_move(found, verb)
        ],
    }


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def facts(request: SignedInRequest, pk: int) -> HttpResponse:
    """The facts, first or corrected."""
    viewer = require_viewer(request.viewer)
    found = breach_for(viewer, pk)
    require_keeper(viewer, found)
    now = newest_facts(found)
    form = FactsForm(
        request.POST or None, zone=found.agency.time_zone, is_first=now is None, initial=_initial(found, now)
    )
    page = _page(
        found,
        title=gettext("Perbaiki fakta") if now else gettext("Catat fakta"),
        lead=gettext(
            "Tulis yang diketahui sekarang; sisanya menyusul sebagai versi berikutnya. Jangan menulis nama orang."
        ),
        submit=gettext("Simpan"),
        done=gettext("Fakta tersimpan sebagai versi baru."),
    )

    def write(values: dict[str, Any]) -> object:
        return services.write_facts(actor=viewer, breach=found, version=values["version"], values=form.values())

    return edit(request, form, page, write)


def _initial(found: Breach, now: BreachFacts | None) -> dict[str, Any]:
    if now is None:
        return {"version": found.version, "known_at": found.reported_at}
    kept = {name: getattr(now, name) for name in FactsForm.base_fields if hasattr(now, name)}
    return {**kept, "version": found.version, "reason": ""}


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def notify(request: SignedInRequest, pk: int) -> HttpResponse:
    """Records that somebody was told."""
    viewer = require_viewer(request.viewer)
    found = breach_for(viewer, pk)
    require_keeper(viewer, found)
    form = NoticeForm(request.POST or None, zone=found.agency.time_zone, initial=_sent(request))
    page = _page(
        found,
        title=gettext("Catat pemberitahuan"),
        lead=gettext("Catat setelah suratnya dikirim. Naskahnya ada di halaman kejadian."),
        submit=gettext("Catat"),
        done=gettext("Pemberitahuan tercatat."),
    )

    def write(values: dict[str, Any]) -> object:
        recipient = Recipient(values.pop("recipient"))
        return services.record_notice(actor=viewer, breach=found, recipient=recipient, **values)

    return edit(request, form, page, write)


def _sent(request: SignedInRequest) -> dict[str, Any]:
    asked = request.GET.get("kepada", "")
    known = asked if asked in Recipient.values else Recipient.SUBJECTS
    return {"recipient": known, "sent_at": timezone.now()}


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: SignedInRequest, pk: int, notice: int) -> HttpResponse:
    """Takes back a notice that was recorded by mistake."""
    viewer = require_viewer(request.viewer)
    found = breach_for(viewer, pk)
    require_keeper(viewer, found)
    row = get_object_or_404(found.notices.select_related("breach"), pk=notice)
    page = _page(
        found,
        title=gettext("Batalkan catatan pemberitahuan"),
        lead=gettext("Catatannya tetap terbaca, tetapi tidak dihitung lagi."),
        submit=gettext("Batalkan catatan"),
        done=gettext("Catatan pemberitahuan dibatalkan."),
    )
    form = WithdrawForm(request.POST or None)
    return edit(request, form, page, lambda values: services.withdraw_notice(actor=viewer, notice=row, **values))


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def end(request: SignedInRequest, pk: int, how: str) -> HttpResponse:
    """The oversight team closes, dismisses or opens again."""
    viewer = require_viewer(request.viewer)
    if how not in ENDINGS:
        raise Http404
    found = breach_for(viewer, pk)
    require_decider(viewer, found)
    _verb, do, title, lead = ENDINGS[how]
    page = _page(found, title=str(title), lead=str(lead), submit=str(title), done=gettext("Keputusan Anda tercatat."))
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda values: do(actor=viewer, breach=found, **values))


def _page(found: Breach, *, title: str, submit: str, done: str, lead: str = "") -> Page:
    crumbs = ((gettext("Pelindungan data"), reverse("privacy:register")), (str(found), found.get_absolute_url()))
    return Page(title, found.get_absolute_url(), submit, done, lead, crumbs)


@never_cache
@require_safe
@login_required
def letter(request: SignedInRequest, pk: int, recipient: str) -> HttpResponse:
    """The text of a notice with everything the law asks for, to print or copy; says what is still missing."""
    viewer = require_viewer(request.viewer)
    found = breach_for(viewer, pk)
    now = newest_facts(found)
    if now is None or recipient not in recipients_due(now):
        raise Http404
    context = {
        "breach": found,
        "facts": now,
        "recipient": Recipient(recipient),
        "missing": names_of_parts(missing_of(now)),
        "rule": rule_set("breach", now.known_at.date()),
    }
    return render(request, "privacy/letter.html", context)
