"""Pages of flexible work: the decisions one may see, a new one for several people, and taking one back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.audit.selectors import history_of
from terang.evidence.attendance.duty_forms import CancelForm
from terang.evidence.attendance.flexible_access import (
    may_cancel_flexible_work,
    may_decide_flexible_work,
    require_flexible_canceller,
    require_flexible_decider,
    require_sight_of_flexible_work,
    visible_flexible_work,
)
from terang.evidence.attendance.flexible_forms import FlexibleForm
from terang.evidence.attendance.flexible_lists import EXPLAINED, FLEXIBLE, weekdays_text
from terang.evidence.attendance.leave_checks import span_text
from terang.evidence.attendance.models import FlexibleMode, FlexibleWork
from terang.evidence.attendance.services.flexible_work import cancel_flexible_work, decide_flexible_work
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts, visible_employees
from terang.registry.people.viewer import Viewer
from terang.web import htmx

NAMES = ("mode", "weekdays", "place", "letter", "signed_by", "starts_on", "ends_on", "people", "form_key")


@require_safe
@login_required
def flexibles(request: SignedInRequest) -> HttpResponseBase:
    """Decisions about oneself, and about people one may see; others on the same decision are not named."""
    viewer = require_viewer(request.viewer)
    seen = Employee.objects.filter(pk__in=visible_employees(viewer).values("pk"))
    table = FLEXIBLE.bind(request, visible_flexible_work(viewer).prefetch_related(Prefetch("people", seen)))
    context = {
        "table": table,
        "may_decide": may_decide_flexible_work(viewer),
        "tabs": presence_tabs(viewer, "flexibles"),
    }
    return table.export() or render(request, "attendance/flexibles.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def flexible_new(request: SignedInRequest) -> HttpResponse:
    viewer = require_flexible_decider(request.viewer)
    start = {"starts_on": viewer.today, "last_day": viewer.today}
    form = FlexibleForm(request.POST or None, viewer=viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        work = decide_flexible_work(actor=viewer, **{name: form.cleaned_data[name] for name in NAMES})
        messages.success(request, gettext("Keputusan tercatat; hari-harinya sedang dihitung ulang."))
        return htmx.redirect(request, reverse("attendance:flexible", args=[work.pk]))
    return render(request, "attendance/flexible_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_required
def flexible(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    return _page(request, viewer, _work(viewer, pk))


def _work(viewer: Viewer, pk: int) -> FlexibleWork:
    found = get_object_or_404(FlexibleWork.objects.select_related("recorded_by"), pk=pk)
    require_sight_of_flexible_work(viewer, found)
    return found


def _page(
    request: SignedInRequest, viewer: Viewer, found: FlexibleWork, form: CancelForm | None = None, status: int = 200
) -> HttpResponse:
    seen = visible_employees(viewer) if found.recorded_by_id != viewer.employee.pk else None
    everybody = found.people.order_by("name")
    people = list(everybody.filter(pk__in=seen.values("pk")) if seen is not None else everybody)
    posts = main_posts([person.pk for person in people], viewer.today)
    cancels = found.cancelled_on is None and may_cancel_flexible_work(viewer, found)
    cancelled = (
        history_of("attendance.flexiblework", found.pk).filter(verb="attendance.flexible_work_cancelled").first()
    )
    context = {
        "work": found,
        "span": span_text(found.starts_on, found.ends_on),
        "days": weekdays_text(found),
        "explained": EXPLAINED[FlexibleMode(found.mode)],
        "lines": [(person, posts.get(person.pk)) for person in people],
        "form": form or (CancelForm(initial={"version": found.version}) if cancels else None),
        "cancelled_because": cancelled.reason if cancelled else "",
    }
    return render(request, "attendance/flexible.html", context, status=status)


@require_POST
@login_required
def flexible_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = _work(viewer, pk)
    require_flexible_canceller(viewer, found)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, found, form, status=422)
    told = form.cleaned_data
    cancel_flexible_work(actor=viewer, work=found, version=told["version"], reason=told["reason"])
    messages.success(request, gettext("Keputusan dibatalkan; hari-harinya dihitung kembali seperti biasa."))
    return htmx.redirect(request, reverse("attendance:flexible", args=[found.pk]))
