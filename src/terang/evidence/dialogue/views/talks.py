"""Pages of the performance dialogue."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.dialogue import services
from terang.evidence.dialogue.access import leader_of, require_confirmer, require_talker
from terang.evidence.dialogue.agenda import points_for
from terang.evidence.dialogue.models import Talk, TalkState
from terang.evidence.dialogue.talk_forms import (
    AgreementForm,
    CallForm,
    KeyForm,
    NoteForm,
    OutcomeForm,
    PointForm,
    ReasonForm,
)
from terang.evidence.dialogue.talk_selectors import (
    agreement_for,
    agreements_of,
    partners,
    point_for,
    talk_for,
    talks_of,
)
from terang.evidence.dialogue.views.reading import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

PAGE = 20


@require_safe
@login_required
def talks(request: SignedInRequest) -> HttpResponse:
    """The viewer's talks, what they promised, and whom they lead."""
    viewer = require_viewer(request.viewer)
    context = {
        "page": Paginator(talks_of(viewer.employee.pk), PAGE).get_page(request.GET.get("halaman")),
        "promised": agreements_of(viewer.employee.pk)[:PAGE],
        "partners": partners(viewer) if viewer.is_head else [],
        "own": viewer.employee,
        "today": viewer.today,
        "tabs": tabs(viewer, "talks"),
    }
    return render(request, "dialogue/talks.html", context)


@require_safe
@login_required
def talk(request: SignedInRequest, pk: int) -> HttpResponse:
    """One talk: its points with what was said, what was agreed, and the two keys."""
    found = talk_for(request.viewer, pk)
    own = require_viewer(request.viewer).employee.pk
    takes_part = own in (found.leader_id, found.employee_id)
    context = {
        "talk": found,
        "points": found.points.select_related("added_by"),
        "agreements": found.agreements.select_related("owner"),
        "own_id": own,
        "may_write": takes_part and found.is_open,
        "may_tell": own == found.leader_id and found.is_open and found.day <= require_viewer(request.viewer).today,
        "may_confirm": own == found.employee_id and found.state == TalkState.TOLD,
    }
    return render(request, "dialogue/talk.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def call(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """Calls a talk, and shows what Terang will put on the table."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    leader = leader_of(request.viewer, employee)
    viewer = require_viewer(request.viewer)
    form = CallForm(request.POST or None, initial={"day": viewer.today})
    other = leader if viewer.employee.pk == employee.pk else employee
    found = points_for(leader.pk, employee.pk, viewer.today)
    lead = (
        _("Terang menaruh %(n)s pokok bahasan; keduanya dapat menambah.") % {"n": len(found)}
        if found
        else _("Belum ada yang terbuka; keduanya dapat menambah pokok bahasan.")
    )
    page = Page(
        title=_("Dialog kinerja dengan %(name)s") % {"name": other.name},
        back=reverse("dialogue:talks"),
        submit=_("Siapkan dialog"),
        done="",
        onward=True,
        lead=lead,
    )
    return edit(request, form, page, lambda told: services.call_talk(actor=viewer, employee=employee, **told))


@require_http_methods(["GET", "POST"])
@login_required
def point_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Adds something to talk about."""
    found, viewer = _writing(request, pk)
    page = _page(found, _("Menambah pokok bahasan"), _("Tambah"), _("Pokok bahasan ditambahkan."))
    form = PointForm(request.POST or None)
    return edit(request, form, page, lambda told: services.add_point(actor=viewer, talk=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def point_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Writes down what was said about a point."""
    point = point_for(request.viewer, pk)
    found, viewer = _writing(request, point.talk_id)
    page = _page(found, _("Mencatat pembicaraan"), _("Simpan"), _("Catatan tersimpan."), point.text)
    form = NoteForm(request.POST or None, initial={"note": point.note, "version": found.version})
    return edit(request, form, page, lambda told: services.note_point(actor=viewer, point=point, **told))


@require_http_methods(["GET", "POST"])
@login_required
def agreement_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Writes down what is agreed."""
    found, viewer = _writing(request, pk)
    page = _page(found, _("Menulis kesepakatan"), _("Simpan"), _("Kesepakatan tersimpan."))
    form = AgreementForm(request.POST or None, talk=found, initial={"owner": found.employee_id})
    return edit(request, form, page, lambda told: services.agree(actor=viewer, talk=found, promised=form.promised()))


@require_http_methods(["GET", "POST"])
@login_required
def agreement_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Strikes what was written by mistake."""
    agreement = agreement_for(request.viewer, pk)
    found, viewer = _writing(request, agreement.talk_id)
    page = _page(found, _("Mencoret kesepakatan?"), _("Coret"), _("Kesepakatan dicoret."), agreement.text)
    form = KeyForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: services.drop_agreement(actor=viewer, agreement=agreement))


@require_http_methods(["GET", "POST"])
@login_required
def agreement_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its owner says that it is done."""
    agreement = agreement_for(request.viewer, pk)
    viewer = require_talker(request.viewer, agreement.talk)
    page = _page(agreement.talk, _("Kesepakatan selesai"), _("Selesai"), _("Kesepakatan selesai."), agreement.text)
    form = OutcomeForm(request.POST or None)

    def act(told: dict[str, Any]) -> object:
        return services.settle_agreement(actor=viewer, agreement=agreement, outcome=told["outcome"])

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader's key."""
    found, viewer = _writing(request, pk)
    lead = _("Isinya tidak dapat diubah lagi. %(name)s lalu mengonfirmasi, atau mengembalikan dengan alasan.")
    page = _page(
        found,
        _("Dialog sudah berlangsung?"),
        _("Ya, kirim untuk dikonfirmasi"),
        _("Menunggu konfirmasi pegawai."),
        lead % {"name": found.employee.name},
    )
    form = KeyForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: services.tell_talk(actor=viewer, talk=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's key."""
    found, viewer = _answering(request, pk)
    lead = _("Isinya sesuai dengan yang dibicarakan dan disepakati.")
    page = _page(found, _("Mengonfirmasi dialog"), _("Ya, sesuai"), _("Dialog dikonfirmasi keduanya."), lead)
    form = KeyForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: services.confirm_talk(actor=viewer, talk=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee says what is not right."""
    found, viewer = _answering(request, pk)
    page = _page(found, _("Ada yang tidak sesuai"), _("Kembalikan"), _("Dialog dibuka lagi untuk keduanya."))
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: services.give_back_talk(actor=viewer, talk=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Either calls it off."""
    found, viewer = _writing(request, pk)
    page = _page(found, _("Membatalkan dialog"), _("Batalkan dialog"), _("Dialog dibatalkan."))
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: services.cancel_talk(actor=viewer, talk=found, **told))


def _writing(request: SignedInRequest, pk: int) -> tuple[Talk, Viewer]:
    """An open talk of the viewer."""
    found = talk_for(request.viewer, pk)
    viewer = require_talker(request.viewer, found)
    if not found.is_open:
        raise NotNow(_("Dialog ini tidak dapat diubah lagi."))
    return found, viewer


def _answering(request: SignedInRequest, pk: int) -> tuple[Talk, Viewer]:
    """A talk that waits for the viewer's word."""
    found = talk_for(request.viewer, pk)
    viewer = require_confirmer(request.viewer, found)
    if found.state != TalkState.TOLD:
        raise NotNow(_("Dialog ini tidak menunggu konfirmasi Anda."))
    return found, viewer


def _page(found: Talk, title: str, submit: str, done: str, lead: str = "") -> Page:
    back = found.get_absolute_url()
    return Page(title=title, back=back, submit=submit, done=done, lead=lead, crumbs=((_("Dialog kinerja"), back),))
