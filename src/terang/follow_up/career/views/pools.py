"""Posts that will be empty, and the pool of candidates for one: for who oversees it, and for who is in it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.career import selectors
from terang.follow_up.career.access import keeps, reads_pools, require_keeper, require_pools, require_proposer
from terang.follow_up.career.contenders import contenders, line_of, places_in
from terang.follow_up.career.forms import PoolForm, ProposeForm, ReasonForm, WillingForm
from terang.follow_up.career.lists import VACANCIES, pool_table
from terang.follow_up.career.models import Pool, PoolState, ProposalState, Willingness
from terang.follow_up.career.services import answer_pool, close_pool, open_pool, propose_post
from terang.follow_up.career.services.pools import require_member
from terang.follow_up.career.states import require_state
from terang.follow_up.career.steps import short, steps_of
from terang.follow_up.career.tabs import tabs
from terang.follow_up.career.vacancies import vacancies
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.source import rule_set
from terang.web.errors import NotAllowed


@require_safe
@login_required
def vacant(request: SignedInRequest) -> HttpResponseBase:
    """Posts that are empty or soon will be, and pools that are open."""
    viewer = require_pools(request.viewer)
    table = VACANCIES.bind(request, vacancies(viewer.agency_id, viewer.today))
    context = {
        "table": table,
        "months": rule_set("succession", viewer.today).values["horizon_months"],
        "article": rule_set("retirement", viewer.today).article,
        "past": selectors.past_pools(viewer),
        "tabs": tabs(viewer, "vacancies"),
    }
    return table.export() or render(request, "career/vacancies.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def begin(request: SignedInRequest, post_id: int) -> HttpResponse:
    """A pool for a post."""
    post = selectors.post_for(request.viewer, post_id)
    viewer = require_keeper(request.viewer)
    told = "ya" if rule_set("succession", viewer.today).values["told"] else "tidak"
    page = Page(
        title=_("Membuka kelompok untuk %(post)s") % {"post": post.title},
        back=reverse("career:vacancies"),
        submit=_("Buka kelompok"),
        done=_("Kelompok terbuka."),
        lead=post.unit.name,
        crumbs=((_("Pengisian jabatan"), reverse("career:vacancies")),),
        onward=True,
    )
    form = PoolForm(request.POST or None, initial={"told": told})
    return edit(request, form, page, lambda said: open_pool(actor=viewer, post=post, **said))


@require_safe
@login_required
def pool(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The whole pool for who oversees it; one's own line for who is in it."""
    row = selectors.pool_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    return _whole(request, viewer, row) if reads_pools(viewer) else _own(request, viewer, row)


def _whole(request: SignedInRequest, viewer: Viewer, row: Pool) -> HttpResponseBase:
    proposals = list(selectors.proposals_in(row))
    waits = any(each.state == ProposalState.PROPOSED for each in proposals)
    rows = contenders(row, viewer.today)
    places = places_in(rows)
    keeping = keeps(viewer) and row.state == PoolState.OPEN and not waits
    table = pool_table(row, places, proposes=keeping).bind(request, rows)
    context = {
        "pool": row,
        "table": table,
        "ready": places.count,
        "proposals": proposals,
        "keeping": keeping,
        "member": _member(viewer, row),
        "criteria": _criteria(row, viewer),
        "tabs": tabs(viewer, "vacancies"),
    }
    return table.export() or render(request, "career/pool.html", context)


def _criteria(row: Pool, viewer: Viewer) -> dict[str, Any]:
    rules = rule_set("succession", viewer.today)
    return {"article": rules.article, "boxes": rule_set("talent", viewer.today).values["pool"]}


def _member(viewer: Viewer, row: Pool) -> bool:
    """Whether who oversees it is considered in it as well."""
    return row.told and contenders(row, viewer.today).filter(employee=viewer.employee).exists()


def _own(request: SignedInRequest, viewer: Viewer, row: Pool) -> HttpResponse:
    """Why one is in it, at which place, and what is known against it; after the decision as it was then."""
    proposals = list(selectors.proposals_in(row, known=True))
    decided = next((each for each in proposals if each.state == ProposalState.DECIDED), None)
    context: dict[str, Any] = {"pool": row, "decided": decided, "criteria": _criteria(row, viewer)}
    if decided is not None:
        line = line_of(decided.known, viewer.employee.pk)
        if line is None:
            raise NotAllowed(_("Halaman ini untuk pengelola, dan bagi yang berada di kelompok ini."))
        count = sum(1 for each in decided.known["lines"] if each["place"] is not None)
        said = line["answer"]
        context |= {"steps": steps_of(line["conditions"]), "place": line["place"], "count": count, "answers": False}
    else:
        mine = require_member(viewer, row)
        places = places_in(contenders(row, viewer.today))
        said = mine.answer or ""
        waits = any(each.state == ProposalState.PROPOSED for each in proposals)
        context |= {"steps": steps_of(mine.conditions), "place": places.of(mine), "count": places.count}
        context["answers"] = row.state == PoolState.OPEN and not waits
    context["said"] = Willingness(said).label if said else ""
    return render(request, "career/pool_own.html", context)


@require_safe
@login_required
def contender(request: SignedInRequest, pk: int, employee_id: int) -> HttpResponse:
    """One person in the pool with every criterion and its proof."""
    row = selectors.pool_for(request.viewer, pk)
    viewer = require_pools(request.viewer)
    rows = contenders(row, viewer.today)
    found: Any = get_object_or_404(rows, employee_id=employee_id)
    places = places_in(rows)
    context = {
        "pool": row,
        "person": found.employee,
        "steps": steps_of(found.conditions),
        "place": places.of(found),
        "count": places.count,
        "said": Willingness(found.answer).label if found.answer else "",
        "note": selectors.note_of(row, found.employee),
    }
    return render(request, "career/contender.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is in it says whether the post is wanted."""
    row = selectors.pool_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    mine = require_member(viewer, row)
    if request.method == "GET":
        require_state(row, PoolState.OPEN)
    page = _page_of(row, _("Menyatakan minat"), _("Kirim jawaban"))
    form = WillingForm(request.POST or None, initial={"answer": mine.answer or None})
    return edit(request, form, page, lambda told: answer_pool(actor=viewer, pool=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Without a decision."""
    row = selectors.pool_for(request.viewer, pk)
    viewer = require_keeper(request.viewer)
    if request.method == "GET":
        require_state(row, PoolState.OPEN)
    page = _page_of(row, _("Menutup kelompok"), _("Tutup tanpa keputusan"))
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, lambda told: close_pool(actor=viewer, pool=row, **told))


def _page_of(row: Pool, title: str, submit: str) -> Page:
    return Page(
        title=title,
        back=row.get_absolute_url(),
        submit=submit,
        done=_("Tersimpan."),
        lead=f"{row.post.title}, {row.post.unit.name}",
        crumbs=((row.post.title, row.get_absolute_url()),),
    )


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: SignedInRequest, pk: int, employee_id: int) -> HttpResponse:
    """The first key of filling a post."""
    row = selectors.pool_for(request.viewer, pk)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    viewer = require_proposer(request.viewer, employee)
    if request.method == "GET":
        require_state(row, PoolState.OPEN)
    rows = contenders(row, viewer.today)
    found = get_object_or_404(rows, employee=employee)
    place, gaps = places_in(rows).of(found), short(found.conditions)
    if place is None:
        lead = _("Belum terpenuhi atau belum diketahui: %(gaps)s. Tulis alasannya.") % {"gaps": gaps}
    else:
        lead = _("Tempat %(place)s. Alasan wajib bila ada yang bersedia dan lebih dahulu.") % {"place": place}
    page = Page(
        title=_("Mengusulkan %(name)s") % {"name": employee.name},
        back=row.get_absolute_url(),
        submit=_("Usulkan"),
        done=_("Diusulkan; menunggu keputusan orang kedua."),
        lead=f"{row.post.title}, {row.post.unit.name}. {lead}",
        crumbs=((row.post.title, row.get_absolute_url()),),
        onward=True,
    )
    return edit(
        request,
        ProposeForm(request.POST or None),
        page,
        lambda told: propose_post(actor=viewer, pool=row, employee=employee, **told),
    )
