"""The states of a plan (SKP) and who moves it."""

from django.utils.translation import gettext

from terang.planning.models import Plan, PlanState
from terang.web.errors import NotNow

MOVES = {
    "agree": ((PlanState.DRAFT, PlanState.SUBMITTED), PlanState.AGREED, "pejabat penilai"),
}
"""Verb: states it starts from, state it leads to, owner. An agreed plan is the ground of evidence and is not edited."""


def require_move(plan: Plan, verb: str) -> None:
    """Raises NotNow where the plan's state does not allow the verb."""
    if plan.state not in MOVES[verb][0]:
        raise NotNow(gettext("Rencana ini sudah disepakati; perubahan dibuat sebagai rencana baru."))
