"""What reports ask of a person today: readings to give, a report that came back, one to hand in, ratings to read."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.reports.lists import lines, queue_of
from terang.evidence.reports.models import Report, ReportState
from terang.evidence.reports.terms import asked_of, terms_on
from terang.evidence.reports.wording import period_name
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, longdate

MOST_SHOWN = 5
SOON = timedelta(days=21)
"""How long before its last day a report that is not handed in stands on the list."""
LONG_AGO = timedelta(days=90)
"""How long after it; then it is only on the page of one's own reports."""


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Readings first, then one's own. One query where the government asks for no reports."""
    if terms_on(viewer.agency_id, viewer.today) is None:
        return []
    return [*_to_read(viewer), *_own(viewer), *_to_write(viewer)]


def _to_read(viewer: Viewer) -> Iterator[Duty]:
    queue = queue_of(viewer, size=MOST_SHOWN)
    for line in lines([*queue.own, *queue.overdue], viewer.today):
        report = line.reading.report
        title = gettext("Laporan %(name)s menunggu Anda") % {"name": report.employee.name}
        told = {"period": line.period, "day": longdate(line.reading.due_on)}
        detail = gettext("%(period)s, terlambat sejak %(day)s") if line.late else gettext("%(period)s, sampai %(day)s")
        kind = "attention" if line.late else "quiet"
        yield Duty(title, detail % told, kind, report.get_absolute_url(), line.reading.due_on)
    if queue.pooled:
        title = gettext("%(n)s laporan di antrean tim pengawas") % {"n": grouped(queue.pooled)}
        yield Duty(title, gettext("Ambil satu untuk dibaca"), "quiet", reverse("reports:queue"))


def _own(viewer: Viewer) -> Iterator[Duty]:
    news = (ReportState.RETURNED, ReportState.RATED)
    for report in Report.objects.filter(employee=viewer.employee, state__in=news)[:MOST_SHOWN]:
        told = {"period": period_name(report.kind, report.period_start)}
        if report.state == ReportState.RETURNED:
            title = gettext("Laporan %(period)s dikembalikan") % told
            yield Duty(title, gettext("Lengkapi, lalu ajukan lagi"), "attention", _write(report))
        else:
            title = gettext("Laporan %(period)s sudah dinilai") % told
            yield Duty(title, gettext("Baca kedua penilaian, lalu tanggapi"), "quiet", report.get_absolute_url())


def _to_write(viewer: Viewer) -> Iterator[Duty]:
    for asked in asked_of(viewer.employee, viewer.today)[:MOST_SHOWN]:
        begun = asked.report
        written = begun is None or begun.state == ReportState.DRAFT
        near = asked.due_on - SOON <= viewer.today <= asked.due_on + LONG_AGO
        if written and near and viewer.today >= asked.opens_on:
            late = viewer.today > asked.due_on
            title = gettext("Laporan %(period)s") % {"period": period_name(asked.span.kind, asked.span.start)}
            detail = gettext("Lewat tenggat %(day)s") if late else gettext("Diajukan paling lambat %(day)s")
            url = _write(begun) if begun else reverse("reports:own")
            kind = "attention" if late else "quiet"
            yield Duty(title, detail % {"day": longdate(asked.due_on)}, kind, url, asked.due_on)


def _write(report: Report) -> str:
    return reverse("reports:write", args=[report.pk])
