"""What the register asks of a person today: suspicions to look at, notices that are due, and what came too late."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from terang.privacy.access import breaches_visible, may_decide, may_keep, may_read
from terang.privacy.models import Breach, BreachState
from terang.privacy.selectors import time_left
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty

MOST_SHOWN = 5


def waiting_for(viewer: Viewer) -> list[Duty]:
    """The nearest due moment first: for who keeps the register all of it, for the regional head what is late. One
    query, none for who does not read the register."""
    if not may_read(viewer) or not (may_keep(viewer) or viewer.has(Role.REGIONAL_HEAD)):
        return []
    states = [BreachState.SUSPECTED, BreachState.OPEN]
    if may_decide(viewer):
        states.append(BreachState.NOTIFIED)
    rows = breaches_visible(viewer).filter(state__in=states).order_by("due_at")
    if not may_keep(viewer):
        rows = rows.filter(due_at__lt=timezone.now()).exclude(state=BreachState.NOTIFIED)
    return [_duty(breach) for breach in rows[:MOST_SHOWN]]


def _duty(breach: Breach) -> Duty:
    title = gettext("Pelindungan data %(number)s") % {"number": breach}
    left, kind = time_left(breach)
    what = {
        BreachState.SUSPECTED: gettext("Dugaan kegagalan perlu diperiksa"),
        BreachState.OPEN: gettext("Pemberitahuan belum lengkap"),
    }.get(BreachState(breach.state), gettext("Sudah diberitahukan, menunggu ditutup"))
    detail = gettext("%(what)s, %(left)s") % {"what": what, "left": left} if left else what
    kind = "attention" if breach.state == BreachState.SUSPECTED and kind == "quiet" else kind
    return Duty(title, detail, kind, reverse("privacy:breach", args=[breach.pk]))
