"""Who may write, read and decide on drafts of a policy. Raises NotAllowed with a reason."""

from django.utils.translation import gettext as _

from terang.evaluation.access import APPROVERS, may_publish, may_see_drafts, require_approver
from terang.evaluation.drafts.models import DraftState, PolicyDraft
from terang.registry.people.access import require_agency, require_role
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_writer(viewer: Viewer, agency_id: int) -> None:
    """The personnel agency of this government."""
    require_agency(viewer, agency_id)
    require_role(viewer, Role.PERSONNEL)


def require_author(viewer: Viewer, draft: PolicyDraft) -> None:
    """Only who began it: what a second person approves is one person's work."""
    require_writer(viewer, draft.agency_id)
    if draft.author_id != viewer.employee.pk:
        raise NotAllowed(_("Hanya penyusunnya yang dapat mengubah draf ini."))


def require_decider(viewer: Viewer, draft: PolicyDraft) -> None:
    """A second person who may put a policy in force."""
    require_approver(viewer, draft.agency_id, draft.author)


def require_drafts(viewer: Viewer) -> None:
    """Who may see drafts at all: the personnel agency, the regional head, the auditor."""
    require_role(viewer, *APPROVERS, Role.AUDITOR)


def is_author(viewer: Viewer, draft: PolicyDraft) -> bool:
    return may_publish(viewer) and draft.author_id == viewer.employee.pk


def may_decide(viewer: Viewer, draft: PolicyDraft) -> bool:
    """Whether the viewer may approve this draft or send it back today."""
    second = draft.author_id != viewer.employee.pk
    return draft.state == DraftState.SUBMITTED and second and viewer.has(*APPROVERS)


__all__ = [
    "is_author",
    "may_decide",
    "may_see_drafts",
    "require_author",
    "require_decider",
    "require_drafts",
    "require_writer",
]
