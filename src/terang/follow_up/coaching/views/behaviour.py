"""Pages of reports about behaviour (Format B.1.10) and of who may counsel."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.dialogue.models import Feedback
from terang.follow_up.coaching import selectors, services
from terang.follow_up.coaching.access import keeps, require_answerer, require_keeper, require_subject
from terang.follow_up.coaching.forms import AnswerForm, CounsellorForm, KeyForm, ReplyForm, ReportForm
from terang.follow_up.coaching.models import BehaviourReport, Counsellor, ReportState
from terang.follow_up.coaching.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_appraiser_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_reports
from terang.web.errors import NotNow, Stale

PAGE = 20


@require_safe
@login_required
def reports(request: SignedInRequest) -> HttpResponse:
    """Reports about and by the viewer; for the personnel agency all, with the list of counsellors."""
    viewer = require_viewer(request.viewer)
    page = Paginator(selectors.reports_read(viewer), PAGE).get_page(request.GET.get("halaman"))
    context = {
        "tabs": tabs(viewer, "reports"),
        "page": page,
        "keeps": keeps(viewer),
        "own_id": viewer.employee.pk,
        "people": direct_reports(viewer.employee, viewer.today).order_by("name", "pk"),
        "counsellors": selectors.counsellors_on(viewer.agency_id, viewer.today),
        "counselled": selectors.counselled(viewer.agency_id),
    }
    return render(request, "coaching/reports.html", context)


@require_safe
@login_required
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """One report, with its proofs."""
    found = selectors.report_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    sent, own = found.state == ReportState.SENT, viewer.employee.pk == found.employee_id
    context = {
        "report": found,
        "proofs": found.proofs.order_by("day"),
        "own": own,
        "may_reply": own and sent,
        "may_answer": sent and keeps(viewer) and viewer.employee.pk not in (found.employee_id, found.reporter_id),
    }
    return render(request, "coaching/report.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def report_new(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The appraiser reports."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    require_appraiser_of(request.viewer, employee)
    given = Feedback.objects.filter(subject=employee, withdrawn_at=None).order_by("-day", "-pk")
    form = ReportForm(request.POST or None, feedback=list(given[:PAGE]))
    page = Page(
        title=_("Laporan permasalahan perilaku kerja: %(name)s") % {"name": employee.name},
        back=reverse("coaching:reports"),
        submit=_("Laporkan"),
        done=_("Laporan terkirim kepada kepegawaian; pegawainya membacanya."),
        lead=_("Format B.1.10. Pegawai membaca laporan ini dan dapat menanggapinya. Laporan bukan hukuman."),
        crumbs=((_("Laporan perilaku"), reverse("coaching:reports")),),
        onward=True,
    )

    def act(told: dict[str, Any]) -> object:
        return services.report_behaviour(
            actor=request.viewer, employee=employee, problem=form.problem_told(), form_key=told["form_key"]
        )

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's own word."""
    found = selectors.report_for(request.viewer, pk)
    viewer = require_subject(request.viewer, found)
    _require_sent(found)
    form = ReplyForm(request.POST or None, initial={"reply": found.reply, "version": found.version})
    page = _page(found, _("Tanggapan saya"), _("Simpan"), _("Tanggapan tersimpan."))
    return edit(request, form, page, lambda told: services.reply_to_report(actor=viewer, report=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The personnel agency answers."""
    found = selectors.report_for(request.viewer, pk)
    viewer = require_answerer(request.viewer, found)
    _require_sent(found)
    counsellors = list(selectors.counsellors_on(viewer.agency_id, viewer.today))
    form = AnswerForm(request.POST or None, report=found, counsellors=counsellors)
    lead = _("Konselor yang dipilih tidak diberi laporan ini, dan Anda tidak diberi tahu apakah keduanya bertemu.")
    page = _page(found, _("Menjawab laporan"), _("Simpan"), _("Jawaban tersimpan; keduanya membacanya."), lead)

    def act(told: dict[str, Any]) -> object:
        return services.answer_report(
            actor=viewer, report=found, counsellor=form.chosen(), answer=told["answer"], version=told["version"]
        )

    return edit(request, form, page, act)


def _require_sent(found: BehaviourReport) -> None:
    if found.state != ReportState.SENT:
        raise NotNow(_("Laporan ini sudah dijawab."))


def _page(found: BehaviourReport, title: str, submit: str, done: str, lead: str = "") -> Page:
    crumbs = ((_("Laporan perilaku"), reverse("coaching:reports")), (found.employee.name, found.get_absolute_url()))
    return Page(title=title, back=found.get_absolute_url(), submit=submit, done=done, lead=lead, crumbs=crumbs)


@require_http_methods(["GET", "POST"])
@login_required
def counsellor_new(request: SignedInRequest) -> HttpResponse:
    """The personnel agency writes down who may counsel."""
    viewer = require_keeper(request.viewer)
    form = CounsellorForm(request.POST or None, agency_id=viewer.agency_id, initial={"starts_on": viewer.today})
    page = Page(
        title=_("Mencatat konselor"),
        back=reverse("coaching:reports"),
        submit=_("Catat"),
        done=_("Konselor tercatat; setiap pegawai dapat menghubunginya."),
        lead=_("Pejabat penilai hanya bila sudah mengikuti pelatihan konseling."),
        crumbs=((_("Laporan perilaku"), reverse("coaching:reports")),),
    )

    def act(told: dict[str, Any]) -> object:
        appointment = services.Appointment(told["nip"], told["kind"], told["basis"], told["starts_on"])
        return services.appoint_counsellor(actor=viewer, told=appointment, form_key=told["form_key"])

    return edit(request, form, page, act)


@require_POST
@login_required
def counsellor_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """From today on they take nobody new."""
    viewer = require_keeper(request.viewer)
    found = get_object_or_404(Counsellor.objects.select_related("employee"), pk=pk, employee__agency=viewer.agency_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    services.end_counsellor(actor=viewer, row=found, version=form.cleaned_data["version"])
    messages.success(request, _("Konselor tidak menerima yang baru lagi."))
    return redirect("coaching:reports")
