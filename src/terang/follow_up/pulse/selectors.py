"""Questions about waves, figures and words. There is no question about single answers: nobody may ask one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from terang.evidence.colleagues.ballots import Sealer
from terang.evidence.colleagues.round_keys import has_key, read_key
from terang.follow_up.pulse.models import PulseFigure, PulseRemark, PulseSurvey, PulseTicket, Wave
from terang.follow_up.pulse.services.answering import is_answered
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer

MONTHS = 12
BATCHES = 3
"""So many of the latest batches of words are shown."""


@dataclass(frozen=True)
class Invitation:
    """The open wave that asks a person; `answered` is None where its key is missing."""

    wave: Wave
    answered: bool | None


def survey_of(agency_id: int) -> PulseSurvey | None:
    """The latest survey of a government, running or ended. One query."""
    return PulseSurvey.objects.filter(agency_id=agency_id).first()


def invitation_of(viewer: Viewer) -> Invitation | None:
    """Whether the viewer is asked today. At most two queries."""
    rows = PulseTicket.objects.filter(
        employee=viewer.employee, wave__opens_on__lte=viewer.today, wave__closes_on__gt=viewer.today
    )
    ticket = rows.filter(wave__released_on=None, wave__dropped_on=None).select_related("wave").first()
    if ticket is None:
        return None
    if not has_key(ticket.wave.key_name):
        return Invitation(ticket.wave, None)
    return Invitation(ticket.wave, is_answered(Sealer(read_key(ticket.wave.key_name)), ticket.pk))


def months_until(today: date) -> list[date]:
    """The first days of the months that end with today's."""
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


def waves_since(agency_id: int, first: date) -> list[Wave]:
    """Waves from a month on, the earliest first. One query."""
    return list(Wave.objects.filter(agency_id=agency_id, month__gte=first))


def figures_since(agency_id: int, first: date) -> list[PulseFigure]:
    """Every figure that is shown of the waves from a month on, with wave and unit. One query."""
    rows = PulseFigure.objects.filter(wave__agency_id=agency_id, wave__month__gte=first)
    return list(rows.select_related("wave", "unit").order_by("wave__month", "pk"))


def units_in(figures: Sequence[PulseFigure]) -> list[Unit]:
    """The units that are shown in some month, in the order of the tree."""
    return sorted(
        {row.unit for row in figures}, key=lambda unit: [int(part) for part in unit.path.strip("/").split("/")]
    )


def words_of(agency_id: int) -> QuerySet[PulseRemark]:
    """The words of the latest batches. One query when read, with that of the batches."""
    batches = Wave.objects.filter(agency_id=agency_id, remarks__isnull=False).order_by("-month").distinct()
    latest = list(batches.values_list("pk", flat=True)[:BATCHES])
    rows = PulseRemark.objects.filter(wave__in=latest).select_related("wave")
    return rows.order_by("-wave__month", "pk")
