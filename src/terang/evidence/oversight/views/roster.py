"""The roster on the spot: one page on a phone, one sending."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.evidence.oversight import selectors, services
from terang.evidence.oversight.access import inspects, require_inspector, require_whole_reader
from terang.evidence.oversight.models import Inspection
from terang.evidence.oversight.models.roster import AWAY, MARKS
from terang.evidence.oversight.roster_forms import read_marks, read_time
from terang.evidence.oversight.roster_page import RosterView, Row, roster_of
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_version


@require_http_methods(["GET", "POST"])
@login_required
def roster(request: SignedInRequest, inspection_id: int) -> HttpResponse:
    """Everybody of the unit; who may only read sees what was saved."""
    found = selectors.visit_for(inspection_id)
    viewer = require_whole_reader(request.viewer, found)
    if request.method == "POST":
        return _saved(request, require_inspector(viewer, found.unit), found)
    return _drawn(request, viewer, found, roster_of(found), {})


def _saved(request: SignedInRequest, viewer: Viewer, found: Inspection) -> HttpResponse:
    view = roster_of(found)
    marks = read_marks(request.POST, [row.person.pk for row in view.rows if _may_mark(viewer, row)])
    version = asked_version(request.POST.get("version"))
    try:
        seen_at = read_time(request.POST) if _is_past(viewer, found) else None
        lines = services.save_roster(actor=viewer, inspection=found, marks=marks, version=version, seen_at=seen_at)
    except ValidationError as error:
        again = [
            replace(row, mark=told.mark, told=told.told or "", note=told.note) if told else row
            for row in view.rows
            for told in [marks.get(row.person.pk)]
        ]
        return _drawn(request, viewer, found, replace(view, rows=again), error.message_dict)
    if not lines:
        messages.info(request, _("Tidak ada yang berubah."))
        return HttpResponseRedirect(found.get_absolute_url())
    words = ngettext("Kehadiran %(n)s orang tersimpan.", "Kehadiran %(n)s orang tersimpan.", len(lines))
    messages.success(request, words % {"n": len(lines)})
    return HttpResponseRedirect(found.get_absolute_url())


def _is_past(viewer: Viewer, found: Inspection) -> bool:
    """Written down on a later day: the time of the look is asked."""
    return found.day < viewer.today


def _may_mark(viewer: Viewer, row: Row) -> bool:
    """Nobody marks a line that stands, nor their own."""
    return not row.settled and row.person.pk != viewer.employee.pk


def _drawn(
    request: SignedInRequest, viewer: Viewer, found: Inspection, view: RosterView, errors: dict[str, list[str]]
) -> HttpResponse:
    may_write = inspects(viewer, found.unit)
    rows = [
        (
            row,
            may_write and _may_mark(viewer, row),
            " ".join([*errors.get(f"told-{row.person.pk}", []), *errors.get(f"note-{row.person.pk}", [])]),
        )
        for row in view.rows
    ]
    context = {
        "inspection": found,
        "view": view,
        "rows": rows,
        "wrong": len(errors),
        "marks": MARKS,
        "reasons": AWAY,
        "may_write": may_write,
        "ask_time": may_write and _is_past(viewer, found),
        "seen_at": request.POST.get("seen_at", ""),
        "time_error": " ".join(errors.get("seen_at", [])),
        "title": _("Kehadiran di tempat"),
    }
    return render(request, "oversight/roster.html", context, status=422 if errors else 200)
