"""Pages on which feedback is read: one's own year, what one gave and asked, a person's year, one feedback."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.dialogue import selectors
from terang.evidence.dialogue.access import may_set_terms
from terang.evidence.dialogue.attention import leaders_below
from terang.evidence.dialogue.terms import rhythm_days
from terang.registry.people.access import require_sight_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_year
from terang.web.charts import Bar, Columns
from terang.web.errors import NotAllowed
from terang.web.navigation import NavItem

PAGE = 20


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """The pages of feedback; leaders of leaders see how these do."""
    pages = [
        ("mine", _("Untuk saya"), True),
        ("given", _("Dari saya"), True),
        ("asks", _("Permintaan"), True),
        ("talks", _("Dialog"), True),
        ("leaders", _("Pimpinan"), viewer.is_head),
    ]
    return [
        NavItem(label, reverse(f"dialogue:{name}"), current=name == current) for name, label, opens in pages if opens
    ]


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """What was said to the viewer in a year."""
    viewer = require_viewer(request.viewer)
    context = _timeline(request, viewer.employee, viewer.today)
    return render(request, "dialogue/mine.html", context | {"tabs": tabs(viewer, "mine")})


@require_safe
@login_required
def person(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """What was said to a person in a year, for who may see their performance."""
    viewer = require_viewer(request.viewer)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    require_sight_of(viewer, employee)
    return render(request, "dialogue/person.html", _timeline(request, employee, viewer.today) | {"employee": employee})


@require_safe
@login_required
def given(request: SignedInRequest) -> HttpResponse:
    """What the viewer said to others."""
    viewer = require_viewer(request.viewer)
    page = _page(request, selectors.given_by(viewer.employee.pk))
    return render(request, "dialogue/given.html", {"page": page, "tabs": tabs(viewer, "given")})


@require_safe
@login_required
def asks(request: SignedInRequest) -> HttpResponse:
    """Who waits for the viewer's feedback, and whom the viewer asked."""
    viewer = require_viewer(request.viewer)
    context = {
        "waiting": selectors.asks_waiting(viewer.employee.pk)[:PAGE],
        "page": _page(request, selectors.asks_by(viewer.employee.pk)),
        "tabs": tabs(viewer, "asks"),
    }
    return render(request, "dialogue/asks.html", context)


@require_safe
@login_required
def leaders(request: SignedInRequest) -> HttpResponse:
    """The leaders below the viewer, and whom they left without a word."""
    viewer = require_viewer(request.viewer)
    if not viewer.is_head:
        raise NotAllowed(_("Halaman ini untuk atasan para pimpinan."))
    context = {
        "lines": leaders_below(viewer),
        "days": rhythm_days(viewer.agency_id, viewer.today),
        "tabs": tabs(viewer, "leaders"),
    }
    return render(request, "dialogue/leaders.html", context)


@require_safe
@login_required
def feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """One feedback, with the reply and what the viewer may do."""
    found = selectors.feedback_for(request.viewer, pk)
    own = require_viewer(request.viewer).employee.pk
    context = {
        "row": found,
        "may_reply": own == found.subject_id and not found.withdrawn and found.replied_at is None,
        "may_withdraw": own == found.giver_id and not found.withdrawn,
        "shows_words": not found.withdrawn or own in (found.subject_id, found.giver_id),
    }
    return render(request, "dialogue/feedback.html", context)


def _timeline(request: SignedInRequest, employee: Employee, today: date) -> dict[str, object]:
    year = _year(request, today)
    timeline = selectors.timeline_of(employee.pk, year)
    columns = [Bar(str(number), count) for number, count in enumerate(timeline.months, 1)]
    chart = Columns(_("Umpan balik sepanjang %(year)s") % {"year": year}, columns, heads=(_("Bulan"), _("Banyaknya")))
    return {
        "timeline": timeline,
        "chart": chart if timeline.total else None,
        "page": _page(request, timeline.rows),
        "before": year - 1,
        "after": year + 1 if year < today.year else None,
        "subject_id": employee.pk,
        "own_id": require_viewer(request.viewer).employee.pk,
        "terms_url": reverse("dialogue:terms") if may_set_terms(request.viewer) else "",
    }


def _year(request: SignedInRequest, today: date) -> int:
    """The year asked for, at most this one; this one where nothing sensible is asked."""
    year = asked_year(request.GET.get("tahun"))
    return year if year is not None and year <= today.year else today.year


def _page(request: SignedInRequest, rows: QuerySet) -> object:
    return Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
