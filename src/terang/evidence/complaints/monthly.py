"""A month of complaints for the leadership: what came, what was answered in time or late, what citizens said, what was
passed up, and where being late repeats itself.

Of secret reports and reports of misconduct only how many came, and only from `LEAST` on: no unit, no state. Nothing
else on the page counts them, so that no difference of two numbers tells of one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from terang.evidence.complaints.access import MISCONDUCT
from terang.evidence.complaints.models import Complaint, Escalation, EscalationStep
from terang.registry.organization.models import Agency, Unit

LEAST = 5
"""Guarded reports below this number are not told: a leader who knows of one report must not see whether it came."""
OFTEN = 2
"""So many breaches in a month are repeated ones; one is as well where the month before had one."""
STEPS = (
    EscalationStep.VERIFICATION_LATE,
    EscalationStep.FIRST_ANSWER_LATE,
    EscalationStep.FINISH_LATE,
    EscalationStep.OMBUDSMAN,
)
BREACHES = (EscalationStep.FIRST_ANSWER_LATE, EscalationStep.FINISH_LATE)
"""Steps that a unit is behind; verification is the coordinator's."""


@dataclass
class UnitMonth:
    """One unit's month; `unit_id` None: reports that no unit has yet.

    `received` came in the month. `in_time` and `late` are final answers by the day they count on, as for the score: the
    day of an answer in time, the due day of a late or missing one; what is due later counts nowhere yet. `confirmed`
    and `silent` ended in the month by the citizen's word or silence, `reopened` were opened again last in the month.
    `steps` is how often the ladder was climbed, by step; `breaches` the steps a unit is behind, `before` those of the
    month before.
    """

    unit_id: int | None
    name: str = ""
    received: int = 0
    in_time: int = 0
    late: int = 0
    confirmed: int = 0
    silent: int = 0
    reopened: int = 0
    steps: dict[str, int] = field(default_factory=dict)
    breaches: int = 0
    before: int = 0

    @property
    def is_repeated(self) -> bool:
        return self.breaches >= OFTEN or bool(self.breaches and self.before)


@dataclass(frozen=True)
class MonthReport:
    """The month of one government. `secret` and `misconduct` are None where fewer than `LEAST` came, also none."""

    start: date
    units: list[UnitMonth]
    secret: int | None
    misconduct: int | None

    @property
    def repeated(self) -> list[UnitMonth]:
        return [each for each in self.units if each.is_repeated]

    def total(self, name: str) -> int:
        """The sum of a number over all units."""
        return sum(getattr(each, name) for each in self.units)


def next_month(start: date) -> date:
    return (start + timedelta(days=32)).replace(day=1)


def month_before(start: date) -> date:
    return (start - timedelta(days=1)).replace(day=1)


def report_of(agency: Agency, start: date, today: date) -> MonthReport:
    """The month that begins on `start`, as known on `today`. Nine queries."""
    end = next_month(start)
    rows = Complaint.objects.filter(agency=agency)
    plain = rows.filter(~MISCONDUCT, is_secret=False).order_by()
    found: dict[int | None, UnitMonth] = {}

    def add(name: str, counted: Iterable[tuple[int | None, int]]) -> None:
        for unit_id, number in counted:
            setattr(found.setdefault(unit_id, UnitMonth(unit_id)), name, number)

    received = Q(received_on__gte=start, received_on__lt=end)
    moments = _moments(agency, start, end)
    add("received", _by_unit(plain.filter(received)))
    add("in_time", _by_unit(_in_time(plain, start, end)))
    add("late", _by_unit(_late(plain, start, end, today)))
    add("confirmed", _by_unit(plain.filter(moments, closed_by="warga")))
    add("silent", _by_unit(plain.filter(moments, closed_by="waktu")))
    add("reopened", _by_unit(plain.filter(reopened_on__gte=start, reopened_on__lt=end)))
    _climb(found, plain, start, end)
    _name(found)
    hidden = rows.filter(received).aggregate(
        secret=Count("id", filter=Q(is_secret=True) & ~MISCONDUCT), misconduct=Count("id", filter=MISCONDUCT)
    )
    units = sorted(found.values(), key=lambda each: (not each.is_repeated, -each.breaches, -each.late, each.name))
    return MonthReport(start, units, _told(hidden["secret"]), _told(hidden["misconduct"]))


def _told(number: int) -> int | None:
    return number if number >= LEAST else None


def _by_unit(rows: QuerySet[Complaint]) -> Iterable[tuple[int | None, int]]:
    return rows.values_list("unit_id").annotate(number=Count("id")).values_list("unit_id", "number")


def _moments(agency: Agency, start: date, end: date) -> Q:
    zone = ZoneInfo(agency.time_zone)
    first, last = (datetime.combine(day, time(), zone) for day in (start, end))
    return Q(closed_at__gte=first, closed_at__lt=last)


def _counted(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those a unit has, once where several citizens told the same."""
    return rows.filter(routed_on__isnull=False, unit__isnull=False, duplicate_of=None)


def _in_time(rows: QuerySet[Complaint], start: date, end: date) -> QuerySet[Complaint]:
    return _counted(rows).filter(answered_on__gte=start, answered_on__lt=end, answered_on__lte=F("finish_due_on"))


def _late(rows: QuerySet[Complaint], start: date, end: date, today: date) -> QuerySet[Complaint]:
    late = Q(answered_on__gt=F("finish_due_on")) | Q(answered_on=None, closed_at=None, finish_due_on__lt=today)
    return _counted(rows).filter(late, finish_due_on__gte=start, finish_due_on__lt=end)


def _climb(found: dict[int | None, UnitMonth], rows: QuerySet[Complaint], start: date, end: date) -> None:
    """The ladder of this month, and the breaches of the month before."""
    climbed = Escalation.objects.filter(
        complaint__in=rows, step__in=STEPS, day__gte=month_before(start), day__lt=end
    ).order_by()
    numbers: dict[int | None, dict[tuple[str, bool], int]] = defaultdict(dict)
    counted = climbed.values_list("complaint__unit_id", "step", "day").annotate(number=Count("id"))
    for unit_id, step, day, number in counted:
        key = (step, day >= start)
        numbers[unit_id][key] = numbers[unit_id].get(key, 0) + number
    for unit_id, steps in numbers.items():
        line = found.get(unit_id) or UnitMonth(unit_id)
        line.steps = {str(step): steps.get((step, True), 0) for step in STEPS}
        line.breaches = sum(steps.get((step, True), 0) for step in BREACHES)
        line.before = sum(steps.get((step, False), 0) for step in BREACHES)
        if any(line.steps.values()):
            found[unit_id] = line


def _name(found: dict[int | None, UnitMonth]) -> None:
    names = dict(Unit.objects.filter(pk__in=[pk for pk in found if pk]).values_list("pk", "name"))
    for unit_id, line in found.items():
        line.name = names.get(unit_id or 0, "")
