"""The catalogue: reading for everybody, writing for the personnel agency."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import policy_on
from terang.follow_up.training import selectors
from terang.follow_up.training.access import keeps, require_keeper
from terang.follow_up.training.effect import course_effects
from terang.follow_up.training.findings import shown_value
from terang.follow_up.training.forms import CourseForm, VersionForm
from terang.follow_up.training.lists import courses_table
from terang.follow_up.training.models import Course
from terang.follow_up.training.needs import need_for
from terang.follow_up.training.services import add_course, change_course, current_test, withdraw_course
from terang.follow_up.training.states import require_offered
from terang.follow_up.training.tabs import tabs
from terang.follow_up.training.wording import subject_choices, subject_label
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.policies import Policy
from terang.web.errors import Stale


def _policy(viewer: Viewer) -> Policy | None:
    version = policy_on(viewer.agency_id, viewer.today)
    return rules_of(version) if version else None


@require_safe
@login_required
def courses(request: SignedInRequest) -> HttpResponseBase:
    """Everything that is offered, to search in."""
    viewer = require_viewer(request.viewer)
    table = courses_table(_policy(viewer)).bind(request, selectors.courses_of(viewer))
    context = {"table": table, "keeps": keeps(viewer), "tabs": tabs(viewer, "courses")}
    return table.export() or render(request, "training/courses.html", context)


@require_safe
@login_required
def course(request: SignedInRequest, pk: int) -> HttpResponse:
    """One course: what it teaches, what it helps with, why it is advised to the viewer, what became of the figures
    that brought people to it, and its sessions."""
    viewer = require_viewer(request.viewer)
    found, policy = selectors.course_for(viewer, pk), _policy(viewer)
    aims = [
        (subject_label(aim.subject, policy), None if aim.below_bp is None else shown_value(aim.subject, aim.below_bp))
        for aim in found.aims.all()
    ]
    context = {
        "course": found,
        "aims": aims,
        "need": need_for(viewer.employee, found, viewer.today),
        "sessions": selectors.sessions_ahead(viewer, found),
        "effects": course_effects(found, viewer.today),
        "test": current_test(found),
        "keeps": keeps(viewer),
    }
    return render(request, "training/course.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    form = CourseForm(request.POST or None, subjects=subject_choices(_policy(viewer)))
    page = Page(
        title=_("Pelatihan baru"),
        back=reverse("training:courses"),
        submit=_("Tambahkan"),
        done=_("Pelatihan ada di katalog."),
        crumbs=((_("Katalog"), reverse("training:courses")),),
        onward=True,
    )
    return edit(
        request, form, page, lambda told: add_course(actor=viewer, words=form.words(), form_key=told["form_key"])
    )


@require_http_methods(["GET", "POST"])
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.course_for(viewer, pk)
    require_keeper(viewer, found.agency_id)
    require_offered(found)
    form = CourseForm(request.POST or None, subjects=subject_choices(_policy(viewer)), course=found)
    page = Page(
        title=_("Mengubah pelatihan"),
        back=found.get_absolute_url(),
        submit=_("Simpan"),
        done=_("Perubahan tersimpan."),
        lead=_("Rencana dan sertifikat yang sudah ada tidak berubah."),
        crumbs=_crumbs(found),
    )
    return edit(
        request,
        form,
        page,
        lambda told: change_course(actor=viewer, course=found, words=form.words(), version=told["version"]),
    )


def _crumbs(course: Course) -> tuple[tuple[str, str], ...]:
    return ((_("Katalog"), reverse("training:courses")), (course.title, course.get_absolute_url()))


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is offered no more."""
    viewer = require_viewer(request.viewer)
    found = selectors.course_for(viewer, pk)
    require_keeper(viewer, found.agency_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    withdraw_course(actor=viewer, course=found, version=form.cleaned_data["version"])
    messages.success(request, _("Pelatihan tidak ditawarkan lagi. Sesi yang sudah dijadwalkan tetap berjalan."))
    return redirect("training:courses")
