"""The cases of a visit: drawn, opened in their own log, compared step by step."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.oversight import selectors, services
from terang.evidence.oversight.access import inspects, require_inspector, require_whole_reader
from terang.evidence.oversight.forms import MET, MISSED
from terang.evidence.oversight.models import CaseDraw, CaseFollowed
from terang.evidence.oversight.services import Compared
from terang.rules.oversight.lots import seed_of
from terang.web.asked import asked_version
from terang.web.numbers import longdate

AGREES = {MET: True, MISSED: False}
WORD = {True: MET, False: MISSED, None: ""}


@require_safe
@login_required
def cases(request: SignedInRequest, inspection_id: int) -> HttpResponse:
    """The cases, and how to draw them again."""
    found = selectors.visit_for(inspection_id)
    viewer = require_whole_reader(request.viewer, found)
    frozen = CaseDraw.objects.filter(inspection=found).first()
    draw = frozen if frozen and frozen.is_drawn else None
    context = {
        "inspection": found,
        "frozen": frozen,
        "draw": draw,
        "seed": seed_of(draw.salt, draw.beacon) if draw else "",
        "cases": found.cases.all(),
        "may_write": inspects(viewer, found.unit),
    }
    return render(request, "oversight/cases.html", context)


@require_POST
@login_required
def draw(request: SignedInRequest, inspection_id: int) -> HttpResponse:
    """Freezes the list, then draws, once."""
    found = selectors.visit_for(inspection_id)
    viewer = require_inspector(request.viewer, found.unit)
    if not services.draw_cases(actor=viewer, inspection=found).is_drawn:
        messages.info(request, _("Sidik daftar sudah dalam jejak. Tunggu beberapa detik sampai disegel, lalu undi."))
    return HttpResponseRedirect(reverse("oversight:cases", args=[found.pk]))


@require_http_methods(["GET", "POST"])
@login_required
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """One case, step by step."""
    found = _case(pk)
    viewer = require_inspector(request.viewer, found.inspection.unit)
    if request.method == "POST":
        compared = {
            place: Compared(AGREES.get(request.POST.get(f"agrees-{place}", "")), request.POST.get(f"note-{place}", ""))
            for place in range(len(found.steps))
        }
        version = asked_version(request.POST.get("version"))
        services.note_case(actor=viewer, case=found, compared=compared, version=version)
        messages.success(request, _("Pencocokan tersimpan."))
        return HttpResponseRedirect(reverse("oversight:case", args=[found.pk]))
    steps = [
        (step, longdate(date.fromisoformat(step["day"])), WORD[step["agrees"]], _point_url(found, step))
        for step in found.steps
    ]
    return render(request, "oversight/case.html", {"case": found, "steps": steps})


@require_POST
@login_required
def case_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the log of the case; the opening is journalled."""
    return HttpResponseRedirect(services.open_case(actor=request.viewer, case=_case(pk)))


def _case(pk: int) -> CaseFollowed:
    return get_object_or_404(CaseFollowed.objects.select_related("inspection__unit__agency"), pk=pk)


def _point_url(found: CaseFollowed, step: dict[str, object]) -> str:
    """Where a difference becomes a point, with its words filled in."""
    criterion = f"Log sesuai kenyataan: permohonan {found.code}"
    told = urlencode({"standar": criterion, "catatan": f"{step['text']}: {step['note']}"})
    return f"{reverse('oversight:check_new', args=[found.inspection_id])}?{told}"
