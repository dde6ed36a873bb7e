"""Who could take the next rank in the coming period, each with the same checklist the person reads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.career import selectors
from terang.follow_up.career.access import keeps, require_candidate, require_candidates, require_proposer
from terang.follow_up.career.checks import missing, rank_checks
from terang.follow_up.career.forms import ProposeForm
from terang.follow_up.career.lists import candidates_table
from terang.follow_up.career.models import ProposalState
from terang.follow_up.career.services import propose_rank
from terang.follow_up.career.steps import short, steps_of
from terang.follow_up.career.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.models import Employee
from terang.rules.regulations.promotion import coming_period
from terang.rules.regulations.source import rule_set


@require_safe
@login_required
def candidates(request: SignedInRequest) -> HttpResponseBase:
    """Everybody with a next rank within the viewer's units."""
    viewer = require_candidates(request.viewer)
    rows = selectors.candidates(viewer)
    table = candidates_table(selectors.candidate_units(viewer)).bind(request, rows)
    period = coming_period(viewer.today)
    context = {
        "table": table,
        "period": period,
        "counts": selectors.readiness_counts(rows),
        "waiting": selectors.not_computed(viewer),
        "article": rule_set("promotion", viewer.today).article,
        "period_article": rule_set("promotion_periods", period).article,
        "tabs": tabs(viewer, "candidates"),
    }
    return table.export() or render(request, "career/candidates.html", context)


@require_safe
@login_required
def candidate(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The checklist of one person, the same as on their own page."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    viewer = require_candidate(request.viewer, employee)
    profile = selectors.profile_of(employee, viewer.today)
    proposals = list(selectors.proposals_of(employee))
    rank = profile.next_rank.rank if profile.applies else None
    taken = {each.rank for each in proposals if each.state != ProposalState.REFUSED}
    context = {
        "person": employee,
        "profile": profile,
        "next": profile.next_rank if profile.applies else None,
        "steps": steps_of(rank_checks(profile)),
        "proposals": proposals,
        "may_propose": bool(rank) and rank not in taken and keeps(viewer) and viewer.employee.pk != employee.pk,
    }
    return render(request, "career/candidate.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The first key of a rise."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    viewer = require_proposer(request.viewer, employee)
    profile = selectors.profile_of(employee, viewer.today)
    back = reverse("career:candidate", args=[employee.pk])
    gaps = missing(rank_checks(profile))
    lead = _("Semua syarat terpenuhi. Alasan boleh kosong.")
    if gaps:
        lead = _("Belum terpenuhi atau belum diketahui: %(gaps)s. Tulis alasannya.") % {"gaps": short(gaps)}
    page = Page(
        title=_("Mengusulkan %(name)s ke golongan %(rank)s")
        % {"name": employee.name, "rank": profile.next_rank.rank or "–"},
        back=back,
        submit=_("Usulkan"),
        done=_("Diusulkan; menunggu keputusan orang kedua."),
        lead=lead,
        crumbs=((_("Kenaikan pangkat"), reverse("career:candidates")), (employee.name, back)),
        onward=True,
    )
    return edit(
        request,
        ProposeForm(request.POST or None),
        page,
        lambda told: propose_rank(actor=viewer, employee=employee, **told),
    )
