"""The tree of units and one unit with its posts and people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terang.registry.editing import Page, edit
from terang.registry.organization.models import Unit
from terang.registry.organization.services import add_unit, close_unit
from terang.registry.people import services
from terang.registry.people.access import may_keep, require_agency, require_keeper_of
from terang.registry.people.forms import CloseForm, NewPostForm, PostCorrectionForm, UnitForm
from terang.registry.people.models import Post
from terang.registry.people.selectors import registered_employees
from terang.registry.people.structure import posts_of, tree, units_above
from terang.registry.people.viewer import Viewer
from terang.registry.people.views.lists import viewer_of
from terang.registry.people.views.person import trail_url

OPEN_DEPTH = 1
"""Units down to this depth are drawn open."""


def unit_tree(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    branches = tree(viewer.agency_id, viewer.today)
    query = request.GET.get("q", "").strip()[:100]
    found = [b for b in branches if query.casefold() in b.unit.name.casefold()] if query else []
    context = {
        "branches": branches,
        "query": query,
        "found": found,
        "open_depth": OPEN_DEPTH,
        "vacant": sum(not branch.head for branch in branches),
    }
    return render(request, "people/tree.html", context)


def unit(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    shown = get_object_or_404(Unit.objects.select_related("parent", "agency"), pk=pk)
    require_agency(viewer, shown.agency_id)
    posts = posts_of(shown, viewer.today)
    ids = [holder.employee_id for each in posts for holder in each.holders]
    context = {
        "unit": shown,
        "above": units_above(shown),
        "below": [b for b in tree(shown.agency_id, viewer.today) if b.unit.parent_id == shown.pk],
        "posts": posts,
        "openable": set(registered_employees(viewer).filter(pk__in=ids).values_list("pk", flat=True)),
        "may_keep": may_keep(viewer),
        "today": viewer.today,
        "trail_url": trail_url("organization.unit", shown.pk),
    }
    return render(request, "people/unit.html", context)


def _kept(request: HttpRequest, pk: int) -> tuple[Viewer, Unit]:
    viewer = viewer_of(request)
    shown = get_object_or_404(Unit, pk=pk)
    require_keeper_of(viewer, shown.agency_id)
    return viewer, shown


def _page(shown: Unit, title: str, submit: str, done: str, lead: str = "") -> Page:
    here = reverse("people:unit", args=[shown.pk])
    crumbs = ((pgettext("banyak", "Unit"), reverse("people:tree")), (shown.name, here))
    return Page(title=title, back=here, submit=submit, done=done, lead=lead, crumbs=crumbs)


def unit_new(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, parent = _kept(request, pk)
    page = _page(parent, _("Tambah unit"), _("Tambah unit"), _("Unit ditambahkan."), _("Di bawah %s") % parent.name)
    form = UnitForm(request.POST or None, initial={"on": viewer.today})
    return edit(request, form, page, lambda values: add_unit(actor=viewer, parent=parent, **values))


def unit_close(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, shown = _kept(request, pk)
    page = _page(shown, _("Tutup %s") % shown.name, _("Tutup unit"), _("Unit ditutup."))
    form = CloseForm(request.POST or None, initial={"on": viewer.today, "version": shown.version})
    return edit(request, form, page, lambda values: close_unit(actor=viewer, unit=shown, **values))


def post_new(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, shown = _kept(request, pk)
    page = _page(shown, _("Tambah jabatan"), _("Tambah jabatan"), _("Jabatan ditambahkan."))
    form = NewPostForm(request.POST or None, initial={"on": viewer.today})
    return edit(request, form, page, lambda values: services.add_post(actor=viewer, unit=shown, **values))


def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    viewer, shown = _kept(request, post.unit_id)
    page = _page(shown, _("Ubah jabatan"), _("Simpan perubahan"), _("Perubahan disimpan."), post.title)
    initial = {
        name: getattr(post, name) for name in ("title", "kind", "level", "category", "grade", "seats", "version")
    }
    form = PostCorrectionForm(request.POST or None, initial=initial)
    return edit(request, form, page, lambda values: services.correct_post(actor=viewer, post=post, **values))


def post_close(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    viewer, shown = _kept(request, post.unit_id)
    page = _page(shown, _("Tutup jabatan"), _("Tutup jabatan"), _("Jabatan ditutup."), post.title)
    form = CloseForm(request.POST or None, initial={"on": viewer.today, "version": post.version})
    return edit(request, form, page, lambda values: services.close_post(actor=viewer, post=post, **values))
