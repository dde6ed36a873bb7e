"""One report as a page shows it: words beside their figures, the readings as far as the viewer may see them, and what
the viewer can do now."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from terang.evidence.figures import CITIZENS, COLLEAGUES, OVERSIGHT, PLAN, PRESENCE, WORK, Figure
from terang.evidence.reports.access import is_disclosed, reads_whole, require_sight, sees_marks
from terang.evidence.reports.hooks import figures_of, thaw
from terang.evidence.reports.models import Achievement, Mark, Reading, Report, ReportState, Seat
from terang.evidence.reports.readers import is_overdue, may_give, waits_for
from terang.evidence.reports.states import may_move, why_not
from terang.evidence.reports.terms import rubric_of
from terang.evidence.reports.wording import period_name
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.reports.rubric import Criterion, Level, Rubric


def group_label(group: str) -> str:
    return {
        PLAN: gettext("Rencana kinerja"),
        WORK: gettext("Kegiatan dan tugas"),
        PRESENCE: gettext("Kehadiran"),
        CITIZENS: gettext("Warga"),
        COLLEAGUES: gettext("Rekan kerja"),
        OVERSIGHT: gettext("Pengawasan"),
    }[group]


@dataclass(frozen=True)
class Part:
    """What was achieved of one result: the words, and the figures they rest on."""

    row: Achievement
    figures: list[Figure]


@dataclass(frozen=True)
class Group:
    """Further figures of one kind."""

    label: str
    figures: list[Figure]


@dataclass(frozen=True)
class Judged:
    """One criterion with the level given."""

    criterion: Criterion
    level: Level
    reason: str


@dataclass(frozen=True)
class Panel:
    """One reading: whose, when, and its marks where the viewer sees them (`shown`)."""

    reading: Reading
    label: str
    shown: bool
    marks: list[Judged]
    late: bool
    waits: list[Employee]


@dataclass(frozen=True)
class Sheet:
    """The content of a report. `whole` is False for who reads it as published: words and results of the plan alone.
    `unfinished` says why others do not read the words now: they are being written."""

    report: Report
    period: str
    parts: list[Part]
    groups: list[Group]
    whole: bool
    links: bool
    unfinished: str = ""


def report_for(viewer: Viewer | None, pk: int) -> tuple[Viewer, Report]:
    """The report with all it needs at hand. Raises Http404 and NotAllowed."""
    rows = Report.objects.select_related("employee__agency", "unit", "terms")
    report = get_object_or_404(rows, pk=pk)
    return require_sight(viewer, report), report


def reading_for(viewer: Viewer | None, pk: int) -> tuple[Viewer, Reading]:
    """A reading whose report the viewer may read."""
    rows = Reading.objects.select_related("report__employee__agency", "report__unit", "report__terms", "reader")
    reading = get_object_or_404(rows, pk=pk)
    return require_sight(viewer, reading.report), reading


def figures_shown(report: Report, viewer: Viewer) -> list[Figure]:
    """Frozen ones once handed in; while the author writes, those of now."""
    if report.state in (ReportState.DRAFT, ReportState.RETURNED) and viewer.employee.pk == report.employee_id:
        return figures_of(report.employee_id, report.period_start, report.period_end, viewer.today)
    return thaw(report.figures)


def sheet_of(viewer: Viewer, report: Report) -> Sheet:
    """The content as this viewer reads it."""
    whole = reads_whole(viewer, report) or any(may_give(viewer, each) for each in readings_of(report))
    figures = figures_shown(report, viewer)
    rows = list(report.achievements.all())
    known = {row.result_id for row in rows}
    parts = [Part(row, [each for each in figures if each.result_id == row.result_id]) for row in rows]
    rest = [each for each in figures if each.result_id not in known and (whole or each.group == PLAN)]
    groups = [
        Group(group_label(group), [each for each in rest if each.group == group])
        for group in dict.fromkeys(each.group for each in rest)
    ]
    others_read = viewer.employee.pk != report.employee_id and may_move(report, "save")
    period, unfinished = period_name(report.kind, report.period_start), why_not(report) if others_read else ""
    return Sheet(report, period, parts, groups, whole, links=whole, unfinished=unfinished)


def figures_behind(sheet: Sheet) -> list[Figure]:
    """The figures that say "not reached", for who writes about challenges."""
    groups = [part.figures for part in sheet.parts] + [group.figures for group in sheet.groups]
    return [each for figures in groups for each in figures if each.reached is False]


def readings_of(report: Report) -> list[Reading]:
    rows = report.readings.select_related("report__employee__agency", "report__unit", "reader")
    return list(rows.prefetch_related("marks"))


def panels_of(viewer: Viewer, report: Report, readings: list[Reading]) -> list[Panel]:
    """The readings as this viewer may see them."""
    rubric, seen = rubric_of(report), sees_marks(viewer, report, readings)
    return [_panel(each, rubric, viewer, shown=seen[each.pk]) for each in readings]


def _panel(reading: Reading, rubric: Rubric, viewer: Viewer, *, shown: bool) -> Panel:
    seat = str(Seat(reading.seat).label)
    label = seat if reading.look == 1 else gettext("Tinjauan kedua: %(seat)s") % {"seat": seat}
    waiting = reading.given_at is None and reading.report.state in (ReportState.SUBMITTED, ReportState.RATED)
    return Panel(
        reading,
        label,
        shown,
        judged(reading.marks.all(), rubric) if shown else [],
        waiting and is_overdue(reading, viewer.today),
        waits_for(reading, viewer.today) if waiting else [],
    )


def judged(marks: Any, rubric: Rubric) -> list[Judged]:
    """The marks in the order of the rubric."""
    known: dict[str, Mark] = {mark.criterion: mark for mark in marks}
    found = []
    for criterion in rubric.criteria:
        mark = known.get(criterion.code)
        level = criterion.level(mark.level) if mark else None
        if mark and level:
            found.append(Judged(criterion, level, mark.remark))
    return found


def mine_to_give(viewer: Viewer, report: Report, readings: list[Reading]) -> Reading | None:
    """The reading this viewer can give now."""
    for each in readings:
        if may_move(report, "rate" if each.look == 1 else "look") and may_give(viewer, each):
            return each
    return None


def page_of(viewer: Viewer, report: Report) -> dict[str, Any]:
    """Everything the page of a report draws, forms aside."""
    readings = readings_of(report)
    sheet = sheet_of(viewer, report)
    own = viewer.employee.pk == report.employee_id
    return {
        "report": report,
        "sheet": sheet,
        "own": own,
        "panels": panels_of(viewer, report, readings) if sheet.whole or report.terms.shows_ratings else [],
        "disclosed": is_disclosed(report, readings),
        "mine": mine_to_give(viewer, report, readings),
        "returns": report.returns.select_related("reader") if sheet.whole else [],
        "may_write": own and may_move(report, "save"),
    }
