"""What drafts ask of a person today: to decide on a colleague's, to mend one's own that came back."""

from django.utils.translation import gettext

from terang.evaluation.access import APPROVERS
from terang.evaluation.drafts.access import may_see_drafts
from terang.evaluation.drafts.models import DraftState, PolicyDraft
from terang.evaluation.drafts.selectors import waiting_for_decision
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty

MOST_SHOWN = 3


def waiting_for(viewer: Viewer) -> list[Duty]:
    """No query for who has nothing to do with policies, two otherwise."""
    if not may_see_drafts(viewer):
        return []
    found = []
    for draft in _to_decide(viewer):
        told = gettext("Kebijakan baru menunggu persetujuan Anda. Disusun %(name)s") % {"name": draft.author.name}
        found.append(Duty(draft.title, told, "attention", draft.get_absolute_url()))
    own = PolicyDraft.objects.filter(author=viewer.employee, state=DraftState.RETURNED)
    for draft in own[:MOST_SHOWN]:
        told = gettext("Dikembalikan: %(reason)s") % {"reason": draft.reason}
        found.append(Duty(draft.title, told, "attention", draft.get_absolute_url()))
    return found


def _to_decide(viewer: Viewer) -> list[PolicyDraft]:
    return list(waiting_for_decision(viewer)[:MOST_SHOWN]) if viewer.has(*APPROVERS) else []
