"""Screens of who writes: the list, what a draft begins from, its page, and the steps of the editor."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.access import APPROVERS
from terang.evaluation.drafts import page, selectors, services
from terang.evaluation.drafts.access import is_author, may_decide, require_author, require_writer
from terang.evaluation.drafts.beginning_form import BeginForm, begun_from, sources_for
from terang.evaluation.drafts.editor import Editor
from terang.evaluation.drafts.forms import SeenForm
from terang.evaluation.drafts.models import PolicyDraft
from terang.evaluation.drafts.states import require_move
from terang.evaluation.drafts.steps import after, step_at, steps_of
from terang.evaluation.selectors import versions_of
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.policies import Document, PolicyError, read_toml

PER_PAGE = 20
FRESH = "mulai"


@require_safe
@login_required
def drafts(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    shown = Paginator(selectors.drafts_for(viewer), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": shown, "may_write": page.may_write(viewer)}
    return render(request, "policy_drafts/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    """What a draft begins from; a file that is no policy is told with every problem, and nothing is begun."""
    viewer = require_viewer(request.viewer)
    require_writer(viewer, viewer.agency_id)
    versions = versions_of(viewer.agency_id)
    form = BeginForm(request.POST or None, request.FILES or None, sources=sources_for(versions, viewer.today))
    problems: tuple[Any, ...] = ()
    if form.is_valid():
        try:
            document, base = begun_from(form, viewer.employee.agency, versions)
        except PolicyError as error:
            problems = error.problems
        else:
            key = form.cleaned_data["form_key"]
            draft = services.begin_draft(actor=viewer, form_key=key, document=document, base=base)
            return _first_seen(draft, "dasar")
    status = 422 if request.method == "POST" else 200
    return render(request, "policy_drafts/begin.html", {"form": form, "problems": problems}, status=status)


@require_safe
@login_required
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft as a whole: its steps, what is still wrong, what will change and from when, and what can be done."""
    viewer = require_viewer(request.viewer)
    found = selectors.draft_for(viewer, pk)
    return render(request, "policy_drafts/draft.html", shown(viewer, found))


def shown(viewer: Viewer, found: PolicyDraft) -> dict[str, Any]:
    """What the page of a draft says to this viewer."""
    return {
        "draft": found,
        "seen": SeenForm(initial={"version": found.version}),
        "is_author": is_author(viewer, found),
        "may_decide": may_decide(viewer, found),
        "may_try": "" in viewer.paths(*APPROVERS),
        "told": page.told(found, versions_of(found.agency_id), viewer.today),
    }


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """One step: what is typed is kept even while something is wrong, and each problem stands beside its field."""
    viewer = require_viewer(request.viewer)
    found = selectors.draft_for(viewer, pk)
    require_author(viewer, found)
    document = read_toml(found.text)
    if step_at(document, slug) is None:
        raise Http404
    if request.method == "POST":
        seen = SeenForm(request.POST)
        version = seen.cleaned_data["version"] if seen.is_valid() else -1
        require_move(found, "keep", version)
        editor = _editor(viewer, document, slug, request.POST)
        if editor.is_valid():
            services.keep_draft(actor=viewer, draft=found, seen=version, document=editor.merged(), step=slug)
            return _onward(request, found, editor.merged(), slug)
        return _step_page(request, found, editor, status=422)
    require_move(found, "keep", found.version)
    return _step_page(request, found, _editor(viewer, document, slug, fresh=FRESH in request.GET))


def _editor(viewer: Viewer, document: Document, slug: str, data: Any = None, *, fresh: bool = False) -> Editor:
    step = step_at(document, slug)
    assert step is not None
    editor = Editor(document, step, selectors.categories_of(viewer.agency_id), data)
    if data is None:
        problems = page.problems_for(document, versions_of(viewer.agency_id), viewer.today)
        editor.tell(each for each in problems if not (fresh and each.kind in ("missing", "empty")))
    return editor


def _onward(request: SignedInRequest, found: PolicyDraft, document: Document, slug: str) -> HttpResponseRedirect:
    """On to the next step, to the draft, or back to the same step with one more empty row."""
    if "lanjut" in request.POST:
        following = after(steps_of(document), slug)
        return _first_seen(found, following) if following else redirect(found)
    messages.success(request, _("Tersimpan."))
    return redirect("policy_drafts:step", found.pk, slug)


def _first_seen(found: PolicyDraft, slug: str) -> HttpResponseRedirect:
    """To a step in its turn: what nobody had a chance to fill in is not told as missing."""
    return HttpResponseRedirect(f"{reverse('policy_drafts:step', args=[found.pk, slug])}?{FRESH}")


def _step_page(request: SignedInRequest, found: PolicyDraft, editor: Editor, status: int = 200) -> HttpResponse:
    context = {
        "draft": found,
        "editor": editor,
        "step": editor.step,
        "steps": page.told_steps(editor.document),
        "seen": SeenForm(initial={"version": found.version}),
    }
    return render(request, "policy_drafts/step.html", context, status=status)
