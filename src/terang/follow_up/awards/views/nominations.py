"""Nominating somebody, and what the personnel agency says of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.awards import selectors
from terang.follow_up.awards.access import may_check, require_checker, require_nominator, require_proposer
from terang.follow_up.awards.forms import NominateForm, PeopleForm, ReasonForm
from terang.follow_up.awards.gathering import services_of
from terang.follow_up.awards.models import Nomination, NominationState
from terang.follow_up.awards.services import admit, leave_out, nominate, withdraw_nomination
from terang.follow_up.awards.services.nominating import MOST_PEOPLE
from terang.follow_up.awards.states import require_nominating, require_proposed
from terang.follow_up.awards.views.calls import version_of
from terang.follow_up.awards.wording import Line, frozen_lines, lines_of
from terang.registry.editing import Page, edit
from terang.registry.people.access import may_see_performance, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.promotion import MET

S = NominationState


@require_http_methods(["GET", "POST"])
@login_required
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom: then the form shows what is asked of them, and their entries."""
    viewer = require_viewer(request.viewer)
    call = selectors.call_for(viewer, pk)
    require_nominating(call, viewer.today)
    form = PeopleForm(request.POST or None, agency_id=viewer.agency_id)
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data["people"]
        require_nominator(viewer, call, people)
        asked = "&".join(f"pegawai={each.pk}" for each in people)
        return redirect(f"{reverse('awards:nominate', args=[call.pk])}?{asked}")
    page = Page(
        title=_("Mengusulkan"),
        back=call.get_absolute_url(),
        submit=_("Lanjut"),
        done="",
        lead=_("Siapa yang Anda usulkan untuk %(title)s?") % {"title": call.title},
        crumbs=((call.title, call.get_absolute_url()),),
    )
    return edit(request, form, page, lambda told: None)


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The nomination: conditions of everybody as they stand, then what they did and its proof."""
    viewer = require_viewer(request.viewer)
    call = selectors.call_for(viewer, pk)
    people = _people(request, viewer)
    require_nominator(viewer, call, people)
    require_nominating(call, viewer.today)
    if not people:
        return redirect("awards:nominate_whom", call.pk)
    form = NominateForm(
        request.POST or None, call=call, people=people, entries=selectors.entries_to_prove(call, people)
    )
    checked = [(each.employee, lines_of(each, call.terms, viewer.today)) for each in services_of(people, viewer.today)]
    unmet = sum(line.state != MET for _each, lines in checked for line in lines)
    lead = _("Semua syarat terpenuhi.")
    if unmet:
        lead = _("%(n)s syarat belum terpenuhi atau belum diketahui; lihat di halaman usulan.") % {"n": unmet}
    page = Page(
        title=_("Mengusulkan %(names)s") % {"names": ", ".join(each.name for each in people)},
        back=call.get_absolute_url(),
        submit=_("Usulkan"),
        done=_("Usulan terkirim; kepegawaian memeriksa syaratnya."),
        lead=lead,
        crumbs=((call.title, call.get_absolute_url()),),
        onward=True,
    )
    return edit(
        request,
        form,
        page,
        lambda told: nominate(actor=viewer, call=call, proposal=form.proposal(), form_key=told["form_key"]),
    )


def _people(request: HttpRequest, viewer: Viewer) -> list[Employee]:
    """Whom the address names, of the viewer's government."""
    asked = [each for each in request.GET.getlist("pegawai") if each.isascii() and each.isdigit()][:MOST_PEOPLE]
    wanted = [int(each) for each in asked if len(each) < 10]
    rows = Employee.objects.filter(pk__in=wanted, agency_id=viewer.agency_id).select_related("agency")
    return list(rows.order_by("name", "pk"))


@require_safe
@login_required
def nomination(request: SignedInRequest, pk: int) -> HttpResponse:
    """One nomination: what they did, its evidence, and each condition with its proof or what is missing."""
    viewer = require_viewer(request.viewer)
    found = selectors.nomination_for(viewer, pk)
    open_now = found.state == S.PROPOSED
    context = {
        "row": found,
        "call": found.call,
        "checked": _checked(viewer, found),
        "evidence": [(each, _opens(viewer, each.entry)) for each in found.evidence.all()],
        "may_check": open_now and may_check(viewer, found),
        "may_withdraw": open_now and viewer.employee.pk == found.nominated_by_id,
    }
    return render(request, "awards/nomination.html", context)


def _opens(viewer: Viewer, entry: object) -> bool:
    """Whether the viewer may open the entry; the committee reads its words only."""
    employee = getattr(entry, "employee", None)
    return employee is not None and may_see_performance(viewer, employee)


def _checked(viewer: Viewer, found: Nomination) -> list[tuple[Employee, list[Line]]]:
    """The conditions as they were when it was admitted, else as they stand today: these with the way to their proof for
    who may see the person, and for the committee not at all."""
    people = {each.pk: each for each in found.people.all()}
    if found.state == S.ADMITTED:
        rows = found.checked
        return [(people[row["employee"]], frozen_lines(row["conditions"])) for row in rows if row["employee"] in people]
    seen = [each for each in people.values() if may_see_performance(viewer, each)]
    return [(each.employee, lines_of(each, found.call.terms, viewer.today)) for each in services_of(seen, viewer.today)]


@require_POST
@login_required
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second key: every condition is met."""
    found = selectors.nomination_for(request.viewer, pk)
    viewer = require_checker(request.viewer, found)
    admit(actor=viewer, row=found, version=version_of(request))
    messages.success(request, _("Usulan memenuhi syarat dan ikut dipilih panitia."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@login_required
def refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """It goes no further."""
    found = selectors.nomination_for(request.viewer, pk)
    viewer = require_checker(request.viewer, found)
    if request.method == "GET":
        require_proposed(found)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    page = Page(
        title=_("Tidak meneruskan usulan"),
        back=found.get_absolute_url(),
        submit=_("Jangan teruskan"),
        done=_("Tersimpan; pengusul membaca alasannya."),
        lead=found.names,
        crumbs=((found.names, found.get_absolute_url()),),
    )
    return edit(request, form, page, lambda told: leave_out(actor=viewer, row=found, **told))


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who nominated takes it back."""
    found = selectors.nomination_for(request.viewer, pk)
    viewer = require_proposer(request.viewer, found)
    withdraw_nomination(actor=viewer, row=found, version=version_of(request))
    messages.success(request, _("Usulan ditarik."))
    return redirect(found.call)
