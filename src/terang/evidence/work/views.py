"""Pages of daily work: one's own entries, the form of the day, and the queue of the appraiser."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.audit.selectors import history_of
from terang.custody.serving import file_response
from terang.evidence.work import selectors, services
from terang.evidence.work.access import may_have_original, require_author, require_decider
from terang.evidence.work.forms import CorrectionForm, DecisionForm, EntryForm, ReturnForm, like
from terang.evidence.work.lists import ENTRIES, state_badge, verb_label
from terang.evidence.work.models import Entry
from terang.evidence.work.states import may_move
from terang.registry.people.access import require_sight_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraiser_of
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_int, asked_pairs


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
        return services.submit_entry(actor=viewer, files=_proofs(form), **data)
    except ValidationError as refused:
        form.add_error("proof", refused)
        return None


def _proofs(form: Any) -> list[Any]:
    return [form.cleaned_data["proof"]] if form.cleaned_data.get("proof") else []


@require_safe
@login_required
def entry(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """One entry: what, how much, its proof, what happened to it, and what the viewer can do now."""
    viewer = require_viewer(request.viewer)
    return _entry_page(request, selectors.entry_for(viewer, entry_id), viewer)


def _entry_page(
    request: SignedInRequest, found: Entry, viewer: Viewer, status: int = 200, **forms: Any
) -> HttpResponse:
    appraiser = appraiser_of(found.employee_id, viewer.today)
    stand_in = appraiser.stand_in if appraiser else None
    deciders = {appraiser.employee_id if appraiser else None, stand_in.pk if stand_in else None}
    version = {"version": found.version}
    repeated = version | like(found)
    context = {
        "entry": found,
        "state_badge": state_badge(found),
        "appraiser": appraiser,
        "may_decide": viewer.employee.pk in deciders and may_move(found, "accept"),
        "may_correct": viewer.employee.pk == found.employee_id and may_move(found, "resubmit"),
        "accept_form": DecisionForm(initial=version),
        "return_form": ReturnForm(initial=version),
        "correction_form": CorrectionForm(initial=repeated),
        "history": [(row.at, verb_label(row.verb), row.reason) for row in history_of("work.entry", found.pk)],
        **forms,
    }
    return htmx.render(request, "work/entry.html", "work/_entry.html", context, status=status)


@require_POST
@login_required
def accept(request: SignedInRequest, entry_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_decider(viewer, found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, found, viewer, status=422)
    services.accept_entry(actor=viewer, entry=found, version=form.cleaned_data["version"])
    return _decided(request, gettext("Kegiatan diterima."))


@require_POST
@login_required
def give_back(request: SignedInRequest, entry_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_decider(viewer, found)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, found, viewer, status=422, return_form=form)
    data = form.cleaned_data
    services.return_entry(actor=viewer, entry=found, version=data["version"], note=data["note"])
    return _decided(request, gettext("Kegiatan dikembalikan dengan catatan."))


def _decided(request: SignedInRequest, told: str) -> HttpResponse:
    """Back to the queue; within it only the queue is drawn again."""
    if request.headers.get("HX-Request"):
        return htmx.toast(_queue(request), told)
    messages.success(request, told)
    return redirect("work:queue")


@require_POST
@login_required
def resubmit(request: SignedInRequest, entry_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_author(viewer, found)
    form = CorrectionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _entry_page(request, found, viewer, status=422, correction_form=form)
    data = form.cleaned_data
    milli = data["quantity"] if data["quantity"] is not None else found.quantity_milli
    try:
        services.resubmit_entry(
            actor=viewer,
            entry=found,
            version=data["version"],
            text=data["text"],
            quantity_milli=milli,
            files=_proofs(form),
        )
    except ValidationError as refused:
        form.add_error("proof", refused)
        return _entry_page(request, found, viewer, status=422, correction_form=form)
    messages.success(request, gettext("Perbaikan dikirim ke atasan."))
    return htmx.redirect(request, found.get_absolute_url())


@require_safe
@login_required
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for the viewer as appraiser, by person, oldest first."""
    return _queue(request)


def _queue(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    waiting = list(selectors.waiting_for(viewer)[: selectors.QUEUE_LIMIT])
    context = {
        "groups": selectors.by_person(waiting),
        "count": len(waiting),
        "topics": selectors.queue_topics(viewer),
        "note_form": ReturnForm(auto_id=False),
    }
    return htmx.render(request, "work/queue.html", "work/_queue.html", context)


@require_POST
@login_required
def accept_many(request: SignedInRequest) -> HttpResponse:
    """Accepts the ticked entries; each tick carries the version that was on screen, as `id:version`."""
    viewer = require_viewer(request.viewer)
    versions = asked_pairs(request.POST.getlist("entry"))
    if not versions:
        return _decided(request, gettext("Belum ada yang dipilih."))
    batch = services.accept_entries(actor=viewer, versions=versions)
    told = ngettext("%(n)s kegiatan diterima.", "%(n)s kegiatan diterima.", len(batch.accepted)) % {
        "n": len(batch.accepted)
    }
    if batch.skipped:
        told += " " + gettext("%(n)s dilewati karena baru saja berubah.") % {"n": len(batch.skipped)}
    return _decided(request, told)


@require_safe
@login_required
def plan(request: SignedInRequest) -> HttpResponse:
    """The agreed plan with target, what is due, and what was reached; with ?pegawai= that of somebody else."""
    viewer = require_viewer(request.viewer)
    employee = _employee(request, viewer)
    context = {"employee": employee, "own": employee == viewer.employee}
    context["progress"] = selectors.progress_of(employee, viewer.today)
    return render(request, "work/plan.html", context)


@require_safe
@login_required
def entry_file(request: SignedInRequest, entry_id: int, file_id: int) -> FileResponse:
    """A proof, for who may see the entry; a photo as it was taken only for few (`?asli=1`)."""
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    attached = get_object_or_404(found.files.select_related("file"), file_id=file_id)
    original = "asli" in request.GET and may_have_original(viewer, found)
    return file_response(attached.file, original=original)
