"""Questions about windows and appraisals. Every list has a constant number of queries."""

from collections import Counter
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from terang.evaluation.appraisals.access import require_reader
from terang.evaluation.appraisals.clocks import Clock, clock_in
from terang.evaluation.appraisals.frozen import Suggestion, suggestion_of
from terang.evaluation.appraisals.models import (
    Alignment,
    Appraisal,
    AppraisalState,
    CarryOver,
    Objection,
    OrganisationPredicate,
    Predicate,
    RatingWindow,
    SpreadReason,
)
from terang.evaluation.appraisals.raters import Seat, seats_of
from terang.evaluation.appraisals.reasons import spread_check
from terang.evaluation.appraisals.states import TOLD, may_move
from terang.evaluation.appraisals.wording import short_label
from terang.evaluation.periods import YEAR
from terang.evaluation.selectors import scores_in
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.curve import expected_people
from terang.rules.regulations.distribution import DistributionCheck
from terang.web.charts import Bar, Columns


def windows_of(agency_id: int) -> QuerySet[RatingWindow]:
    """The windows of a government, the newest period first. One query."""
    return RatingWindow.objects.filter(period__agency_id=agency_id).select_related("period__agency")


def window_for(viewer: Viewer, pk: int) -> RatingWindow:
    """A window of the viewer's government. Raises Http404."""
    return get_object_or_404(windows_of(viewer.agency_id), pk=pk)


@dataclass(frozen=True)
class Line:
    """One person on the rater's desk. `appraisal` is missing while nothing was kept; `unit` is that of the pattern."""

    employee: Employee
    title: str
    unit: Unit
    suggestion: Suggestion
    appraisal: Appraisal | None
    clock: Clock | None = None

    @property
    def is_decided(self) -> bool:
        return self.appraisal is not None and self.appraisal.state != AppraisalState.DRAFT

    @property
    def is_handed(self) -> bool:
        return self.appraisal is not None and self.appraisal.state in TOLD

    @property
    def may_hand_over(self) -> bool:
        return self.appraisal is not None and may_move(self.appraisal, "hand_over")

    @property
    def is_aligned_now(self) -> bool:
        """Whether an open calibration holds it back."""
        return self.appraisal is not None and self.appraisal.alignment == Alignment.OPEN


@dataclass(frozen=True)
class Group:
    """The people rated in one unit's pattern. `organisation` is missing until it is set, `check` where the group is
    too small or not wholly known."""

    unit: Unit
    organisation: OrganisationPredicate | None
    lines: list[Line]
    counts: Counter[str] = field(default_factory=Counter)
    check: DistributionCheck | None = None
    reason: SpreadReason | None = None

    @property
    def decided(self) -> int:
        return sum(line.is_decided for line in self.lines)

    @property
    def to_hand_over(self) -> list[Appraisal]:
        return [line.appraisal for line in self.lines if line.appraisal and line.may_hand_over]

    @property
    def aligned_now(self) -> int:
        """How many an open calibration holds back."""
        return sum(line.is_aligned_now for line in self.lines)

    @property
    def is_complete(self) -> bool:
        """Whether everybody the rater has to rate here is decided; nobody at all is not everybody."""
        return 0 < self.decided == len(self.lines)

    @property
    def is_off_pattern(self) -> bool:
        return self.is_complete and self.check is not None and not self.check.ok

    @property
    def asks_for_reason(self) -> bool:
        return self.is_off_pattern and self.reason is None

    @property
    def chart(self) -> Columns:
        """The predicates given so far, beside the curve of the unit's own predicate."""
        known = self.organisation
        curve = expected_people(known.predicate, self.decided) if known else {}
        return Columns(
            gettext("Sebaran predikat"),
            [Bar(short_label(each), self.counts[each]) for each in Predicate],
            lead=gettext("Garis: pola untuk predikat organisasi ini.") if known else "",
            expected=[curve[each.value] for each in Predicate] if known else [],
            heads=(gettext("Predikat"), gettext("Orang")),
        )


def desk_of(viewer: Viewer, window: RatingWindow) -> list[Group]:
    """Whom the viewer rates in the window, by unit and name, with all whom the viewer has rated, also where it would
    be another's turn by now. At most 36 queries whatever the number of people."""
    lines = _lines_of(viewer, window)
    units = {line.unit.pk: line.unit for line in lines}
    known = {each.unit_id: each for each in window.organisations.filter(unit__in=units)}
    told = {each.unit_id: each for each in window.spread_reasons.filter(unit__in=units)}
    return [
        _group(window, unit, [line for line in lines if line.unit.pk == pk], known.get(pk), told.get(pk))
        for pk, unit in sorted(units.items(), key=lambda item: item[1].path)
    ]


def group_of(viewer: Viewer, window: RatingWindow, unit: Unit) -> Group | None:
    """What the desk shows of one unit; None where the viewer rates nobody there. As many queries as the desk."""
    return next((group for group in desk_of(viewer, window) if group.unit.pk == unit.pk), None)


def _lines_of(viewer: Viewer, window: RatingWindow) -> list[Line]:
    seats = {seat.employee.pk: seat for seat in seats_of(viewer.employee, window, viewer.today)}
    given = Q(rater=viewer.employee) & ~Q(state=AppraisalState.DRAFT)
    rows = _appraisals().filter(Q(employee__in=list(seats)) | given, window=window)
    kept = {each.employee_id: each for each in rows}
    scores = scores_in(window.period, list(seats))
    calendar = deadline_calendar(viewer.employee.agency)
    clocks = {pk: clock_in(row, calendar, viewer.today) for pk, row in kept.items()}
    lines = [
        replace(_line(kept.get(pk), seats.get(pk), suggestion_of(scores.get(pk))), clock=clocks.get(pk))
        for pk in {**seats, **kept}
        if _is_mine(kept.get(pk), viewer)
    ]
    return sorted(lines, key=lambda line: (line.employee.name, line.employee.pk))


def _line(kept: Appraisal | None, seat: Seat | None, suggestion: Suggestion) -> Line:
    """What was decided stands where it was decided; everybody else where they sit today."""
    if kept is not None and (seat is None or kept.state != AppraisalState.DRAFT):
        return Line(kept.employee, kept.post_title, kept.unit, suggestion, kept)
    assert seat is not None
    return Line(seat.employee, seat.post.post.title, seat.unit, suggestion, kept)


def _is_mine(appraisal: Appraisal | None, viewer: Viewer) -> bool:
    """After the window the superior rates those only whom the appraiser left."""
    return appraisal is None or appraisal.state == AppraisalState.DRAFT or appraisal.rater_id == viewer.employee.pk


def _group(
    window: RatingWindow,
    unit: Unit,
    lines: list[Line],
    organisation: OrganisationPredicate | None,
    reason: SpreadReason | None,
) -> Group:
    given = [line.appraisal.standing for line in lines if line.appraisal and line.is_decided]
    counts = Counter(given)
    check = spread_check(window, counts, organisation)
    return Group(unit, organisation, lines, counts, check, reason)


def _appraisals() -> QuerySet[Appraisal]:
    return Appraisal.objects.select_related(
        "employee__agency",
        "window__period__agency",
        "unit",
        "home",
        "rater",
        "objection__decided_by",
        "adjustment__proposed_by",
        "adjustment__confirmed_by",
        "carry_over",
    )


def appraisal_for(viewer: Viewer | None, pk: int) -> Appraisal:
    """One appraisal the viewer may read. Raises Http404 and NotAllowed."""
    appraisal = get_object_or_404(_appraisals(), pk=pk)
    require_reader(viewer, appraisal)
    return appraisal


def earlier_result(employee_id: int, unit: Unit, window: RatingWindow) -> Appraisal | None:
    """The finished result of the last period of this kind before the window's, where it was another unit's: what may
    stand for a moved employee by agreement. None in the evaluation of a year. One query."""
    period = window.period
    if period.kind == YEAR:
        return None
    rows = _appraisals().filter(
        employee=employee_id,
        window__period__agency=period.agency_id,
        window__period__kind=period.kind,
        window__period__ends_on__lte=period.starts_on,
    )
    found = rows.order_by("-window__period__ends_on").first()
    return found if found and found.state == AppraisalState.FINAL and found.home_id != unit.pk else None


def carry_for(viewer: Viewer, pk: int) -> CarryOver:
    """A proposal to the viewer. Raises Http404. One query."""
    rows = CarryOver.objects.select_related(
        "proposed_by",
        "appraisal__employee__agency",
        "appraisal__window__period__agency",
        "earlier__window__period",
        "earlier__unit",
        "earlier__home",
        "earlier__objection",
    )
    return get_object_or_404(rows, pk=pk, appraisal__employee=viewer.employee)


def kept_for(window: RatingWindow, employee_id: int) -> Appraisal | None:
    """What was kept about a person in a window. One query."""
    return _appraisals().filter(window=window, employee_id=employee_id).first()


def own_appraisals(viewer: Viewer) -> QuerySet[Appraisal]:
    """The viewer's own results, the newest period first: those that were handed over. One query."""
    rows = _appraisals().filter(employee=viewer.employee, state__in=TOLD)
    return rows.order_by("-window__period__ends_on", "-pk")


def objections_to_decide(viewer: Viewer) -> QuerySet[Objection]:
    """Open objections that the viewer decides, the nearest day first. One query."""
    rows = Objection.objects.filter(outcome="", decider=viewer.employee)
    return rows.select_related("appraisal__employee", "appraisal__window__period").order_by("decision_due", "pk")


def objections_to_answer(viewer: Viewer) -> QuerySet[Objection]:
    """Objections against the viewer's ratings that wait for an explanation, the nearest day first. One query."""
    rows = Objection.objects.filter(outcome="", answered_at=None, appraisal__rater=viewer.employee)
    return rows.select_related("appraisal__employee", "appraisal__window__period").order_by("decision_due", "pk")


def raters_below(viewer: Viewer, window: RatingWindow) -> frozenset[int]:
    """Who rated somebody in a window and reports directly to the viewer today; nobody below who leads nobody. Seven
    queries at most."""
    if not viewer.is_head:
        return frozenset()
    led = direct_report_ids(viewer.employee, viewer.today)
    return frozenset(Appraisal.objects.filter(window=window, rater__in=led).values_list("rater_id", flat=True))


def open_windows(viewer: Viewer) -> list[RatingWindow]:
    """Windows that have begun and whose period is not closed. One query."""
    begun = Q(opens_on__lte=viewer.today) | Q(unit_days__opens_on__lte=viewer.today)
    return list(windows_of(viewer.agency_id).filter(begun, period__closed_at=None).distinct())
