"""Makes the marks on the time axis of services: what each story changed, and when, entered by the head of the unit."""

from datetime import date, datetime, time
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Month, Scene
from terang.evidence.citizens.models import Service
from terang.evidence.citizens.models.interventions import Intervention


def mark_changes(scene: Scene, months: list[Month]) -> None:
    """A mark for each `[[changes]]` of the story that falls in `months`: of one service of its unit, or (without a
    code) of all."""
    by_index = {month.index: month for month in months}
    zone = ZoneInfo(scene.agency.time_zone)
    marks = []
    for place, told in enumerate(scene.facts.get("changes", [])):
        head, month = scene.head_of(told["unit"]), by_index.get(told["month"])
        if head is None or month is None:
            continue
        unit, day = scene.units[told["unit"]], _working_day(month, told["day"])
        marks.append(
            Intervention(
                unit=unit,
                service=Service.objects.get(unit=unit, code=told["service"]) if "service" in told else None,
                day=day,
                title=told["title"],
                detail=told["detail"],
                entered_by=head.employee,
                entered_at=datetime.combine(day, time(15, 10), zone),
                form_key=uuid5(NAMESPACE_OID, f"{scene.agency.code}:change:{place}"),
            )
        )
    Intervention.objects.bulk_create(marks)


def _working_day(month: Month, day: int) -> date:
    """The first working day from that day of the month on; the month's last where none is left."""
    wanted = month.start.replace(day=day)
    return next((each for each in month.working_days if each >= wanted), month.working_days[-1])
