"""The people of a matrix: adding one, what to do with one, and requests of other leaders for one's own people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.matrix import selectors, services
from terang.planning.matrix.access import may_edit, require_editor, require_releaser, require_sight
from terang.planning.matrix.forms import DecisionForm
from terang.planning.matrix.models import Matrix, MatrixMember, MemberState
from terang.planning.matrix.presenting import member_badges
from terang.planning.matrix.views.sheet import lines_of
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import find_person, main_posts
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_int, asked_ints, asked_version


@require_http_methods(["GET", "POST"])
@login_required
def person_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Looks for a person by NIP or name (`?cari=`) and puts one into the matrix."""
    viewer = require_viewer(request.viewer)
    matrix = selectors.matrix_for(viewer, pk)
    require_editor(viewer, matrix)
    if request.method == "POST":
        return _added(request, viewer, matrix)
    text = request.GET.get("cari", "").strip()[:150]
    found = find_person(viewer.agency_id, text) if text else []
    posts = main_posts([person.pk for person in found], viewer.today)
    there = set(matrix.members.exclude(state=MemberState.REFUSED).values_list("employee_id", flat=True))
    people = [(person, posts.get(person.pk), person.pk in there) for person in found]
    return render(request, "matrix/person_new.html", {"matrix": matrix, "text": text, "people": people})


def _added(request: SignedInRequest, viewer: Viewer, matrix: Matrix) -> HttpResponse:
    number = asked_int(request.POST.get("employee"))
    employee = get_object_or_404(Employee, pk=number, agency_id=viewer.agency_id)
    reason = request.POST.get("reason", "")[:300]
    member = services.add_member(actor=viewer, matrix=matrix, employee=employee, reason=reason)
    told = gettext("%(name)s ditambahkan.")
    if member.state == MemberState.ASKED:
        told = gettext("Permintaan untuk %(name)s dikirim kepada penilainya. Hasilnya sudah dapat Anda isi.")
    messages.success(request, told % {"name": employee.name})
    return redirect("matrix:show", matrix.pk)


@require_http_methods(["GET", "POST"])
@login_required
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One row of the matrix: the results, and what the leader can do with it in one step."""
    viewer = require_viewer(request.viewer)
    member = selectors.member_for(pk)
    require_sight(viewer, member.matrix)
    if request.method == "POST":
        require_editor(viewer, member.matrix)
        return _acted(request, viewer, member)
    columns = list(member.matrix.columns.all())
    cells = selectors.cell_views([member], columns)
    posts = main_posts([member.employee_id], viewer.today)
    editable = may_edit(viewer, member.matrix)
    context = {
        "matrix": member.matrix,
        "member": member,
        "post": posts.get(member.employee_id),
        "badges": member_badges(member, gone=False),
        "cells": [(column, cells[member.pk, column.pk], lines_of(cells[member.pk, column.pk])) for column in columns],
        "similar": selectors.similar_members(member, viewer.today) if editable else [],
        "team": member.matrix.teams.filter(owner=member.employee).first(),
        "editable": editable,
        "joined": member.state == MemberState.IN,
    }
    return render(request, "matrix/person.html", context)


def _acted(request: SignedInRequest, viewer: Viewer, member: MatrixMember) -> HttpResponse:
    action, seen = request.POST.get("action", ""), asked_version(request.POST.get("version"))
    name = {"name": member.employee.name}
    if action == "copy":
        return _copied(request, viewer, member)
    if action == "remove":
        services.remove_member(actor=viewer, member=member, seen=seen)
        messages.success(request, gettext("%(name)s dikeluarkan dari matriks.") % name)
        return redirect("matrix:show", member.matrix_id)
    if action == "no_role":
        services.say_no_role(actor=viewer, member=member)
        messages.success(request, gettext("Sel yang masih kosong ditandai “tidak ada peran”."))
    elif action in ("lead", "unlead"):
        services.lead_team(actor=viewer, member=member, seen=seen, leads=action == "lead")
        told = gettext("%(name)s menjadi ketua tim dan punya matriks tim.") if action == "lead" else ""
        messages.success(request, (told or gettext("%(name)s tidak lagi ketua tim.")) % name)
    else:
        raise Http404
    return redirect("matrix:person", member.pk)


def _copied(request: SignedInRequest, viewer: Viewer, member: MatrixMember) -> HttpResponse:
    ids = asked_ints(request.POST.getlist("to"))
    targets = list(MatrixMember.objects.filter(pk__in=ids))
    added = services.copy_row(actor=viewer, source=member, targets=targets)
    messages.success(request, gettext("%(n)s hasil disalin.") % {"n": added})
    return redirect("matrix:show", member.matrix_id)


@require_safe
@login_required
def requests(request: SignedInRequest) -> HttpResponse:
    """What other leaders ask of the viewer's people, with what the appraiser weighs (p. 46)."""
    viewer = require_viewer(request.viewer)
    rows = [(row, DecisionForm(auto_id=f"id_%s_{row.member.pk}")) for row in selectors.requests_for(viewer)]
    return render(request, "matrix/requests.html", {"rows": rows})


@require_POST
@login_required
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    member = selectors.member_for(pk)
    require_releaser(viewer, member)
    form = DecisionForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    approve = request.POST.get("decision") == "approve"
    services.decide_member(actor=viewer, member=member, approve=approve, reason=reason)
    messages.success(request, gettext("Penugasan disetujui.") if approve else gettext("Penugasan tidak disetujui."))
    return redirect("matrix:requests")
