"""What presence tells overseers who stand in a unit (`TERANG_INSPECTION_PRESENCE`): records of the day, leave, duty,
shifts off. No reason, letter or place is told beyond the kind."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from terang.evidence.attendance.models import TAKEN, AttendanceDay, DayStatus, Leave, Punch
from terang.evidence.attendance.work_days import day_notes
from terang.evidence.whereabouts import Whereabouts
from terang.registry.organization.models import Agency
from terang.rules.oversight.roster import Away
from terang.web.numbers import clock

OF_KIND = {"leave": Away.LEAVE, "duty": Away.DUTY, "off": Away.SHIFT_OFF}
OF_STATUS = {DayStatus.SICK: Away.SICK, DayStatus.PERMISSION: Away.PERMISSION}
OF_LEAVE = {"sakit": Away.SICK, "izin": Away.PERMISSION}


def whereabouts(agency: Agency, employee_ids: Collection[int], day: date) -> dict[int, Whereabouts]:
    """What is known of these people on a day; of whom nothing is known stands nothing. Eight queries."""
    zone = ZoneInfo(agency.time_zone)
    notes = day_notes(employee_ids, day, day + timedelta(days=1))
    finer = _finer(employee_ids, day)
    punched = _first_punches(employee_ids, day, zone)
    found = {}
    for pk in employee_ids:
        note = notes.get(pk, {}).get(day)
        away = finer.get(pk, OF_KIND[note.kind]) if note else None
        if note or pk in punched:
            found[pk] = Whereabouts(punched.get(pk, ""), away, note.label if note else "")
    return found


def _first_punches(employee_ids: Collection[int], day: date, zone: ZoneInfo) -> dict[int, str]:
    """Of punches, and of days that came from elsewhere with their times."""
    start = datetime.combine(day, time.min, zone)
    kept = AttendanceDay.objects.filter(employee_id__in=employee_ids, day=day, check_in__isnull=False)
    found = {pk: clock(at) for pk, at in kept.values_list("employee_id", "check_in") if at is not None}
    rows = Punch.objects.filter(employee_id__in=employee_ids, at__gte=start, at__lt=start + timedelta(days=1))
    punches = rows.order_by("-at").values_list("employee_id", "at")
    return found | {pk: clock(at.astimezone(zone).time()) for pk, at in punches if pk is not None}


def _finer(employee_ids: Collection[int], day: date) -> dict[int, Away]:
    """Sickness and permission told apart from other leave."""
    leaves = Leave.objects.filter(employee_id__in=employee_ids, state__in=TAKEN, starts_on__lte=day, ends_on__gt=day)
    found = {pk: OF_LEAVE[kind] for pk, kind in leaves.values_list("employee_id", "kind") if kind in OF_LEAVE}
    derived = AttendanceDay.objects.filter(employee_id__in=employee_ids, day=day, status__in=OF_STATUS)
    return found | {pk: OF_STATUS[DayStatus(status)] for pk, status in derived.values_list("employee_id", "status")}
