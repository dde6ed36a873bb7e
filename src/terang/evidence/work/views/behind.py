"""The entries behind a guard: open to who may see the person's performance, the person first of all."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work.guarding import CODES, entries_behind
from terang.evidence.work.hooks import reporting_rules
from terang.evidence.work.lists import ENTRIES
from terang.registry.people.access import require_sight_of, require_viewer
from terang.registry.people.models import Employee
from terang.web.asked import asked_day, asked_int

MOST_DAYS = 366


@require_safe
@login_required
def behind(request: SignedInRequest, code: str) -> HttpResponseBase:
    """?pegawai=, ?mulai= and ?sampai= (exclusive); without them one's own of the last month. Looked
    at with the policy of the last of these days."""
    viewer = require_viewer(request.viewer)
    if code not in CODES:
        raise Http404
    number = asked_int(request.GET.get("pegawai")) or viewer.employee.pk
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=number)
    require_sight_of(viewer, employee)
    end = asked_day(request.GET.get("sampai")) or viewer.today + timedelta(days=1)
    start = max(asked_day(request.GET.get("mulai")) or end - timedelta(days=31), end - timedelta(days=MOST_DAYS))
    rules = reporting_rules(employee.agency_id, min(viewer.today, end - timedelta(days=1)))
    rows = entries_behind(code, employee, start, end, rules)
    table = ENTRIES.bind(request, rows.select_related("result", "task", "indicator", "decided_by"))
    context = {"table": table, "employee": employee, "title": _titles()[code], "lead": _leads()[code]}
    return table.export() or render(request, "work/behind.html", context)


def _titles() -> dict[str, str]:
    return {
        "accepted_report": gettext("Kegiatan yang diterima"),
        "quality_sample": gettext("Kegiatan yang dibuka sebelum diterima"),
        "entry_bursts": gettext("Kegiatan yang ditulis sekaligus"),
        "lookalike_entries": gettext("Kegiatan yang isinya mirip"),
    }


def _leads() -> dict[str, str]:
    return {
        "accepted_report": gettext("Kegiatan yang sudah diterima penilai."),
        "quality_sample": gettext("Penilai membuka kegiatan ini sebelum menerimanya."),
        "entry_bursts": gettext("Banyak kegiatan ditulis dalam waktu dekat. Ini bahan bertanya, bukan kesalahan."),
        "lookalike_entries": gettext("Isinya mirip dengan kegiatan sebelumnya. Ini bahan bertanya, bukan kesalahan."),
    }
