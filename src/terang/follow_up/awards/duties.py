"""What awards ask of a person today: to vote, to close or announce, to check a nomination, to give a bonus."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from terang.follow_up.awards.access import keeps
from terang.follow_up.awards.models import Call, CallState, Member, Nomination, NominationState
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate

MOST_SHOWN = 3


def waiting_for(viewer: Viewer) -> list[Duty]:
    """One query; for the personnel agency at most three more."""
    found = list(_committee(viewer))
    return [*found, *_checks(viewer), *_bonuses(viewer)] if keeps(viewer) else found


def _committee(viewer: Viewer) -> Iterator[Duty]:
    """A vote that is missing; for the chair what comes after it."""
    open_now = Q(call__state=CallState.VOTING, vote=None, conflict="")
    chairs = Q(chairs=True, conflict="", call__state__in=(CallState.TIED, CallState.DECIDED))
    rows = Member.objects.filter(open_now | chairs, employee=viewer.employee).select_related("call")
    for row in rows.order_by("call__vote_until", "pk")[:MOST_SHOWN]:
        call = row.call
        words = {
            CallState.VOTING: gettext("Beri suara: %(title)s"),
            CallState.TIED: gettext("Putus suara seri: %(title)s"),
            CallState.DECIDED: gettext("Umumkan: %(title)s"),
        }
        voting = call.state == CallState.VOTING
        detail = gettext("Paling lambat %(day)s") % {"day": longdate(call.vote_until)} if voting else ""
        title = words[CallState(call.state)] % {"title": call.title}
        due = call.vote_until if voting else None
        yield Duty(title, detail, "attention", call.get_absolute_url(), due)


def _checks(viewer: Viewer) -> Iterator[Duty]:
    rows = Nomination.objects.filter(call__agency_id=viewer.agency_id, call__state=CallState.OPEN)
    rows = rows.filter(state=NominationState.PROPOSED).exclude(Q(nominated_by=viewer.employee))
    rows = rows.exclude(people=viewer.employee).select_related("call").prefetch_related("people")
    for row in rows.order_by("pk")[:MOST_SHOWN]:
        title = gettext("Periksa usulan %(names)s") % {"names": row.names}
        yield Duty(title, row.call.title, "attention", row.get_absolute_url())


def _bonuses(viewer: Viewer) -> Iterator[Duty]:
    """Bonuses that nobody has given, for a keeper who may."""
    rows = Call.objects.filter(agency_id=viewer.agency_id, state=CallState.ANNOUNCED, bonus_idr__isnull=False)
    rows = rows.filter(awards__bonus=None).exclude(opened_by=viewer.employee)
    rows = rows.exclude(members__employee=viewer.employee).exclude(awards__employee=viewer.employee)
    for call in rows.distinct().order_by("announced_on", "pk")[:MOST_SHOWN]:
        title = gettext("Catat bonus: %(title)s") % {"title": call.title}
        detail = gettext("Orang kedua mencatatnya dalam tunjangan")
        yield Duty(title, detail, "attention", reverse("awards:bonus", args=[call.pk]))
