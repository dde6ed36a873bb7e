"""Who stands behind a PIN on a day, for thousands of punches at once."""

from collections import defaultdict
from datetime import date

from terang.evidence.attendance.models import PinHolder
from terang.registry.organization.models import Agency

Span = tuple[date, date | None, int]
"""From (inclusive), until (exclusive; open where missing), the employee."""


class Pins:
    """The PINs of an agency, read once (one query)."""

    def __init__(self, agency: Agency) -> None:
        self._spans: dict[str, list[Span]] = defaultdict(list)
        rows = PinHolder.objects.filter(agency=agency).order_by()
        for pin, start, end, employee_id in rows.values_list("pin", "starts_on", "ends_on", "employee_id"):
            self._spans[pin].append((start, end, employee_id))

    def holder(self, pin: str, day: date) -> int | None:
        """The employee behind a PIN on a day; None where the PIN is nobody's then."""
        for start, end, employee_id in self._spans.get(pin, ()):
            if start <= day and (end is None or day < end):
                return employee_id
        return None
