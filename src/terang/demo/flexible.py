"""Makes presence away from the devices: who may record from the web, two people who work flexibly, and this month's
roster of the units that work in shifts."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from terang.demo.scene import Person, Scene
from terang.evidence.attendance.models import (
    FlexibleMode,
    FlexibleWork,
    RosterMonth,
    RosterShift,
    ShiftTemplate,
    WebPunchRule,
    WebPunchWho,
    WorkPlace,
)
from terang.registry.organization.calendars import days_between
from terang.registry.organization.models import WorkWeek

SPACE = UUID("6f1d3c52-4e0b-4d6f-9d57-3a8f6f0d2b11")
PLACE = (-5_133_400, 119_406_900)
"""An invented point: the places of the demo are no real offices."""
SHIFTS = (("P", "Pagi", 420, 870, 0), ("S", "Sore", 840, 1290, 0), ("M", "Malam", 1260, 1860, 60))
PATTERN = "PPSSM.."
"""A week of one person; the next begins a day later in it."""
MOST_ROSTERED = 12
"""People with a roster in each unit: enough to look at."""


def loosen(scene: Scene) -> None:
    """The rule of the whole government, one place, and decisions for two people without a device."""
    since = scene.months[0].start
    own = {"agency": scene.agency}
    WebPunchRule.objects.create(
        who=WebPunchWho.FLEXIBLE, radius_metres=100, basis="Peraturan kepala daerah (rekaan)", valid_from=since, **own
    )
    WorkPlace.objects.create(name="Kantor pusat", latitude_micro=PLACE[0], longitude_micro=PLACE[1], **own)
    free = [person for person in scene.people.values() if not person.post.is_head][-2:]
    for person, mode in zip(free, (FlexibleMode.ELSEWHERE, FlexibleMode.DYNAMIC), strict=False):
        _decide(scene, person, mode)
    for week in WorkWeek.objects.filter(agency=scene.agency, shifts=True).exclude(unit=None).select_related("unit"):
        _roster(scene, week)


def _decide(scene: Scene, person: Person, mode: FlexibleMode) -> None:
    elsewhere = mode == FlexibleMode.ELSEWHERE
    work = FlexibleWork.objects.create(
        agency=scene.agency,
        mode=mode,
        weekdays="4" if elsewhere else "01234",
        place="Rumah" if elsewhere else "",
        letter=f"800/KF-{person.employee.pk}/{scene.today.year}",
        signed_by="Sekretaris Daerah",
        starts_on=scene.today,
        ends_on=scene.today + timedelta(days=90),
        form_key=uuid5(SPACE, f"{scene.code}:{person.employee.pk}"),
    )
    work.people.add(person.employee)


def _roster(scene: Scene, week: WorkWeek) -> None:
    """From the first of next month on: what is past was derived from the demo's own rows."""
    first = (scene.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    until = (first + timedelta(days=32)).replace(day=1)
    unit = week.unit
    staff = [person for person in scene.people.values() if scene.units[person.unit.key] == unit][:MOST_ROSTERED]
    if unit is None or not staff:
        return
    templates = {
        code: ShiftTemplate.objects.create(
            unit=unit, code=code, name=name, start_minute=start, end_minute=end, break_minutes=pause
        )
        for code, name, start, end, pause in SHIFTS
    }
    rows = []
    for number, person in enumerate(staff):
        for n, day in enumerate(days_between(first, until)):
            code = PATTERN[(n + number) % len(PATTERN)]
            if code in templates:
                shift = templates[code]
                told = {"start_minute": shift.start_minute, "end_minute": shift.end_minute}
                rows.append(
                    RosterShift(
                        employee=person.employee, day=day, break_minutes=shift.break_minutes, label=code, **told
                    )
                )
    RosterShift.objects.bulk_create(rows)
    RosterMonth.objects.create(unit=unit, month=first, changed_at=timezone.now())
