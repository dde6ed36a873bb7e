"""Reports as they are listed: the table of all one may read, and what waits for a reader."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.reports.models import Frequency, Reading, Report, ReportState, Seat
from terang.evidence.reports.readers import is_overdue, may_give
from terang.evidence.reports.wording import period_name
from terang.registry.people.models import AppraiserOverride, Role
from terang.registry.people.selectors import appraiser_of, direct_report_ids, second_line
from terang.registry.people.viewer import Viewer, in_force
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge

KINDS = {
    ReportState.DRAFT: "quiet",
    ReportState.SUBMITTED: "quiet",
    ReportState.RETURNED: "attention",
    ReportState.RATED: "ok",
    ReportState.FINISHED: "ok",
    ReportState.PUBLISHED: "ok",
}
PAGE_SIZE = 50


def state_badge(report: Report) -> SafeString:
    state = ReportState(report.state)
    return badge(gettext(str(state.label)), KINDS[state])


REPORTS = Table(
    name="laporan",
    caption=_("Laporan kinerja"),
    order="-period_start",
    columns=[
        Column("who", _("Pegawai"), lambda row: row.employee.name, sort="employee__name", head=True,
               link=lambda row: row.get_absolute_url()),
        Column("period", _("Periode"), lambda row: period_name(row.kind, row.period_start), sort="period_start"),
        Column("unit", _("Unit"), lambda row: row.unit.name if row.unit else "–"),
        Column("state", _("Status"), state_badge, sort="state", raw=lambda row: ReportState(row.state).label),
    ],
    filters=[
        TextFilter("q", _("Cari nama atau unit"), ["employee__name", "unit__name"]),
        ChoiceFilter("status", _("Status"), ReportState.choices, "state"),
        ChoiceFilter("jenis", _("Jenis"), Frequency.choices, "kind"),
    ],
    empty=(_("Belum ada laporan"), _("Laporan muncul di sini begitu diajukan atau diumumkan.")),
)  # fmt: skip


class Part(IntEnum):
    """The parts of a queue: for the viewer in person, what other readers let go by, the overseers' common queue."""

    OWN = 0
    OVERDUE = 1
    POOL = 2


class Place(NamedTuple):
    """Where a reading stands in a queue: its part, the day it is due, its id."""

    part: Part
    due_on: date
    pk: int


@dataclass(frozen=True)
class Queue:
    """A page of what waits, in the order of its parts; `pooled` readings stand in the common queue in all."""

    own: list[Reading]
    overdue: list[Reading]
    pool: list[Reading]
    pooled: int
    page: Page[Place]

    @property
    def empty(self) -> bool:
        return not self.page.paginator.count


def queue_of(viewer: Viewer, number: int | str | None = 1, size: int = PAGE_SIZE) -> Queue:
    """The readings a viewer may give today, the oldest day first in each part; a page of them. About 20 queries however
    many wait, some more for each second look at a direct report."""
    places = sorted([*_of_superior(viewer), *_of_overseers(viewer)])
    page = Paginator(places, size).get_page(number)
    rows = _open().in_bulk([place.pk for place in page.object_list])
    own, overdue, pool = (
        [rows[place.pk] for place in page.object_list if place.part == part and place.pk in rows] for part in Part
    )
    return Queue(own, overdue, pool, pooled=sum(place.part == Part.POOL for place in places), page=page)


def _open() -> QuerySet[Reading]:
    waits = Q(look=1, report__state=ReportState.SUBMITTED) | Q(look=2, report__state=ReportState.RATED)
    return (
        Reading.objects.filter(waits, given_at=None)
        .select_related("report__employee__agency", "report__unit", "reader")
        .order_by("due_on", "pk")
    )


def _of_superior(viewer: Viewer) -> list[Place]:
    direct = set(direct_report_ids(viewer.employee, viewer.today))
    named = AppraiserOverride.objects.filter(in_force(viewer.today), appraiser=viewer.employee)
    leads = viewer.is_head or named.exists()
    above = set(second_line(viewer.employee, viewer.today).values_list("pk", flat=True)) if leads else set()
    if not direct and not above:
        return []
    mine = Q(look=1, report__employee_id__in=direct)
    lapsed = Q(look=1, report__employee_id__in=above, due_on__lt=viewer.today)
    rows = _open().select_related(None).filter(mine | lapsed, seat=Seat.SUPERIOR)
    first = [
        Place(Part.OWN if employee_id in direct else Part.OVERDUE, due_on, pk)
        for employee_id, due_on, pk in rows.values_list("report__employee_id", "due_on", "pk")
    ]
    again = _open().filter(look=2, report__employee_id__in=direct | above, seat=Seat.SUPERIOR)
    return first + [Place(Part.OWN, row.due_on, row.pk) for row in again if may_give(viewer, row)]


def _of_overseers(viewer: Viewer) -> list[Place]:
    paths = viewer.paths(Role.OVERSIGHT)
    if not paths:
        return []
    below = Q()
    for path in paths:
        below |= Q(report__unit__path__startswith=path)
    mine = Q(reader=viewer.employee) | Q(reader=None) | Q(due_on__lt=viewer.today)
    own = Reading.objects.filter(report_id=OuterRef("report_id"), seat=Seat.OVERSIGHT, look=1, reader=viewer.employee)
    fresh_eyes = Q(look=1) | Q(reader=viewer.employee) | ~Exists(own)
    rows = _open().filter(below, mine, fresh_eyes, seat=Seat.OVERSIGHT, report__employee__agency_id=viewer.agency_id)
    concerned = {viewer.employee.pk, *direct_report_ids(viewer.employee, viewer.today)}
    above = appraiser_of(viewer.employee.pk, viewer.today)
    concerned |= {above.employee_id} if above else set()
    found = rows.exclude(report__employee_id__in=concerned).select_related(None)
    return [
        Place(_part_of(reader, viewer), due_on, pk)
        for reader, due_on, pk in found.values_list("reader_id", "due_on", "pk")
    ]


def _part_of(reader_id: int | None, viewer: Viewer) -> Part:
    """Where a reading of the overseers stands for one of them: nobody's, one's own, or another's."""
    if reader_id is None:
        return Part.POOL
    return Part.OWN if reader_id == viewer.employee.pk else Part.OVERDUE


@dataclass(frozen=True)
class Line:
    """A waiting reading in words."""

    reading: Reading
    period: str
    late: bool


def lines(readings: list[Reading], today: date) -> list[Line]:
    """The waiting readings in words, in their order. No query."""
    names = (period_name(row.report.kind, row.report.period_start) for row in readings)
    return [Line(row, name, is_overdue(row, today)) for row, name in zip(readings, names, strict=True)]
