"""Makes the unit that works in shifts: its shifts, the rosters of this month and the next, and the days that follow
from the roster and the device at its door, nights over midnight among them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from terang.demo.blueprint import IN_SHIFTS
from terang.demo.scene import Person, Scene
from terang.evidence.attendance.models import (
    Device,
    Origin,
    PinHolder,
    Punch,
    RosterMonth,
    RosterShift,
    ShiftTemplate,
)
from terang.evidence.attendance.roster import month_after
from terang.evidence.attendance.services.deriving import derive_days
from terang.registry.organization.calendars import days_between, working_days
from terang.web.writing import write

SHIFTS = {
    "P": ("Pagi", 420, 840, 0),
    "S": ("Sore", 840, 1260, 0),
    "M": ("Malam", 1260, 1860, 30),
    "K": ("Kantor", 450, 960, 60),
}
"""Name, start, end and break in minutes: round the clock, and the office hours of who leads."""
PATTERN = "PPSSM.."
"""A week of one person, 2,250 minutes; the next person is a day further in it."""


def roster(scene: Scene) -> None:
    """Rosters from the first of this month to the end of the next; days worked until yesterday."""
    people = [person for person in scene.people.values() if person.unit.key == IN_SHIFTS]
    first = scene.months[-1].start
    unit = scene.units[IN_SHIFTS]
    for code, (name, start, end, pause) in SHIFTS.items():
        ShiftTemplate.objects.create(
            unit=unit, code=code, name=name, start_minute=start, end_minute=end, break_minutes=pause
        )
    rows = [row for number, person in enumerate(people) for row in _shifts(scene, person, number, first)]
    RosterShift.objects.bulk_create(rows)
    for month in (first, month_after(first)):
        RosterMonth.objects.create(unit=unit, month=month, changed_at=timezone.now())
    _punch(scene, people, rows, first)
    ids = [person.employee.pk for person in people]
    derive_days(agency=scene.agency, start=first, end=scene.today, employee_ids=ids)


def _shifts(scene: Scene, person: Person, number: int, first: date) -> Iterator[RosterShift]:
    until = month_after(month_after(first))
    office = set(working_days(scene.agency, first, until)) if person.post.is_head else set()
    for day in days_between(first, until):
        code = PATTERN[(day.toordinal() + number) % len(PATTERN)]
        if person.post.is_head:
            code = "K" if day in office else "."
        if code in SHIFTS:
            _name, start, end, pause = SHIFTS[code]
            told = {"start_minute": start, "end_minute": end, "break_minutes": pause, "label": code}
            yield RosterShift(employee=person.employee, day=day, **told)


def _punch(scene: Scene, people: list[Person], rows: list[RosterShift], first: date) -> None:
    """Both records of each shift that was over before today; who is careless comes late, or not at all."""
    zone = ZoneInfo(scene.agency.time_zone)
    begin, end = (datetime.combine(day, time(0), zone) for day in (first, scene.today))
    if begin >= end:
        return
    device = _device(scene, begin, end)
    pins = {person.employee.pk: str(number) for number, person in enumerate(people, 1)}
    own = {"agency": scene.agency, "starts_on": first}
    PinHolder.objects.bulk_create(
        [PinHolder(pin=pins[one.employee.pk], employee=one.employee, **own) for one in people]
    )
    diligence = {person.employee.pk: person.diligence[-1] for person in people}
    dice = scene.dice("shifts")
    punches = []
    for row in rows:
        midnight = datetime.combine(row.day, time(0), zone)
        late = max(0, round(dice.gauss(-14, 7) + (95 - diligence[row.employee_id]) * 0.3)) or -dice.randint(2, 18)
        moments = [row.start_minute + late, row.end_minute + dice.randint(1, 20)]
        missed = dice.random() * 1000 < max(1, 92 - diligence[row.employee_id])
        if not missed and midnight + timedelta(minutes=moments[1]) < end:
            punches += [
                Punch(
                    agency=scene.agency,
                    device=device,
                    pin=pins[row.employee_id],
                    employee_id=row.employee_id,
                    at=(moment := midnight + timedelta(minutes=minute)),
                    received_at=moment,
                    origin=Origin.PUSH,
                )
                for minute in moments
            ]
    write(punches)


def _device(scene: Scene, begin: datetime, end: datetime) -> Device:
    """The device at the door, heard from one moment to just before another."""
    return Device.objects.create(
        agency=scene.agency,
        unit=scene.units[IN_SHIFTS],
        serial=f"DEMO{scene.agency.code.replace('.', '')}",
        name="Alat presensi puskesmas",
        may_push=True,
        heard=[[begin.isoformat(), (end - timedelta(minutes=1)).isoformat()]],
    )
