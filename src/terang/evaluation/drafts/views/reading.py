"""Policies side by side and as files: versions for everybody judged by them, drafts for who may read them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.drafts import selectors
from terang.evaluation.models import PolicyVersion
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import versions_of
from terang.registry.people.access import require_viewer
from terang.rules.policies import changes, json_text, read_toml
from terang.web.numbers import english

MEDIA_TYPES = {"toml": "application/toml; charset=utf-8", "json": "application/json; charset=utf-8"}


@require_safe
@login_required
def compare(request: SignedInRequest, old: int, new: int) -> HttpResponse:
    """Two versions of a government's policy, what is different in plain words."""
    versions = versions_of(require_viewer(request.viewer).agency_id)
    before, after = _version(versions, old), _version(versions, new)
    context = {
        "old": before,
        "new": after,
        "changes": changes(rules_of(before), rules_of(after), english=english()),
        "others": [each for each in versions if each not in (before, after)],
    }
    return render(request, "policy_drafts/compare.html", context)


@require_safe
@login_required
def version_file(request: SignedInRequest, version: int, kind: str) -> HttpResponse:
    """A version as a file that `terang policy check` and the editor read."""
    found = _version(versions_of(require_viewer(request.viewer).agency_id), version)
    return _file(found.text, f"kebijakan-versi-{found.version}", kind)


@require_safe
@login_required
def draft_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """A draft as a file, with whatever is still wrong in it."""
    found = selectors.draft_for(require_viewer(request.viewer), pk)
    return _file(found.text, f"draf-kebijakan-{found.pk}", kind)


def _version(versions: list[PolicyVersion], number: int) -> PolicyVersion:
    found = next((each for each in versions if each.version == number), None)
    if found is None:
        raise Http404
    return found


def _file(text: str, name: str, kind: str) -> HttpResponse:
    if kind not in MEDIA_TYPES:
        raise Http404
    body = json_text(read_toml(text)) if kind == "json" else text
    response = HttpResponse(body, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
