"""The days in which somebody is rated: those of the window, or of the nearest unit above for which other days were
set."""

from collections.abc import Sequence

from terang.evaluation.appraisals.models import Appraisal, RatingWindow, UnitDays
from terang.registry.organization.models import Unit

SomeDays = RatingWindow | UnitDays


def others_of(window: RatingWindow) -> list[UnitDays]:
    """The units with other days, in the order of the tree. One query."""
    return list(window.unit_days.select_related("unit", "set_by"))


def days_in(window: RatingWindow, unit: Unit, others: Sequence[UnitDays]) -> SomeDays:
    """The days that hold for who works in a unit. No query."""
    above = [each for each in others if unit.path.startswith(each.unit.path)]
    return max(above, key=lambda each: len(each.unit.path), default=window)


def days_of(appraisal: Appraisal) -> SomeDays:
    """The days that held for whom an appraisal is about. One query."""
    return days_in(appraisal.window, appraisal.home, others_of(appraisal.window))


def touching(window: RatingWindow, unit: Unit, others: Sequence[UnitDays]) -> list[SomeDays]:
    """Every set of days that holds for somebody in a unit or below it. No query."""
    below = [each for each in others if each.unit.path.startswith(unit.path) and each.unit_id != unit.pk]
    return [days_in(window, unit, others), *below]
