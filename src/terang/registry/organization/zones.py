"""Zones without signal: where what people send arrives later, and policies grant more time."""

from dataclasses import dataclass
from datetime import date

from terang.registry.organization.models import Agency, SignalZone, Unit


@dataclass(frozen=True)
class Zones:
    """The zones of an agency, read once: unit id, first day, end (exclusive; open where missing)."""

    rows: tuple[tuple[int, date, date | None], ...]

    def hold(self, unit: Unit | None, day: date) -> bool:
        """Whether the unit, or one above it, lies in a zone on the day; nobody without a unit does. No query."""
        above = {int(part) for part in unit.path.split("/") if part} if unit else set()
        return any(pk in above and start <= day and (end is None or day < end) for pk, start, end in self.rows)


def zones_of(agency: Agency) -> Zones:
    """Every zone of an agency. One query."""
    rows = SignalZone.objects.filter(agency=agency).order_by("pk")
    return Zones(tuple(rows.values_list("unit_id", "valid_from", "valid_to")))
