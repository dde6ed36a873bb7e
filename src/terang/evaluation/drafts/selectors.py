"""Questions about drafts. Each states its queries."""

from django.db.models import QuerySet
from django.http import Http404

from terang.evaluation.drafts.access import require_drafts
from terang.evaluation.drafts.models import DraftState, PolicyDraft
from terang.registry.people.models import Post, Role
from terang.registry.people.viewer import Viewer


def drafts_for(viewer: Viewer) -> QuerySet[PolicyDraft]:
    """The drafts a viewer may read, the last changed first: who only approves sees what was handed in. 1 query when
    read. Raises NotAllowed."""
    require_drafts(viewer)
    found = PolicyDraft.objects.filter(agency_id=viewer.agency_id)
    if not viewer.has(Role.PERSONNEL, Role.AUDITOR):
        found = found.filter(submitted_at__isnull=False).exclude(state=DraftState.DISCARDED)
    return found.select_related("author", "decided_by", "published", "base", "agency")


def draft_for(viewer: Viewer, pk: int) -> PolicyDraft:
    """A draft the viewer may read. 1 query. Raises NotAllowed, Http404."""
    found = drafts_for(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waiting_for_decision(viewer: Viewer) -> QuerySet[PolicyDraft]:
    """What a viewer who may approve has before them. 1 query when read."""
    return drafts_for(viewer).filter(state=DraftState.SUBMITTED).exclude(author=viewer.employee)


def categories_of(agency_id: int) -> list[str]:
    """The families of posts (rumpun) of a government, by name. 1 query."""
    found = Post.objects.filter(unit__agency_id=agency_id).exclude(category="").values_list("category", flat=True)
    return sorted(set(found))
