"""Looks at duty before it is recorded: other duty of the same person stands against it, leave is told."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext

from terang.evidence.attendance.leave_checks import BLOCKING, span_text
from terang.evidence.attendance.models import Duty, Leave, LeaveState
from terang.registry.people.models import Employee


def duties_meeting(people: Collection[Employee], start: date, end: date) -> dict[int, list[str]]:
    """By employee id, the other duty in these days, each in a sentence. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Duty.people.through.objects.filter(
        employee__in=people, duty__cancelled_on=None, duty__starts_on__lt=end, duty__ends_on__gt=start
    ).order_by("duty__starts_on", "pk")
    names = ("employee_id", "duty__letter", "duty__starts_on", "duty__ends_on")
    for employee_id, letter, since, until in rows.values_list(*names):
        told = {"letter": letter, "span": span_text(since, until)}
        found[employee_id].append(gettext("sudah bertugas dengan surat %(letter)s, %(span)s") % told)
    return dict(found)


def leave_meeting(people: Collection[Employee], start: date, end: date) -> dict[int, list[str]]:
    """By employee id, leave asked for or taken in these days, each in a sentence. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Leave.objects.filter(employee__in=people, state__in=BLOCKING, starts_on__lt=end, ends_on__gt=start)
    for leave in rows.order_by("starts_on", "pk"):
        told = {"span": span_text(leave.starts_on, leave.ends_on), "state": LeaveState(leave.state).label.lower()}
        told["what"] = gettext("izin") if leave.kind == "izin" else gettext("cuti")
        found[leave.employee_id].append(gettext("%(what)s %(span)s (%(state)s)") % told)
    return dict(found)
