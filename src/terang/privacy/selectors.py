"""Questions to the register, and how the time that is left reads."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from terang.privacy.access import breaches_visible
from terang.privacy.models import Breach, BreachFacts, BreachNotice, BreachState, Recipient
from terang.privacy.states import recipients_due
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.breach import is_late
from terang.web.numbers import duration, longtime

SOON = timedelta(hours=24)
MINUTE = 60


def breach_for(viewer: Viewer, pk: int) -> Breach:
    """One failure of the viewer's register. Raises Http404 where there is none, and for who may not read it."""
    found = breaches_visible(viewer).select_related("reported_by", "ended_by", "agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def newest_facts(breach: Breach) -> BreachFacts | None:
    """What holds now; None while it is a suspicion. One query."""
    return breach.facts.select_related("entered_by").order_by("-number").first()


def told_of(breach: Breach) -> dict[Recipient, datetime]:
    """When each recipient was first told, without withdrawn notices. One query."""
    rows = breach.notices.filter(withdrawn_at=None).order_by("-sent_at").values_list("recipient", "sent_at")
    return {Recipient(recipient): sent_at for recipient, sent_at in rows}


@dataclass(frozen=True)
class Told:
    """One recipient: when told (None: not yet), and whether that was or is too late."""

    recipient: Recipient
    sent_at: datetime | None
    is_late: bool

    @property
    def label(self) -> str:
        return str(self.recipient.label)


def tellings(breach: Breach, facts: BreachFacts, now: datetime) -> list[Told]:
    """Everybody who is due to be told, in the order of the law. One query."""
    sent = told_of(breach)
    return [Told(each, sent.get(each), is_late(sent.get(each), breach.due_at, now)) for each in recipients_due(facts)]


def time_left(breach: Breach, now: datetime | None = None) -> tuple[str, str]:
    """The time left to tell in words, with its kind of badge; empty where nothing is due any more."""
    if breach.state not in (BreachState.SUSPECTED, BreachState.OPEN):
        return "", "quiet"
    left = breach.due_at - (now or timezone.now())
    minutes = int(abs(left).total_seconds()) // MINUTE
    if left < timedelta(0):
        return gettext("terlambat %(time)s") % {"time": duration(minutes)}, "wrong"
    return gettext("sisa %(time)s") % {"time": duration(minutes)}, "attention" if left <= SOON else "quiet"


def was_late(breach: Breach, notices: list[BreachNotice]) -> bool:
    """Whether a notice that the law asks for first went out after its last moment."""
    first: dict[str, datetime] = {}
    for notice in notices:
        if not notice.withdrawn_at and notice.recipient != Recipient.PUBLIC:
            first[notice.recipient] = min(first.get(notice.recipient, notice.sent_at), notice.sent_at)
    return any(is_late(sent, breach.due_at, breach.due_at) for sent in first.values())


def due_words(breach: Breach) -> str:
    """The last moment to tell, in words and local time."""
    return longtime(breach.due_at)
