"""The rater's desk: everybody to be rated, one person with all evidence beside the form, handing over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals import selectors
from terang.evaluation.appraisals.access import require_author, require_rater
from terang.evaluation.appraisals.days import others_of, touching
from terang.evaluation.appraisals.forms import HandOverForm, ProposeForm, RateForm, ReopenForm
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow, UnitDays
from terang.evaluation.appraisals.page import desk_for, next_person, own_draft
from terang.evaluation.appraisals.raters import Seat, is_closed, seat_of
from terang.evaluation.appraisals.services import (
    decide_appraisal,
    hand_over,
    propose_carry,
    reopen_appraisal,
    save_appraisal,
)
from terang.evaluation.appraisals.services.rating import results_of
from terang.evaluation.appraisals.tabs import tabs
from terang.registry.editing import Page, edit, show
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import Stale

DECIDE, ONWARD = "decide", "onward"


@require_safe
@login_required
def current(request: SignedInRequest) -> HttpResponse:
    """The desk of the newest window that has begun."""
    viewer = require_viewer(request.viewer)
    windows = selectors.open_windows(viewer)
    if windows:
        return redirect("appraisals:desk", windows[0].pk)
    return render(request, "appraisals/no_window.html", {"tabs": tabs(viewer, "current")})


@require_safe
@login_required
def desk(request: SignedInRequest, window_id: int) -> HttpResponse:
    """Everybody the viewer rates in a window, by unit, with the spread of what was decided."""
    viewer = require_viewer(request.viewer)
    return _desk_page(request, viewer, selectors.window_for(viewer, window_id))


def _desk_page(
    request: SignedInRequest,
    viewer: Viewer,
    window: RatingWindow,
    refused: tuple[int, HandOverForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    groups = selectors.desk_of(viewer, window)
    others = others_of(window)
    held = list(dict.fromkeys(each for group in groups for each in touching(window, group.unit, others))) or [window]
    forms = [
        (group, refused[1] if refused and refused[0] == group.unit.pk else HandOverForm(auto_id=f"u{group.unit.pk}_%s"))
        for group in groups
    ]
    context = {
        "window": window,
        "windows": selectors.open_windows(viewer),
        "groups": forms,
        "late": all(is_closed(each, viewer.today) for each in held),
        "bulk": viewer.is_head,
        "leads_raters": bool(selectors.raters_below(viewer, window)),
        "begun": any(viewer.today >= each.opens_on for each in held),
        "others": [each for each in held if isinstance(each, UnitDays)],
        "tabs": tabs(viewer, "current"),
    }
    return render(request, "appraisals/desk.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def rate(request: SignedInRequest, window_id: int, employee_id: int) -> HttpResponse:
    """One person: evidence and form side by side. "Simpan draf" keeps it, "Tetapkan" decides."""
    viewer = require_viewer(request.viewer)
    window = selectors.window_for(viewer, window_id)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    kept = selectors.kept_for(window, employee.pk)
    if kept is not None and kept.state != AppraisalState.DRAFT:
        if kept.rater_id != viewer.employee.pk:
            require_rater(viewer, window, employee)
        _tell_unused(request, kept)
        return redirect(kept)
    seat = require_rater(viewer, window, employee)
    version = kept.version if kept else 0
    results = results_of(employee, window, viewer)
    kept = own_draft(kept, seat)
    form = RateForm(request.POST or None, results=results, kept=kept, version=version)
    if request.method == "POST" and form.is_valid() and (done := _act(request, viewer, window, seat, form)):
        return _onward(request, viewer, window, done)
    earlier = selectors.earlier_result(employee.pk, seat.post.post.unit, window)
    context = {
        "earlier": earlier,
        "carry": getattr(kept, "carry_over", None),
        "propose_form": ProposeForm(initial={"version": version}, auto_id="usul_%s") if earlier else None,
        "desk": (sheet := desk_for(viewer, window, seat, kept, results)),
        "rows": [(row, sheet.figures[row.pk], rating, remark) for row, rating, remark in form.rows()],
        "form": form,
    }
    return render(request, "appraisals/rate.html", context, status=422 if form.errors else 200)


def _tell_unused(request: SignedInRequest, kept: Appraisal) -> None:
    """Says so where an old page sent other ratings than those already decided; a second click sends the same."""
    sent = tuple(request.POST.get(name) for name in ("work_result", "behaviour"))
    if request.method == "POST" and sent != (kept.work_result, kept.behaviour):
        messages.warning(request, _("Penilaian ini sudah ditetapkan. Isian dari halaman lama tidak dipakai."))


def _act(
    request: SignedInRequest, viewer: Viewer, window: RatingWindow, seat: Seat, form: RateForm
) -> Appraisal | None:
    """What the pressed button asks for; None where it was refused: the reasons are told, the draft is kept where it
    could be."""
    told = form.cleaned_data
    try:
        kept = save_appraisal(
            actor=viewer,
            window=window,
            employee=seat.employee,
            marks=form.marks(),
            form_key=told["form_key"],
            version=told["version"],
        )
    except ValidationError as error:
        show(form, error)
        return None
    if not {DECIDE, ONWARD} & set(request.POST):
        messages.success(request, _("Draf tersimpan. Pegawai belum melihatnya."))
        return kept
    try:
        with transaction.atomic():
            return decide_appraisal(actor=viewer, appraisal=kept, version=kept.version)
    except ValidationError as error:
        show(form, error)
        return None


def _onward(request: SignedInRequest, viewer: Viewer, window: RatingWindow, done: Appraisal) -> HttpResponse:
    if done.state == AppraisalState.DRAFT:
        return redirect("appraisals:rate", window.pk, done.employee_id)
    messages.success(
        request,
        _("%(name)s: %(predicate)s. Belum diserahkan.")
        % {"name": done.employee.name, "predicate": done.get_predicate_display()},
    )
    following = next_person(selectors.desk_of(viewer, window), done.employee_id) if ONWARD in request.POST else None
    if following:
        return redirect("appraisals:rate", window.pk, following.pk)
    return redirect("appraisals:desk", window.pk)


@require_POST
@login_required
def propose(request: SignedInRequest, window_id: int, employee_id: int) -> HttpResponse:
    """Proposes the earlier result of the old unit to somebody who moved."""
    viewer = require_viewer(request.viewer)
    window = selectors.window_for(viewer, window_id)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    require_rater(viewer, window, employee)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    propose_carry(actor=viewer, window=window, employee=employee, **form.cleaned_data)
    messages.success(request, _("Usul terkirim. Bila pegawai setuju, hasil itu berlaku; bila tidak, nilailah."))
    return redirect("appraisals:rate", window.pk, employee.pk)


@require_POST
@login_required
def give(request: SignedInRequest, window_id: int, unit_id: int) -> HttpResponse:
    """Hands over the decided appraisals of a unit that the page showed. Pressed twice it is done once."""
    viewer = require_viewer(request.viewer)
    window = selectors.window_for(viewer, window_id)
    unit = get_object_or_404(Unit, pk=unit_id, agency_id=viewer.agency_id)
    form = HandOverForm(request.POST, auto_id=f"u{unit.pk}_%s")
    if form.is_valid():
        try:
            with transaction.atomic():
                given = hand_over(
                    actor=viewer,
                    window=window,
                    unit=unit,
                    chosen=form.chosen(),
                    spread_reason=form.cleaned_data["spread_reason"],
                )
        except ValidationError as error:
            show(form, error)
        else:
            told = _("%(n)s penilaian diserahkan kepada pegawainya.") if given else _("Penilaian itu sudah diserahkan.")
            messages.success(request, told % {"n": len(given)} if given else told)
            return redirect("appraisals:desk", window.pk)
    return _desk_page(request, viewer, window, (unit.pk, form), status=422)


@require_http_methods(["GET", "POST"])
@login_required
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to a draft, while the person has not got it."""
    appraisal = selectors.appraisal_for(request.viewer, pk)
    viewer = require_author(request.viewer, appraisal)
    seat = seat_of(appraisal.employee, appraisal.window, viewer.today)
    own = seat is not None and seat.rater_id == viewer.employee.pk
    page = Page(
        title=_("Membuka kembali penilaian"),
        back=reverse("appraisals:rate", args=[appraisal.window_id, appraisal.employee_id])
        if own
        else reverse("appraisals:desk", args=[appraisal.window_id]),
        submit=_("Buka kembali"),
        done=_("Penilaian terbuka lagi sebagai draf."),
        lead=appraisal.employee.name
        if own
        else _("%(name)s. Sesudah dibuka kembali, yang menilai adalah penilainya hari ini, bukan Anda.")
        % {"name": appraisal.employee.name},
    )
    form = ReopenForm(request.POST or None, initial={"version": appraisal.version})
    return edit(request, form, page, lambda told: reopen_appraisal(actor=request.viewer, appraisal=appraisal, **told))
