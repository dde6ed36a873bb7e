"""One's own entries, the form of the day, and where the plan stands."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work import selectors, services
from terang.evidence.work.forms import EntryForm, like
from terang.evidence.work.lists import ENTRIES
from terang.evidence.work.models import Entry
from terang.registry.people.access import require_sight_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_int


@require_safe
@login_required
def entries(request: SignedInRequest) -> HttpResponseBase:
    """One's own entries; with ?pegawai= those of somebody whose performance the viewer may see."""
    viewer = require_viewer(request.viewer)
    employee = _employee(request, viewer)
    rows = selectors.entries_of(employee.pk)
    task = asked_int(request.GET.get("tugas"))
    if task is not None:
        rows = rows.filter(task_id=task)
    table = ENTRIES.bind(request, rows)
    context = {"table": table, "employee": employee, "own": employee == viewer.employee}
    context["returned"] = selectors.returned_to(employee.pk).count() if context["own"] else 0
    return table.export() or render(request, "work/entries.html", context)


def _employee(request: SignedInRequest, viewer: Viewer) -> Employee:
    number = asked_int(request.GET.get("pegawai"))
    if number is None or number == viewer.employee.pk:
        return viewer.employee
    employee = get_object_or_404(Employee, pk=number)
    require_sight_of(viewer, employee)
    return employee


@require_http_methods(["GET", "POST"])
@login_required
def entry_new(request: SignedInRequest) -> HttpResponse:
    """The form of the day as a page; sent with htmx it answers with the fragment alone."""
    viewer = require_viewer(request.viewer)
    desk = selectors.desk_of(viewer.employee, viewer.today)
    if request.method == "GET":
        return _form_page(request, desk, _fresh_form(request, desk, viewer.today))
    form = EntryForm(request.POST, request.FILES, desk=desk)
    entry = _submitted(form, viewer) if form.is_valid() else None
    if entry is None:
        return _form_page(request, desk, form, status=422)
    if not request.headers.get("HX-Request"):
        messages.success(request, gettext("Kegiatan tercatat dan dikirim ke atasan."))
        return redirect("work:entries")
    context = {"form": _fresh_form(request, desk, viewer.today, repeat=False), "desk": desk, "saved": entry}
    return htmx.toast(render(request, "work/_entry_form.html", context), gettext("Kegiatan tercatat."))


@require_safe
@login_required
def entry_form(request: SignedInRequest) -> HttpResponse:
    """The form of the day as a fragment, for other rooms' pages: `hx-get`, `hx-trigger="load"`."""
    viewer = require_viewer(request.viewer)
    desk = selectors.desk_of(viewer.employee, viewer.today)
    return render(request, "work/_entry_form.html", {"form": _fresh_form(request, desk, viewer.today), "desk": desk})


def _fresh_form(request: SignedInRequest, desk: selectors.Desk, today: date, *, repeat: bool = True) -> EntryForm:
    initial: dict[str, Any] = {"day": today}
    if repeat and desk.last and request.GET.get("seperti") == "terakhir":
        initial |= like(desk.last)
    return EntryForm(desk=desk, initial=initial)


def _form_page(request: SignedInRequest, desk: selectors.Desk, form: EntryForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "desk": desk}
    return htmx.render(request, "work/entry_new.html", "work/_entry_form.html", context, status=status)


def _submitted(form: EntryForm, viewer: Viewer) -> Entry | None:
    """The entry, or None where custody refused the proof; the reason then stands at its field."""
    names = ("day", "result", "text", "quantity_milli", "task", "indicator", "form_key")
    data = {name: form.cleaned_data[name] for name in names}
    try:
        return services.submit_entry(actor=viewer, files=proofs(form), **data)
    except ValidationError as refused:
        form.add_error("proof", refused)
        return None


def proofs(form: Any) -> list[Any]:
    return [form.cleaned_data["proof"]] if form.cleaned_data.get("proof") else []


@require_safe
@login_required
def plan(request: SignedInRequest) -> HttpResponse:
    """The agreed plan with target, what is due, and what was reached; with ?pegawai= that of somebody else."""
    viewer = require_viewer(request.viewer)
    employee = _employee(request, viewer)
    context = {"employee": employee, "own": employee == viewer.employee}
    context["progress"] = selectors.progress_of(employee, viewer.today)
    return render(request, "work/plan.html", context)
