"""The sheet of one observer, the common marks of two, and the feedback."""

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.evidence.observation import results, selectors, services
from terang.evidence.observation.access import require_observer, require_own_sheet
from terang.evidence.observation.forms import TellForm
from terang.evidence.observation.models import Observation, Sheet
from terang.evidence.observation.services.marking import marks_of
from terang.evidence.observation.sheet_forms import SettleForm, SheetForm, common_start, kept
from terang.evidence.observation.states import require_move
from terang.evidence.observation.views.pages import page_of
from terang.registry.editing import edit, show
from terang.rules.observations.rubric import Indicator
from terang.web.errors import NotNow

GIVE = "serahkan"


@require_http_methods(["GET", "POST"])
@login_required
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The own sheet. Sent by itself (htmx) or by "Simpan" it is kept; given only by its button, whoever has the focus:
    what is sent by itself never gives, and changes nothing once it was given."""
    found = get_object_or_404(
        Sheet.objects.select_related("observation__instrument", "observation__employee").prefetch_related("marks"),
        pk=pk,
    )
    viewer = require_own_sheet(request.viewer, found)
    row, by_itself = found.observation, bool(getattr(request, "htmx", False))
    if by_itself and found.given_at is not None:
        return render(request, "observation/_saved.html", {"sheet": found})
    require_move(row, "save")
    if found.given_at is not None:
        raise NotNow(_("Lembar Anda sudah diserahkan dan tidak berubah lagi."))
    if viewer.today < row.day:
        raise NotNow(_("Observasi ini belum berlangsung. Lembarnya diisi pada harinya."))
    form = SheetForm(
        request.POST or None,
        initial=kept(found.marks.all()),
        rubric=row.instrument.content,
        indicator=_picked(row),
        allowed={},
    )
    if request.method == "POST" and form.is_valid():
        told = {"noted": form.noted(), "indicator": form.cleaned_data["picked"]}
        if by_itself or request.POST.get("action") != GIVE:
            saved = services.save_sheet(actor=viewer, sheet=found, **told)
            if by_itself:
                return render(request, "observation/_saved.html", {"sheet": saved})
            messages.success(request, _("Lembar tersimpan. Anda dapat melanjutkannya nanti."))
            return redirect(row.get_absolute_url())
        try:
            services.give_sheet(actor=viewer, sheet=found, **told)
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Lembar diserahkan."))
            return redirect(row.get_absolute_url())
    status = 422 if form.errors else 200
    context = {"form": form, "asked": form.asked(), "sheet": found, "row": row, "two": row.sheets.count() > 1}
    return render(request, "observation/sheet.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Both sheets side by side, and what both settle on."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_observer(request.viewer, row)
    require_move(row, "settle")
    sheets = list(row.sheets.all())
    if len(sheets) < 2:
        raise NotNow(_("Pengamatnya satu; nilainya sudah tetap."))
    picked = _picked(row)
    one, other = (list(each.marks.all()) for each in sheets)
    initial = kept(row.marks.all()) or common_start(picked, one, other)
    form = SettleForm(
        request.POST or None,
        initial=initial | {"version": row.version},
        rubric=row.instrument.content,
        indicator=picked,
        allowed=_between(row.instrument.content.values, marks_of(sheets[0]), marks_of(sheets[1])),
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            services.settle_marks(actor=viewer, observation=row, noted=form.noted(), version=version)
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Nilai bersama ditetapkan. Beri umpan balik hari ini juga."))
            return redirect(row.get_absolute_url())
    context = {
        "form": form,
        "pairs": list(zip(form.asked(), results.result_rows(viewer, row), strict=True)),
        "row": row,
        "agreement": results.agreement_of(viewer, row),
    }
    return render(request, "observation/settle.html", context, status=422 if form.errors else 200)


def _between(values: Iterable[int], one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, list[int]]:
    """The levels from the lower of both marks to the higher."""
    codes = {*one, *other}
    spans = {code: [each[code] for each in (one, other) if code in each] for code in codes}
    return {code: [each for each in values if min(seen) <= each <= max(seen)] for code, seen in spans.items()}


def _picked(row: Observation) -> Indicator:
    """What was picked; an observation is agreed only with it."""
    assert row.picked is not None
    return row.picked


@require_http_methods(["GET", "POST"])
@login_required
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """The feedback, given in the app on the same day."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_observer(request.viewer, row)
    require_move(row, "tell")
    name = {"name": row.employee.name}
    lead = _("%(name)s langsung membacanya, bersama nilainya.") % name
    if row.day < viewer.today:
        late = (viewer.today - row.day).days
        words = ngettext("Terlambat %(n)s hari; itu tercatat.", "Terlambat %(n)s hari; itu tercatat.", late)
        lead += " " + words % {"n": late}
    page_ = page_of(
        row, _("Umpan balik untuk %(name)s") % name, _("Kirim umpan balik"), _("Umpan balik terkirim."), lead
    )
    form = TellForm(request.POST or None, initial={"version": row.version})
    return edit(
        request,
        form,
        page_,
        lambda told: services.tell_observation(
            actor=viewer, observation=row, told=form.told(), version=told["version"]
        ),
    )
