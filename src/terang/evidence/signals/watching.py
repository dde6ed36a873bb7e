"""Notes which records of others an overseer opens, on any page of any room (`TERANG_WATCHED`).

Settings say for each address where the person is found: `app.Model:argument:path to the employee`, or `?parameter` for
pages that name the person in the query. A page that is not watched is found by a test.
"""

from collections.abc import Callable
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse

from terang.evidence.signals.services.opening import note_opening
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import assignments_below, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.rules.sentences import mark as _
from terang.web.asked import asked_int

PAGES = {
    "api": _("data lewat aplikasi"),
    "appraisals": _("hasil evaluasi"),
    "attendance": _("kehadiran"),
    "boards": _("lini masa"),
    "custody": _("berkas bukti"),
    "citizens": _("permohonan layanan"),
    "dialogue": _("umpan balik dan dialog kinerja"),
    "documents": _("dokumen resmi"),
    "evaluation": _("nilai"),
    "interchange": _("perbedaan dengan e-Kinerja"),
    "explaining": _("penjelasan nilai"),
    "matrix": _("matriks peran hasil"),
    "observation": _("observasi"),
    "people": _("data pegawai"),
    "plans": _("rencana kinerja"),
    "reports": _("laporan kinerja"),
    "signals": _("pertanyaan pengawasan"),
    "work": _("kegiatan"),
}
"""What was opened, in words, by the room of the address."""

Answer = Callable[[HttpRequest], HttpResponse]


def opening_middleware(get_response: Answer) -> Answer:
    """After a page was shown: notes whose record it was. One query for whose it is and those of `note_opening`; none
    for everybody who is no overseer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        viewer: Viewer | None = getattr(request, "viewer", None)
        if response.status_code == 200 and viewer and viewer.has(Role.OVERSIGHT):
            _note(request, viewer)
        return response

    return middleware


def _note(request: HttpRequest, viewer: Viewer) -> None:
    match = request.resolver_match
    spec = settings.TERANG_WATCHED.get(match.view_name) if match else None
    if match is None or spec is None:
        return
    found = _asked(request, spec) if spec.startswith("?") else _named(spec, match.kwargs)
    if found is not None and not in_own_line(viewer, found[1]):
        obj, employee_id = found
        note_opening(actor=viewer, page=match.view_name, obj=obj, subject_id=employee_id)


def _asked(request: HttpRequest, spec: str) -> tuple[models.Model, int] | None:
    number = asked_int(request.GET.get(spec[1:]))
    employee = Employee.objects.filter(pk=number).first() if number else None
    return (employee, employee.pk) if employee else None


def _named(spec: str, arguments: dict[str, int]) -> tuple[models.Model, int] | None:
    """The record of the address and whose it is; None where it is nobody's."""
    model, argument, path = _parts(spec)
    row = model._default_manager.filter(pk=arguments[argument]).annotate(watched=models.F(path)).first()
    employee_id = getattr(row, "watched", None)
    return (row, employee_id) if row is not None and employee_id is not None else None


@cache
def _parts(spec: str) -> tuple[type[models.Model], str, str]:
    label, argument, path = spec.split(":")
    return apps.get_model(label), argument, path


def in_own_line(viewer: Viewer, employee_id: int) -> bool:
    """Whether the viewer looks at themselves, at whom they appraise, or at somebody in a unit they lead."""
    if employee_id == viewer.employee.pk or employee_id in direct_report_ids(viewer.employee, viewer.today):
        return True
    below = assignments_below(viewer.headed_paths, viewer.today) if viewer.headed_paths else None
    return below is not None and below.filter(employee_id=employee_id).exists()
