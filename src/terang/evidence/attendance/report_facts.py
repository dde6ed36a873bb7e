"""What the attendance room tells a performance report: days present and punctual, and days that were put right."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from terang.evidence.attendance.evidence import facts
from terang.evidence.attendance.models import DayDispute, DisputeState
from terang.evidence.figures import PRESENCE, Figure
from terang.web.numbers import grouped


def figures(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    """The figures of one person from `start` to before `end`, in Indonesian. Two queries. Reasons are never told."""
    url = f"{reverse('attendance:month')}?pegawai={employee_id}&sejak={start}&sebelum={end}"
    rows = [row[2:] for row in facts([employee_id], start, end)["attendance"]]
    required, present, punctual = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0, 0)
    found = []
    if required:
        found.append(_of(PRESENCE, "Hari wajib hadir yang dihadiri", present, required, url))
    if present:
        found.append(_of(PRESENCE, "Hari hadir tepat waktu", punctual, present, url))
    return [*found, *_disputes(employee_id, start, end, url)]


def _of(group: str, label: str, part: int, whole: int, url: str) -> Figure:
    return Figure(group, label, f"{grouped(part)} dari {grouped(whole)} hari", url=url)


def _disputes(employee_id: int, start: date, end: date, url: str) -> list[Figure]:
    told = DayDispute.objects.filter(employee_id=employee_id, day__gte=start, day__lt=end).aggregate(
        raised=Count("pk"), accepted=Count("pk", filter=Q(state=DisputeState.ACCEPTED))
    )
    if not told["raised"]:
        return []
    value = f"{grouped(told['raised'])} hari, {grouped(told['accepted'])} diterima"
    return [Figure(PRESENCE, "Keberatan atas hari kehadiran", value, url=url)]
