"""Pages of the observed person: to answer, to reflect, to accept, to ask for another observer; and taking one out."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.evidence.observation import selectors, services
from terang.evidence.observation.access import require_decider, require_observed
from terang.evidence.observation.forms import KeyForm, ReasonForm, ReflectForm, ReplyForm
from terang.evidence.observation.services.deciding import may_contest
from terang.evidence.observation.states import has_begun, require_move
from terang.evidence.observation.views.pages import page_of
from terang.registry.editing import edit
from terang.web.errors import NotNow


@require_http_methods(["GET", "POST"])
@login_required
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """A word to the observers, once."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_observed(request.viewer, row)
    require_move(row, "reply")
    if row.replied_at:
        raise NotNow(_("Anda sudah menanggapi. Tulis yang berikutnya dalam refleksi."))
    lead = _("Dibaca oleh pengamat dan atasan Anda. Satu kali; selanjutnya tulis dalam refleksi.")
    page = page_of(row, _("Menanggapi umpan balik"), _("Simpan tanggapan"), _("Tanggapan tersimpan."), lead)
    form = ReplyForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, lambda told: services.reply_observation(actor=viewer, observation=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def reflect(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was learned and tried."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_observed(request.viewer, row)
    require_move(row, "reflect")
    lead = _("Sasaran: %(aim)s") % {"aim": row.aim}
    page = page_of(row, _("Refleksi"), _("Simpan refleksi"), _("Refleksi tersimpan."), lead)
    form = ReflectForm(request.POST or None, initial={"version": row.version, "text": row.reflection})
    return edit(request, form, page, lambda told: services.reflect_observation(actor=viewer, observation=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """From now on it counts."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_observed(request.viewer, row)
    require_move(row, "accept")
    counted = _("Setelah diterima, hasilnya ikut dihitung dalam nilai Anda.")
    lead = _("Observasi ini untuk belajar dan tidak dinilai.") if row.instrument.formative else counted
    page = page_of(row, _("Terima hasil observasi?"), _("Ya, terima"), _("Observasi selesai."), lead)
    form = KeyForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, lambda told: services.accept_observation(actor=viewer, observation=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def contest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another observer, please."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_observed(request.viewer, row)
    require_move(row, "contest")
    if not may_contest(row, viewer):
        raise NotNow(_("Pengamat lain hanya dapat diminta satu kali, dan sampai hari terakhirnya."))
    lead = _("Pimpinan yang tidak ikut mengamati menunjuk pengamat lain. Sementara itu observasi ini tidak dihitung.")
    page = page_of(row, _("Meminta pengamat lain"), _("Kirim permintaan"), _("Permintaan terkirim."), lead)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, lambda told: services.contest_observation(actor=viewer, observation=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def uncontest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not after all."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_observed(request.viewer, row)
    require_move(row, "uncontest")
    page = page_of(row, _("Tarik permintaan pengamat lain?"), _("Ya, tarik"), _("Permintaan ditarik."))
    form = KeyForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, lambda told: services.uncontest_observation(actor=viewer, observation=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Taken out, with the reason."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_decider(request.viewer, row)
    require_move(row, "withdraw")
    if not has_begun(row):
        raise NotNow(_("Belum ada lembar yang diserahkan. Batalkan saja observasi ini."))
    lead = _("Catatannya tetap tersimpan dengan alasan Anda, tetapi tidak dihitung lagi.")
    page = page_of(row, _("Mencabut observasi"), _("Cabut observasi"), _("Observasi dicabut dan tidak dihitung."), lead)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, lambda told: services.withdraw_observation(actor=viewer, observation=row, **told))
