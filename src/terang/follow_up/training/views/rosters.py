"""The roster of a day, and finishing a session."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terang.accounts.requests import SignedInRequest
from terang.follow_up.training import selectors
from terang.follow_up.training.access import require_keeper
from terang.follow_up.training.forms import RosterForm, VersionForm
from terang.follow_up.training.models import EnrolmentState
from terang.follow_up.training.services import finish_session, keep_roster
from terang.follow_up.training.states import require_begun, require_scheduled
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.web.errors import Stale
from terang.web.numbers import longdate


@require_http_methods(["GET", "POST"])
@login_required
def roster(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who was there on one day."""
    viewer = require_viewer(request.viewer)
    day = selectors.day_for(viewer, pk)
    session = day.session
    require_keeper(viewer, session.course.agency_id)
    require_scheduled(session)
    require_begun(day, viewer.today)
    seated = session.enrolments.filter(state=EnrolmentState.SEATED).select_related("employee")
    people = [(row.pk, row.employee.name) for row in seated.order_by("employee__name", "pk")]
    there = list(day.presences.filter(present=True).values_list("enrolment_id", flat=True))
    initial = {"version": day.version, "present": there if day.recorded_at else [pk for pk, _name in people]}
    form = RosterForm(request.POST or None, people=people, initial=initial)
    back = session.get_absolute_url()
    page = Page(
        title=_("Daftar hadir"),
        back=back,
        submit=_("Simpan daftar hadir"),
        done=_("Daftar hadir tersimpan."),
        lead=_("%(title)s, %(day)s. Hapus centang yang tidak hadir.")
        % {"title": session.course.title, "day": longdate(day.day)},
        crumbs=((session.course.title, back),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: keep_roster(actor=viewer, day=day, present_ids=form.present_ids(), version=told["version"]),
    )


@require_POST
@login_required
def finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hours are counted and certificates made."""
    viewer = require_viewer(request.viewer)
    found = selectors.session_for(viewer, pk)
    require_keeper(viewer, found.course.agency_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    finish_session(actor=viewer, session=found, version=form.cleaned_data["version"])
    messages.success(request, _("Sesi selesai. JP dihitung dan sertifikat terbit."))
    return redirect(found)
