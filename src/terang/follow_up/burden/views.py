"""What feeding Terang takes, which forms cost most, and what could be dropped."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.burden import selectors
from terang.follow_up.burden.models import CountedWeek
from terang.follow_up.burden.services import LEAST
from terang.registry.people.access import require_viewer
from terang.web.charts import Line, Series
from terang.web.numbers import whole


@require_safe
@login_required
def forms(request: SignedInRequest) -> HttpResponse:
    """The same for everybody, but for the viewer's own part, which nobody else sees."""
    viewer = require_viewer(request.viewer)
    weeks = selectors.weeks_of(viewer.agency_id)
    own = selectors.own_cost(viewer, weeks)
    context = {
        "burden": selectors.burden_of(weeks),
        "chart": _chart(weeks) if weeks else None,
        "own": own,
        "own_minutes": sum(each.minutes for each in own),
        "least": LEAST,
    }
    return render(request, "burden/forms.html", context)


def _chart(weeks: list[CountedWeek]) -> Line:
    known = selectors.spread_of(weeks)
    rows = [known.get(each.pk) for each in weeks]
    return Line(
        _("Menit seminggu untuk mengisi Terang"),
        [f"{each.monday:%d/%m}" for each in weeks],
        [
            Series(_("Nilai tengah"), [row.median if row else None for row in rows]),
            Series(_("Persentil ke-90"), [row.ninetieth if row else None for row in rows]),
        ],
        form=whole,
        label_head=_("Minggu dari"),
    )
