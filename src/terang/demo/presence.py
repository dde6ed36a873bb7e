"""Makes a year of attendance: who was there, on time, on leave, elsewhere by a letter, or stopped by the outage."""

from collections.abc import Iterator
from datetime import date, time
from random import Random

from terang.demo.blueprint import IN_SHIFTS
from terang.demo.letters import assign
from terang.demo.scene import MONTHS, Month, Person, Scene
from terang.evidence.attendance.models import AttendanceDay, DayStatus
from terang.web.writing import write

SICK_PER_MILLE = 15
"""Sick days in a thousand in the demo; unexplained ones are as many as diligence falls short of 92."""


def attend(scene: Scene, months: list[Month]) -> None:
    """The days of everybody; this month's of the unit that works in shifts follow from its roster (`shifts`)."""
    for month in months:
        by_roster = IN_SHIFTS if month is scene.months[-1] else None
        people = [person for person in scene.people.values() if person.unit.key != by_roster]
        rows = [(person, row) for person in people for row in _days(scene, person, month)]
        write([row for _person, row in rows])
        assign(scene, [(person, row.day) for person, row in rows if row.status == DayStatus.DUTY])


def _days(scene: Scene, person: Person, month: Month) -> Iterator[AttendanceDay]:
    dice = scene.dice(f"attendance:{person.slot}:{month.index}")
    outage = scene.months[MONTHS - 4].working_days[9]
    leave_from = dice.randrange(len(month.working_days)) if month.working_days and dice.random() < 0.1 else None
    for n, day in enumerate(month.working_days):
        if leave_from is not None and leave_from <= n < leave_from + 3:
            yield AttendanceDay(employee=person.employee, day=day, status=DayStatus.LEAVE, source="cuti tahunan")
        elif day == outage:
            yield AttendanceDay(employee=person.employee, day=day, status=DayStatus.OUTAGE, source="catatan gangguan")
        else:
            yield _punched(person, day, person.diligence[month.index], dice)


def _punched(person: Person, day: date, diligence: int, dice: Random) -> AttendanceDay:
    row = AttendanceDay(employee=person.employee, day=day, source="mesin presensi")
    throw = dice.random() * 1000
    absent = max(1, 92 - diligence)
    if throw < absent:
        row.status = DayStatus.ABSENT
        return row
    if throw < absent + SICK_PER_MILLE:
        row.status, row.source = DayStatus.SICK, "surat dokter"
        return row
    if dice.random() < 0.03:
        row.status, row.source = DayStatus.DUTY, "surat tugas"
        return row
    late = max(0, round(dice.gauss(-12, 6) + (95 - diligence) * 0.45))
    arrival = 7 * 60 + 30 + (late or -dice.randint(1, 25))
    row.status = DayStatus.PRESENT
    row.check_in = time(arrival // 60, arrival % 60)
    row.check_out = time(16, dice.randint(0, 45))
    row.late_minutes = late
    return row
