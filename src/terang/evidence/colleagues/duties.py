"""What review asks of a person today: tickets to answer, more urgent after half time and at the end."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.colleagues.models import ReviewRound
from terang.evidence.colleagues.selectors import tickets_of
from terang.registry.people.viewer import Viewer
from terang.rules.reviews.terms import reminder_days
from terang.web.duties import Duty
from terang.web.numbers import longdate

MOST_SHOWN = 5


def waiting_for(viewer: Viewer) -> list[Duty]:
    """The nearest close first. Two queries."""
    rows = [row.ticket for row in tickets_of(viewer.employee.pk, viewer.today) if row.answered is False]
    shown = rows[:MOST_SHOWN]
    duties = [
        Duty(
            gettext("Nilai rekan: %(name)s") % {"name": ticket.subject.name},
            _detail(ticket.round),
            urgency(ticket.round, viewer.today),
            reverse("colleagues:answer", args=[ticket.pk]),
        )
        for ticket in shown
    ]
    if len(rows) > MOST_SHOWN:
        title = gettext("%(n)s rekan lagi menunggu penilaian Anda") % {"n": len(rows) - MOST_SHOWN}
        duties.append(Duty(title, gettext("Lihat semua"), "quiet", reverse("colleagues:tickets")))
    return duties


def urgency(opening: ReviewRound, today: date) -> str:
    """`quiet` before half time, `attention` from then on, `wrong` while two days are left."""
    passed = sum(day <= today for day in reminder_days(opening.opens_on, opening.closes_on))
    if (opening.closes_on - today).days <= 2:
        return "wrong" if passed else "attention"
    return "attention" if passed else "quiet"


def _detail(opening: ReviewRound) -> str:
    return gettext("%(round)s, sampai %(day)s") % {"round": opening.name, "day": longdate(opening.last_day)}
