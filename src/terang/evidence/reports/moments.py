"""What reports tell a person's timeline: handed in and rated, never the rating itself."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from terang.evidence.moments import REPORT, Moment
from terang.evidence.reports.models import HANDED_IN, RATED, Report
from terang.evidence.reports.wording import period_name


def moments(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """One line for each report handed in, one more once all have rated it. One query."""
    rows = Report.objects.filter(employee_id=employee_id, state__in=HANDED_IN).select_related("employee__agency")
    found = (moment for row in rows for moment in _of(row))
    return [moment for moment in found if start <= moment.day < end]


def _of(report: Report) -> Iterator[Moment]:
    zone, told = ZoneInfo(report.employee.agency.time_zone), {"period": period_name(report.kind, report.period_start)}
    if report.submitted_at:
        text = gettext("Laporan kinerja %(period)s diajukan") % told
        yield Moment(REPORT, report.submitted_at.astimezone(zone).date(), text, report.get_absolute_url())
    if report.rated_at and report.state in RATED:
        text = gettext("Laporan kinerja %(period)s dinilai") % told
        yield Moment(REPORT, report.rated_at.astimezone(zone).date(), text, report.get_absolute_url())
