"""Explainers with one's own figures, how far they have come, where help is, and the question box."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.explanation import Explanation, explain
from terang.evaluation.selectors import current_period, score_in
from terang.follow_up.explainers import asking, selectors, services
from terang.follow_up.explainers.content import explainer_for
from terang.follow_up.explainers.forms import AnswerForm, ContactForm, QuestionForm, ReplyForm
from terang.follow_up.training.selectors import introductions_ahead
from terang.registry.editing import Page, edit
from terang.registry.people.access import may_keep, require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

OWN_SCORE = "nilai"
"""The explainer that walks through the reader's own score."""
A_PAGE = 20


@require_safe
@login_required
def shelf(request: SignedInRequest) -> HttpResponse:
    """All explainers, sessions that explain Terang, and where help is."""
    viewer = require_viewer(request.viewer)
    context = {
        "shelf": selectors.shelf_of(viewer),
        "help": selectors.help_of(viewer),
        "sessions": introductions_ahead(viewer),
        "keeps": may_keep(viewer),
        "sees_others": selectors.sees_others(viewer),
    }
    return render(request, "explainers/shelf.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def explainer(request: SignedInRequest, code: str) -> HttpResponse:
    """One explainer with its questions; answered, it says which were right and why."""
    viewer = require_viewer(request.viewer)
    found = explainer_for(code)
    form = AnswerForm(request.POST or None, explainer=found)
    told, reading = [], selectors.reading_of(viewer, found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        reading = services.answer(actor=viewer, explainer=found, answers=form.answers(), version=version)
        told = form.told()
    context = {
        "explainer": found,
        "form": form,
        "answered": told,
        "all_right": bool(told) and all(each["right"] for each in told),
        "reading": reading,
        "walks": code == OWN_SCORE,
        "told": _own(viewer) if code == OWN_SCORE else None,
        "person": viewer.employee,
    }
    return render(request, "explainers/explainer.html", context, status=422 if form.errors else 200)


def _own(viewer: Viewer) -> Explanation | None:
    """The viewer's own score of the running period; None where there is none yet."""
    period = current_period(viewer.agency_id, viewer.today)
    found = score_in(viewer.employee.pk, period.pk) if period else None
    return explain(found) if found else None


@require_safe
@login_required
def reach(request: SignedInRequest) -> HttpResponse:
    """How far the explainers have come among the people one sees."""
    viewer = require_viewer(request.viewer)
    if not selectors.sees_others(viewer):
        raise NotAllowed(_("Halaman ini untuk yang memimpin atau mengelola pegawai."))
    return render(request, "explainers/reach.html", {"rows": selectors.reach_among(viewer), "least": selectors.LEAST})


@require_http_methods(["GET", "POST"])
@login_required
def help_new(request: SignedInRequest) -> HttpResponse:
    """The personnel agency names a place that helps."""
    viewer = require_viewer(request.viewer)
    if not may_keep(viewer):
        raise NotAllowed(_("Tempat bantuan dicatat oleh pengelola kepegawaian."))
    form = ContactForm(request.POST or None)
    page = Page(
        title=_("Tempat bantuan baru"),
        back=reverse("explainers:shelf"),
        submit=_("Simpan"),
        done=_("Tempat bantuan tersimpan."),
        lead=_("Dibaca semua pegawai. Pastikan orangnya tahu bahwa ia dicantumkan."),
        crumbs=((_("Penjelasan"), reverse("explainers:shelf")),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: services.add_contact(actor=viewer, told=form.contact(), form_key=told["form_key"]),
    )


@require_POST
@login_required
def help_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """A place that helps no longer holds."""
    viewer = require_viewer(request.viewer)
    services.end_contact(actor=viewer, contact=selectors.contact_for(viewer, pk))
    messages.success(request, _("Tempat bantuan tidak ditampilkan lagi."))
    return redirect("explainers:shelf")


@require_POST
@login_required
def help_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """A place that helps was looked at and still holds."""
    viewer = require_viewer(request.viewer)
    services.check_contact(actor=viewer, contact=selectors.contact_for(viewer, pk))
    messages.success(request, _("Tercatat: masih berlaku hari ini."))
    return redirect("explainers:shelf")


@require_safe
@login_required
def box(request: SignedInRequest) -> HttpResponse:
    """Questions with their answers, and those that were not answered in time."""
    viewer = require_viewer(request.viewer)
    days = selectors.answer_days(viewer.today)
    page = Paginator(selectors.box_of(viewer), A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "days": days,
        "late_since": viewer.today - timedelta(days=days),
        "keeps": may_keep(viewer),
        "own_id": viewer.employee.pk,
    }
    return render(request, "explainers/box.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    page = Page(
        title=_("Bertanya"),
        back=reverse("explainers:box"),
        submit=_("Kirim pertanyaan"),
        done=_("Pertanyaan terkirim. Jawabannya tampil di sini untuk semua pegawai."),
        lead=_("Tentang penilaian, laporan, tunjangan, atau apa pun dalam Terang."),
        crumbs=_box_crumbs(),
    )
    return edit(
        request,
        QuestionForm(request.POST or None),
        page,
        lambda told: asking.ask(actor=viewer, text=told["text"], nameless=told["nameless"], form_key=told["form_key"]),
    )


@require_http_methods(["GET", "POST"])
@login_required
def reply(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The personnel agency answers for everybody."""
    viewer = require_viewer(request.viewer)
    found = selectors.question_for(viewer, pk)
    if not may_keep(viewer):
        raise NotAllowed(_("Pertanyaan dijawab oleh pengelola kepegawaian."))
    known = {"answer": found.answer, "withheld": found.withheld, "version": found.version}
    page = Page(
        title=_("Menjawab pertanyaan"),
        back=reverse("explainers:box"),
        submit=_("Tampilkan jawaban"),
        done=_("Jawaban tampil untuk semua pegawai."),
        lead=found.text,
        crumbs=_box_crumbs(),
    )
    return edit(
        request,
        ReplyForm(request.POST or None, initial=known),
        page,
        lambda told: asking.reply(
            actor=viewer, question=found, answer=told["answer"], version=told["version"], withheld=told["withheld"]
        ),
    )


def _box_crumbs() -> tuple[tuple[str, str], ...]:
    return ((_("Penjelasan"), reverse("explainers:shelf")), (_("Kotak tanya"), reverse("explainers:box")))
