"""Hari ini: one's own live score with its aspects. Six queries."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from terang.evaluation.explanation import Explanation, explain
from terang.evaluation.models import Score
from terang.evaluation.selectors import current_period, score_before, score_in
from terang.evaluation.standing import Standing, standing
from terang.registry.people.viewer import Viewer


@dataclass(frozen=True)
class Card:
    """The live score of one person; all missing where there is none yet in the running period."""

    score: Score | None = None
    told: Explanation | None = None
    standing: Standing | None = None


def card_of(viewer: Viewer) -> Card:
    """One's own score of the running period, compared with the one before."""
    period = current_period(viewer.agency_id, viewer.today)
    found = score_in(viewer.employee.pk, period.pk) if period else None
    if period is None or found is None:
        return Card()
    told = explain(found)
    before = score_before(period, viewer.employee.pk)
    return Card(found, told, standing(told, [before] if before else [], viewer.today))


def greeting() -> str:
    """By the hour of the day, as people greet in Indonesia."""
    hour = timezone.localtime().hour
    if 4 <= hour < 11:
        return _("Selamat pagi")
    if 11 <= hour < 15:
        return _("Selamat siang")
    if 15 <= hour < 18:
        return _("Selamat sore")
    return _("Selamat malam")
