"""What is compared: the reports that count now, and what Terang says of the same people on the same day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from terang.evaluation.appraisals.models import Appraisal
from terang.evaluation.appraisals.states import TOLD
from terang.interchange.models import ImportState, NationalRecord, NationalReport, ReportKind
from terang.planning.plans.models import Plan, PlanVersion, VersionState
from terang.registry.organization.models import Agency
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import Assignment, Employee, PostKind
from terang.registry.people.selectors import appraisers_on, main_posts
from terang.rules.reconciling import Coverage, Here, Stage, There

_SENT = (VersionState.SUBMITTED, VersionState.DISCUSSED, VersionState.AGREED)


@dataclass
class Person:
    """Everything about one NIP: what Terang says, what the reports say, and the days of both."""

    nip: str
    name: str
    employee: Employee | None = None
    seat: Assignment | None = None
    appraiser: Appraiser | None = None
    plan: Stage = ""
    plan_on: date | None = None
    predicate: str = ""
    predicate_on: date | None = None
    planned: NationalRecord | None = None
    evaluated: NationalRecord | None = None
    left: bool = False

    @property
    def here(self) -> Here | None:
        if self.employee is None:
            return None
        return Here(
            nip=self.nip,
            post=self.seat.post.title if self.seat else "",
            unit=self.seat.post.unit.name if self.seat else "",
            superior_nip=self.appraiser.employee.nip if self.appraiser else "",
            superior=self.appraiser.employee.name if self.appraiser else "",
            plan=self.plan,
            predicate=self.predicate,
            left=self.left,
        )

    @property
    def there(self) -> There | None:
        planned, evaluated = self.planned, self.evaluated
        if planned is None and evaluated is None:
            return None
        return There(
            nip=self.nip,
            post=(planned and planned.post) or (evaluated and evaluated.post) or None,
            unit=(planned and planned.unit) or (evaluated and evaluated.unit) or None,
            superior_nip=evaluated.superior_nip if evaluated else None,
            superior=evaluated.superior_name if evaluated else "",
            plan=planned.status if planned else None,
            predicate=evaluated.predicate if evaluated else None,
        )


@dataclass
class Sides:
    """Both sides by NIP; what may be missed; the newest day of the data, by kind of report."""

    people: dict[str, Person] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)
    days: dict[str, date] = field(default_factory=dict)


def reports_in_use(agency_id: int) -> list[NationalReport]:
    """The reports that count, the oldest first: of each kind those of the newest year or period, for each unit the
    newest one, and nothing older than the newest report of the whole government. One query."""
    rows = NationalReport.objects.filter(agency_id=agency_id, state=ImportState.DONE)
    newest_first = list(rows.defer("table").select_related("unit", "period", "uploaded_by").order_by("-as_of", "-pk"))
    kept: list[NationalReport] = []
    for kind in ReportKind:
        of_kind = [row for row in newest_first if row.kind == kind]
        about = [row for row in of_kind if (row.year, row.period_id) == (of_kind[0].year, of_kind[0].period_id)]
        seen: set[tuple[int | None, str]] = set()
        for row in about:
            place = row.unit_id, _unit_of(row)
            if place not in seen:
                kept.append(row)
            seen.add(place)
            if place == (None, ""):
                break
    return sorted(kept, key=lambda row: (row.as_of or date.min, row.pk))


def gather(agency: Agency) -> Sides:
    """Both sides. A fixed number of queries, whatever the number of people; none beyond the first without a report."""
    reports = reports_in_use(agency.pk)
    if not reports:
        return Sides()
    sides = Sides(days={report.kind: report.as_of for report in reports if report.as_of})
    newest = max(sides.days.values())
    _people(sides, agency, newest)
    _seats(sides, agency, sides.days)
    _records(sides, reports)
    _plans(sides, agency, reports, sides.days.get(ReportKind.PLANS))
    _predicates(sides, reports)
    sides.coverage = _coverage(sides, reports)
    return sides


def _people(sides: Sides, agency: Agency, newest: date) -> None:
    for each in Employee.objects.filter(agency=agency, joined_on__lte=newest):
        left = each.left_on is not None and each.left_on <= newest
        sides.people[each.nip] = Person(each.nip, each.name, each, left=left)


def _seats(sides: Sides, agency: Agency, days: dict[str, date]) -> None:
    """Posts on the day of the plans, appraisers on that of the evaluations."""
    newest = max(days.values())
    ids = [each.employee.pk for each in sides.people.values() if each.employee and not each.left]
    seats = main_posts(ids, days.get(ReportKind.PLANS, newest))
    appraisers = appraisers_on(agency.pk, days.get(ReportKind.EVALUATIONS, newest))
    for each in sides.people.values():
        if each.employee:
            each.seat, each.appraiser = seats.get(each.employee.pk), appraisers.get(each.employee.pk)


def _records(sides: Sides, reports: Collection[NationalReport]) -> None:
    """Each person's records; later reports win. The two kinds belong together by the national number, then by NIP."""
    rows = NationalRecord.objects.filter(report__in=[report.pk for report in reports]).select_related("report")
    by_number: dict[str, Person] = {}
    ordered = sorted(rows, key=lambda row: (row.report.kind != ReportKind.PLANS, row.report.as_of, row.report_id))
    for row in ordered:
        person = sides.people.get(row.nip) or by_number.get(row.national_id)
        if person is None:
            person = sides.people.setdefault(row.nip, Person(row.nip, row.name))
        by_number[row.national_id] = person
        if row.report.kind == ReportKind.PLANS:
            person.planned = row
        else:
            person.evaluated = row


def _plans(sides: Sides, agency: Agency, reports: Iterable[NationalReport], newest: date | None) -> None:
    """How far each plan of the reports' year was on the day of the report that tells of it."""
    years = {report.year for report in reports if report.kind == ReportKind.PLANS and report.year}
    if newest is None or not years:
        return
    year = max(years)
    span = {"period_start__lte": date(year, 12, 31), "period_end__gt": date(year, 1, 1)}
    ids = {each.employee.pk: each for each in sides.people.values() if each.employee}
    plans = Plan.objects.filter(employee__agency=agency, **span)
    for plan in plans.prefetch_related("versions").order_by("period_start", "pk"):
        person = ids.get(plan.employee_id)
        if person is None:
            continue
        day = (person.planned.report.as_of if person.planned else None) or newest
        stage, on = stage_on(plan, day)
        if stage and plan.period_start <= day:
            person.plan, person.plan_on = stage, on


def stage_on(plan: Plan, day: date) -> tuple[Stage, date | None]:
    """How far a plan was on a day, and since when."""
    if plan.agreed_on and plan.agreed_on <= day:
        return "agreed", plan.agreed_on
    best: tuple[Stage, date | None] = ("", None)
    versions: list[PlanVersion] = sorted(plan.versions.all(), key=lambda version: version.number)
    for version in versions:
        if version.state == VersionState.DISCARDED or version.opened_at.date() > day:
            continue
        sent = version.submitted_at.date() if version.submitted_at and version.state in _SENT else None
        best = ("submitted", sent) if sent and sent <= day else ("draft", version.opened_at.date())
    return best


def _predicates(sides: Sides, reports: Collection[NationalReport]) -> None:
    """The predicates handed over by the day of the report."""
    told = [report for report in reports if report.kind == ReportKind.EVALUATIONS]
    period = told[-1].period if told else None
    if period is None:
        return
    newest = told[-1].as_of or date.min
    by_id = {each.employee.pk: each for each in sides.people.values() if each.employee}
    rows = Appraisal.objects.filter(window__period=period, state__in=TOLD)
    for row in rows.select_related("objection", "adjustment"):
        person = by_id.get(row.employee_id)
        day = (person.evaluated.report.as_of if person and person.evaluated else None) or newest
        if person and row.handed_on and row.handed_on <= day:
            person.predicate, person.predicate_on = row.standing, row.handed_on


def _coverage(sides: Sides, reports: Collection[NationalReport]) -> Coverage:
    """Everybody with a plan to make in the area of a report; nobody where a report names a unit we do not know."""

    def named(kind: ReportKind) -> frozenset[str]:
        about = [report for report in reports if report.kind == kind]
        areas = [report.unit.path if report.unit else "" for report in about if report.unit or not _unit_of(report)]
        return frozenset(
            each.nip
            for each in sides.people.values()
            if each.seat and each.seat.post.kind != PostKind.ELECTED
            if any(each.seat.post.unit.path.startswith(area) for area in areas)
        )

    return Coverage(named(ReportKind.PLANS), named(ReportKind.EVALUATIONS))


def _unit_of(report: NationalReport) -> str:
    """The unit as the title has it; empty for the whole government."""
    return str(report.title.get("unit", ""))
