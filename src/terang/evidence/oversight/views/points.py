"""Points: written by overseers, replied to by who is named, decided, mended and looked at again."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.evidence.oversight import selectors, services
from terang.evidence.oversight.access import require_decider, require_heard, require_inspector, require_mender
from terang.evidence.oversight.forms import (
    MET,
    DecideForm,
    MendForm,
    ReplyForm,
    SeenForm,
    VerifyForm,
)
from terang.evidence.oversight.heads import counts_for
from terang.evidence.oversight.models import InspectionCheck
from terang.registry.editing import Page, edit
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


@require_http_methods(["GET", "POST"])
@login_required
def check_new(request: SignedInRequest, inspection_id: int) -> HttpResponse:
    """Writes down a point."""
    found, _sheets = selectors.inspection_for(request.viewer, inspection_id)
    viewer = require_inspector(request.viewer, found.unit)
    asked = {"criterion": request.GET.get("standar", "")[:250], "note": request.GET.get("catatan", "")[:500]}
    people = selectors.people_there(found)
    form = SeenForm(request.POST or None, request.FILES or None, people=people, initial=asked)
    page = Page(
        title=_("Mencatat butir"),
        back=found.get_absolute_url(),
        submit=_("Simpan butir"),
        done=_("Butir tersimpan."),
        lead=_("Yang tidak terpenuhi menunggu tanggapan %(n)s hari kerja sebelum dapat dihitung.")
        % {"n": found.reply_days},
        crumbs=((found.unit.name, found.get_absolute_url()),),
    )

    def act(told: dict[str, Any]) -> object:
        sent = {"form_key": told["form_key"], "photos": told["photos"]}
        return services.add_check(actor=viewer, inspection=found, seen=form.seen(), **sent)

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is named replies."""
    check, viewer = _check(request, pk, require_heard)
    if not check.is_open or check.replied_at is not None:
        raise NotNow(_("Butir ini sudah ditanggapi atau sudah diputus."))
    page = _page(check, _("Menanggapi temuan"), _("Kirim tanggapan"), _("Tanggapan terkirim."), check.note)
    form = ReplyForm(request.POST or None, initial={"version": check.version})
    return edit(request, form, page, lambda told: services.reply_check(actor=viewer, check=check, **told))


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The finding stands."""
    check, viewer = _check(request, pk, require_decider)
    if not check.is_open:
        raise NotNow(_("Butir ini sudah diputus."))
    page = _page(check, _("Temuan tetap?"), _("Temuan tetap"), _counted(check), check.reply)
    form = DecideForm(request.POST or None, initial={"version": check.version})
    return edit(request, form, page, lambda told: services.confirm_check(actor=viewer, check=check, **told))


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The finding does not stand."""
    check, viewer = _check(request, pk, require_decider)
    page = _page(check, _("Mencabut temuan"), _("Cabut temuan"), _("Temuan dicabut dan tidak dihitung."), check.reply)
    form = DecideForm(request.POST or None, initial={"version": check.version})
    return edit(request, form, page, lambda told: services.withdraw_check(actor=viewer, check=check, **told))


@require_http_methods(["GET", "POST"])
@login_required
def mend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its owner says that it is mended."""
    check, viewer = _check(request, pk, require_mender)
    page = _page(
        check, _("Temuan sudah diperbaiki"), _("Sudah diperbaiki"), _("Menunggu diperiksa kembali."), check.advice
    )
    form = MendForm(request.POST or None, initial={"version": check.version})
    return edit(request, form, page, lambda told: services.mend_check(actor=viewer, check=check, **told))


@require_http_methods(["GET", "POST"])
@login_required
def verify(request: SignedInRequest, pk: int) -> HttpResponse:
    """The overseer looked again."""
    check, viewer = _check(request, pk, require_decider)
    page = _page(check, _("Memeriksa kembali"), _("Simpan"), _("Hasil pemeriksaan tersimpan."), check.mend_note)
    form = VerifyForm(request.POST or None, initial={"version": check.version})

    def act(told: dict[str, Any]) -> object:
        return services.verify_check(actor=viewer, check=check, **(told | {"mended": told["mended"] == MET}))

    return edit(request, form, page, act)


def _check(
    request: SignedInRequest, pk: int, require: Callable[[Viewer | None, InspectionCheck], Viewer]
) -> tuple[InspectionCheck, Viewer]:
    check = selectors.check_for(pk)
    return check, require(request.viewer, check)


def _counted(check: InspectionCheck) -> str:
    """What a finding that stands leads to."""
    if counts_for(check) is None:
        return _("Temuan tetap. Tidak ada yang memimpin unit pada hari itu, jadi tidak dihitung bagi siapa pun.")
    return _("Temuan dihitung.")


def _page(check: InspectionCheck, title: str, submit: str, done: str, told: str) -> Page:
    back = check.inspection.get_absolute_url()
    lead = f"{check.criterion}: {told}" if told else check.criterion
    return Page(
        title=title, back=back, submit=submit, done=done, lead=lead, crumbs=((check.inspection.unit.name, back),)
    )
