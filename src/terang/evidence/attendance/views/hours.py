"""Hours of a week: the list, a week at once with its sum, and ending one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.attendance import device_lists
from terang.evidence.attendance.access import require_keeper
from terang.evidence.attendance.hours_forms import HoursEndForm, HoursForm
from terang.evidence.attendance.models import WorkHours
from terang.evidence.attendance.services import hours as services
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.editing import Page, edit, show, show_same
from terang.registry.people.viewer import Viewer
from terang.web.numbers import longdate


@require_safe
@login_required
def hours(request: SignedInRequest) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    context = {
        "weeks": device_lists.hours_weeks(viewer.employee.agency),
        "tabs": presence_tabs(viewer, "hours"),
        "today": viewer.today,
    }
    return render(request, "attendance/hours.html", context)


@login_required
def hours_new(request: SignedInRequest) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    agency = viewer.employee.agency
    form = HoursForm(request.POST or None, agency=agency, initial={"valid_from": viewer.today})
    if request.method == "POST" and form.is_valid() and _set(viewer, form):
        messages.success(request, _("Jam kerja ditetapkan. Hari yang tersentuh sedang dihitung ulang."))
        return redirect("attendance:hours")
    bound = form if form.is_bound else HoursForm(_drawn(form), agency=agency)
    context = {"form": form, "total": _total(viewer, bound)}
    return render(request, "attendance/hours_new.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def hours_sum(request: SignedInRequest) -> HttpResponse:
    """What the week adds up to as it is typed."""
    viewer = require_keeper(request.viewer)
    form = HoursForm(request.GET, agency=viewer.employee.agency)
    return render(request, "attendance/_hours_sum.html", {"total": _total(viewer, form)})


@login_required
def hours_end(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    row = get_object_or_404(WorkHours.objects.select_related("agency", "unit"), pk=pk, agency=viewer.employee.agency)
    page = Page(
        title=_("Akhiri %s") % row.label,
        lead=_("%(unit)s, sejak %(day)s.")
        % {"unit": row.unit or _("Seluruh pemerintah daerah"), "day": longdate(row.valid_from)},
        back=reverse("attendance:hours"),
        submit=_("Akhiri"),
        done=_("Jam kerja diakhiri. Hari yang tersentuh sedang dihitung ulang."),
        crumbs=((_("Jam kerja"), reverse("attendance:hours")),),
    )
    form = HoursEndForm(request.POST or None, initial={"on": viewer.today})
    return edit(request, form, page, lambda values: services.end_hours(actor=viewer, hours=row, **values))


def _set(viewer: Viewer, form: HoursForm) -> bool:
    told = form.cleaned_data
    try:
        services.set_hours(
            actor=viewer,
            agency=viewer.employee.agency,
            week=form.week(),
            **{name: told[name] for name in ("unit", "label", "basis", "valid_from", "valid_to", "ramadan")},
        )
    except ValidationError as error:
        show(form, error)
    except IntegrityError:
        show_same(form)
    return not form.errors


def _drawn(form: HoursForm) -> dict[str, object]:
    """The values an empty form is drawn with."""
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}


def _total(viewer: Viewer, form: HoursForm) -> services.Sum:
    form.is_valid()
    told = form.cleaned_data
    free = services.works_in_shifts(viewer.employee.agency, told.get("unit"), told.get("valid_from") or viewer.today)
    return services.sum_of(form.week(), ramadan=bool(told.get("ramadan")), free=free)
