"""Pages of credit points: one's own, the people one may see, one person's, recording, laying down, one decision."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals.tabs import CREDIT, OWN_CREDIT, tabs
from terang.evaluation.credit import selectors, services
from terang.evaluation.credit.access import may_decide, may_record, reads_others, require_decider, require_recorder
from terang.evaluation.credit.account import Account, Line, formula, thawed
from terang.evaluation.credit.forms import DecideForm, GrantForm, ReasonForm
from terang.evaluation.credit.lists import OFFICIALS
from terang.evaluation.credit.models import CreditDecision
from terang.evaluation.credit.wording import goals, why_none
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """One's own credit points."""
    viewer = require_viewer(request.viewer)
    employee, account = selectors.account_for(viewer, viewer.employee.pk)
    context = _told(viewer, employee, account) | {
        "tabs": tabs(viewer, OWN_CREDIT),
        "own": True,
        "reads": reads_others(viewer),
    }
    return render(request, "credit/person.html", context)


@require_safe
@login_required
def people(request: SignedInRequest) -> HttpResponse:
    """The functional officials whose performance the viewer may see."""
    viewer = require_viewer(request.viewer)
    table = OFFICIALS.bind(request, selectors.officials_visible(viewer))
    rows = list(table.page)
    accounts = selectors.accounts_of(rows, viewer.today)
    for row in table.page:
        row.account = accounts.get(row.pk)
    return render(request, "credit/people.html", {"table": table, "tabs": tabs(viewer, CREDIT)})


@require_safe
@login_required
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person's credit points, and what the viewer may do about them."""
    viewer = require_viewer(request.viewer)
    employee, account = selectors.account_for(viewer, pk)
    return render(request, "credit/person.html", _told(viewer, employee, account))


def _told(viewer: Viewer, employee: Employee, account: Account | None) -> dict[str, object]:
    if account is None:
        return {"employee": employee, "account": None, "why_none": why_none(employee.get_status_display())}
    return {
        "employee": employee,
        "account": account,
        "goals": goals(account.standing) if account.level else [],
        "lines": _opened(account.lines),
        "early": _opened(account.early),
        "past": _opened(account.past),
        "may_decide": account.can_be_laid_down and may_decide(viewer, employee),
        "may_record": may_record(viewer, employee),
    }


def _opened(lines: Sequence[Line]) -> list[dict[str, object]]:
    return [{"line": line, "formula": formula(line) if line.is_conversion else ""} for line in lines]


@require_http_methods(["GET", "POST"])
@login_required
def grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Records what a document gave."""
    employee, account = selectors.account_for(request.viewer, pk)
    viewer = require_recorder(request.viewer, employee)
    if account is None:
        raise NotNow(why_none(employee.get_status_display()))
    form = GrantForm(request.POST or None, initial={"level": account.level})
    page = _page(employee, _("Mencatat angka kredit"), _("Catat"), _("Angka kredit tercatat."))

    def act(_cleaned: object) -> object:
        key = form.cleaned_data["form_key"]
        return services.record_grant(actor=viewer, employee=employee, told=form.told(), form_key=key)

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw_grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes back what was recorded wrongly."""
    found = selectors.grant_for(request.viewer, pk)
    viewer = require_recorder(request.viewer, found.employee)
    page = _page(found.employee, _("Membatalkan catatan"), _("Batalkan catatan"), _("Catatan dibatalkan."))
    form = ReasonForm(request.POST or None)
    return edit(request, form, page, lambda told: services.withdraw_grant(actor=viewer, grant=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lays the credit points down."""
    employee, account = selectors.account_for(request.viewer, pk)
    viewer = require_decider(request.viewer, employee)
    if account is None or not account.ends:
        raise NotNow(_("Belum ada angka kredit yang dapat ditetapkan."))
    form = DecideForm(request.POST or None, account=account)
    page = Page(
        title=_("Menetapkan angka kredit"),
        back=reverse("credit:person", args=[employee.pk]),
        submit=_("Tetapkan"),
        done=_("Angka kredit ditetapkan."),
        lead=_("%(name)s, %(level)s. Menggantikan penetapan sebelumnya seluruhnya; angkanya dibekukan.")
        % {"name": employee.name, "level": account.level_label},
        crumbs=((employee.name, reverse("credit:person", args=[employee.pk])),),
        onward=True,
    )
    return edit(
        request, form, page, lambda told: services.lay_down(actor=viewer, employee=employee, **form.cleaned_data)
    )


@require_safe
@login_required
def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """One decision as it was laid down, and whether it still says what is."""
    viewer = require_viewer(request.viewer)
    found = selectors.decision_for(viewer, pk)
    account = selectors.accounts_of([found.employee], viewer.today).get(found.employee_id)
    counts = bool(account and account.latest and account.latest.pk == found.pk)
    context = {
        "decision": found,
        "lines": _opened([thawed(row) for row in found.lines]),
        "counts": counts,
        "moved": bool(counts and account and account.is_ahead),
        "may_withdraw": counts and may_decide(viewer, found.employee),
        "own": viewer.employee.pk == found.employee_id,
    }
    return render(request, "credit/decision.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes a decision back."""
    found: CreditDecision = selectors.decision_for(request.viewer, pk)
    viewer = require_decider(request.viewer, found.employee)
    page = _page(found.employee, _("Mencabut penetapan"), _("Cabut"), _("Penetapan dicabut; yang sebelumnya berlaku."))
    form = ReasonForm(request.POST or None)
    return edit(request, form, page, lambda told: services.withdraw_decision(actor=viewer, decision=found, **told))


def _page(employee: Employee, title: str, submit: str, done: str) -> Page:
    back = reverse("credit:person", args=[employee.pk])
    return Page(title=title, back=back, submit=submit, done=done, lead=employee.name, crumbs=((employee.name, back),))
