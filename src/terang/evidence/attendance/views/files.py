"""Files of punches: upload, look at what becomes of the lines, agree, follow the work."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.attendance import device_lists
from terang.evidence.attendance.access import require_batch, require_file_bringer
from terang.evidence.attendance.device_forms import PunchFileForm
from terang.evidence.attendance.models import BatchState, PunchBatch
from terang.evidence.attendance.services import uploading
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.people.access import may_keep
from terang.web.htmx import render

RECENT = 10
RUNNING = (BatchState.READING, BatchState.RUNNING)


@login_required
def punch_files(request: SignedInRequest) -> HttpResponse:
    viewer = require_file_bringer(request.viewer)
    form = PunchFileForm(request.POST or None, request.FILES or None)
    own = device_lists.devices_of(viewer).filter(retired_on=None)
    form.fields["device"].queryset = own  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        batch = uploading.upload(actor=viewer, device=form.cleaned_data["device"], name=file.name, data=file.read())
        return redirect("attendance:punch_file", batch.pk)
    context = {
        "form": form,
        "has_devices": own.exists(),
        "recent": device_lists.batches_of(viewer)[:RECENT],
        "tabs": presence_tabs(viewer, "punch_files"),
        "may_keep": may_keep(viewer),
    }
    page = "attendance/punch_files.html"
    return render(request, page, page, context, status=422 if form.errors else 200)


@require_safe
@login_required
def punch_file(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(PunchBatch.objects.select_related("device__unit"), pk=pk)
    viewer = require_batch(request.viewer, batch)
    context = {"batch": batch, "running": batch.state in RUNNING, "may_keep": may_keep(viewer)}
    return render(request, "attendance/punch_file.html", "attendance/_punch_file.html", context)


@require_POST
@login_required
def punch_file_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = uploading.confirm(actor=request.viewer, batch_id=pk)
    return redirect("attendance:punch_file", batch.pk)
