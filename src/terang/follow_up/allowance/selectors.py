"""Questions about rules, runs, slips and disputes. Each states its queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Max, Q, QuerySet, Sum, When
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from terang.follow_up.allowance.access import may_read, may_read_all, require_about, require_keeper, require_reader
from terang.follow_up.allowance.models import (
    Arrears,
    Dispute,
    DisputeState,
    GivenFact,
    RuleState,
    RuleVersion,
    Run,
    RunState,
    Slip,
    Trial,
    TriedPay,
)
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def rule_for(agency_id: int, month: date) -> RuleVersion | None:
    """The approved version for a month: the newest that begins on or before its first day. One query."""
    rows = RuleVersion.objects.filter(agency_id=agency_id, state=RuleState.APPROVED, valid_from__lte=month)
    return rows.order_by("-valid_from", "-number").first()


def rule_now(agency_id: int) -> RuleVersion | None:
    """The newest approved version, wherever it begins. One query."""
    return RuleVersion.objects.filter(agency_id=agency_id, state=RuleState.APPROVED).order_by("-number").first()


def rules_of(viewer: Viewer) -> QuerySet[RuleVersion]:
    """Every version of the viewer's government, the newest first. One query."""
    return RuleVersion.objects.filter(agency_id=viewer.agency_id).select_related("proposed_by", "decided_by")


def rule_seen(viewer: Viewer | None, pk: int) -> RuleVersion:
    """One version; approved ones are for everybody of the government. Raises Http404."""
    viewer = require_viewer(viewer)
    rows = rules_of(viewer)
    if not may_read_all(viewer):
        rows = rows.filter(state=RuleState.APPROVED)
    return get_object_or_404(rows, pk=pk)


def runs_of(viewer: Viewer) -> QuerySet[Run]:
    """The months of the government with their sums, the newest first. Raises NotAllowed. One query."""
    require_reader(viewer)
    counts = Q(slips__is_current=True)
    return (
        Run.objects.filter(agency_id=viewer.agency_id)
        .select_related("rule")
        .annotate(
            people=Count("slips", filter=counts),
            problems=Count("slips", filter=counts & ~Q(slips__problem="") & Q(slips__postponed_by=None)),
            postponed=Count("slips", filter=counts & Q(slips__postponed_by__isnull=False)),
            net=Sum("slips__net_idr", filter=counts),
        )
    )


def run_for(viewer: Viewer | None, pk: int) -> Run:
    """One month for who reads it. Raises NotAllowed and Http404."""
    viewer = require_reader(viewer)
    return get_object_or_404(runs_of(viewer).select_related("rule", "started_by", "approved_by"), pk=pk)


def slips_of(run: Run) -> QuerySet[Slip]:
    """The slips that count, by unit and name. One query."""
    rows = Slip.objects.filter(run=run, is_current=True).select_related("employee", "unit")
    return rows.defer("ledger", "facts", "sources").order_by("unit__name", "employee__name", "pk")


def givers_of(run: Run) -> set[int]:
    """The ids of everybody who gave a fact that a slip of the run uses, set one right by a decision on a dispute,
    decided that something is taken back, or postponed a slip. Four queries."""
    rows = Slip.objects.filter(run=run, is_current=True).order_by().values_list("givers", flat=True).distinct()
    givers = {pk for held in rows for pk in held}
    decided = Dispute.objects.filter(slip__run=run, state=DisputeState.UPHELD).order_by()
    givers.update(pk for pk in decided.values_list("decided_by_id", flat=True) if pk)
    taken = Arrears.objects.filter(run=run, decided_by__isnull=False).order_by()
    givers.update(pk for pk in taken.values_list("decided_by_id", flat=True) if pk)
    late = Slip.objects.filter(run=run, is_current=True, postponed_by__isnull=False).order_by()
    return givers | set(late.values_list("postponed_by_id", flat=True))


def problems_of(run: Run) -> QuerySet[Slip]:
    """The slips of a run that have no amount and are not postponed, by name. One query."""
    rows = Slip.objects.filter(run=run, is_current=True, postponed_by=None).exclude(problem="")
    return rows.select_related("employee").defer("ledger", "facts", "sources").order_by("employee__name", "pk")


def own_slips(viewer: Viewer) -> QuerySet[Slip]:
    """The viewer's slips that count, newest month first. One query."""
    rows = Slip.objects.filter(employee=viewer.employee, is_current=True).select_related("run")
    return rows.defer("facts", "sources").order_by("-run__month")


def slip_for(viewer: Viewer | None, pk: int) -> Slip:
    """One slip for its owner, the personnel agency and the auditor. Raises Http404 and NotAllowed. One query."""
    viewer = require_viewer(viewer)
    rows = Slip.objects.select_related("run__rule", "run__agency", "employee", "unit", "postponed_by")
    slip = get_object_or_404(rows, pk=pk, run__agency_id=viewer.agency_id)
    if not may_read(viewer, slip):
        raise NotAllowed(gettext("Slip ini dibaca oleh pemiliknya, pengelola kepegawaian, dan auditor."))
    return slip


def former_of(slip: Slip) -> Slip | None:
    """The slip that this one replaced. At most one query."""
    if slip.number == 1:
        return None
    rows = Slip.objects.filter(run_id=slip.run_id, employee_id=slip.employee_id, number__lt=slip.number)
    return rows.defer("ledger", "sources").order_by("-number").first()


def approved_months(viewer: Viewer) -> list[date]:
    """The months that were approved, the newest first. One query."""
    rows = Run.objects.filter(agency_id=viewer.agency_id, state=RunState.APPROVED).order_by("-month")
    return list(rows.values_list("month", flat=True))


def disputes_of(slip: Slip) -> QuerySet[Dispute]:
    """What was held against any slip of the person in this month, the oldest first. One query."""
    rows = Dispute.objects.filter(slip__run_id=slip.run_id, slip__employee_id=slip.employee_id)
    return rows.select_related("decided_by", "outcome", "slip")


def open_disputes(viewer: Viewer) -> QuerySet[Dispute]:
    """What waits for a decision, the oldest first. Raises NotAllowed. One query."""
    require_reader(viewer)
    rows = Dispute.objects.filter(slip__run__agency_id=viewer.agency_id, state=DisputeState.OPEN)
    return rows.select_related("slip__employee", "slip__run")


def dispute_for(viewer: Viewer | None, pk: int) -> Dispute:
    """One dispute for who decides. Raises NotAllowed and Http404."""
    viewer = require_viewer(viewer)
    require_keeper(viewer, viewer.agency_id)
    rows = Dispute.objects.select_related("slip__run__rule", "slip__employee", "slip__unit")
    return get_object_or_404(rows, pk=pk, slip__run__agency_id=viewer.agency_id)


def given_of(viewer: Viewer | None, employee_id: int) -> tuple[Employee, QuerySet[GivenFact]]:
    """A person and what was given about them, the newest first: for themself and for who reads slips, as a slip leads
    here. Raises NotAllowed and Http404. Two queries."""
    viewer = require_viewer(viewer)
    if viewer.employee.pk != employee_id:
        require_reader(viewer)
    employee = get_object_or_404(Employee, pk=employee_id, agency_id=viewer.agency_id)
    return employee, GivenFact.objects.filter(employee=employee).select_related("given_by", "withdrawn_by")


def subject_for(viewer: Viewer | None, employee_id: int) -> Employee:
    """Whom a keeper gives a fact about: anybody but themself. Raises NotAllowed and Http404. One query."""
    viewer = require_viewer(viewer)
    require_keeper(viewer, viewer.agency_id)
    require_about(viewer, employee_id)
    return get_object_or_404(Employee, pk=employee_id, agency_id=viewer.agency_id)


def fact_for(viewer: Viewer | None, pk: int) -> GivenFact:
    """One given fact for who keeps them. Raises NotAllowed and Http404."""
    viewer = require_viewer(viewer)
    require_keeper(viewer, viewer.agency_id)
    rows = GivenFact.objects.select_related("employee")
    return get_object_or_404(rows, pk=pk, employee__agency_id=viewer.agency_id)


def arrears_of(viewer: Viewer) -> QuerySet[Arrears]:
    """What approved months owe, the newest first. Raises NotAllowed. One query."""
    require_reader(viewer)
    rows = Arrears.objects.filter(slip__run__agency_id=viewer.agency_id)
    return rows.select_related("slip__employee", "slip__run", "run").defer("ledger", "slip__ledger", "slip__facts")


def arrears_for(viewer: Viewer | None, pk: int) -> Arrears:
    """One difference for its owner, the personnel agency and the auditor. Raises Http404 and NotAllowed. One query."""
    viewer = require_viewer(viewer)
    rows = Arrears.objects.select_related(
        "slip__employee", "slip__run__rule", "run", "decided_by", "appraisal__objection__decided_by",
        "appraisal__adjustment__confirmed_by", "appraisal__window__period",
    )  # fmt: skip
    found = get_object_or_404(rows, pk=pk, slip__run__agency_id=viewer.agency_id)
    if not may_read(viewer, found.slip):
        raise NotAllowed(gettext("Rapel ini dibaca oleh pemiliknya, pengelola kepegawaian, dan auditor."))
    return found


def trials_of(viewer: Viewer) -> QuerySet[Trial]:
    """What was tried, the newest first. Raises NotAllowed. One query."""
    require_reader(viewer)
    return Trial.objects.filter(rule__agency_id=viewer.agency_id).select_related("rule", "started_by")


def trial_for(viewer: Viewer | None, pk: int) -> Trial:
    """One trial for who reads it. Raises NotAllowed and Http404."""
    return get_object_or_404(trials_of(require_viewer(viewer)), pk=pk)


@dataclass(frozen=True)
class Tally:
    """Gross rupiah of a trial, or of one unit of it, before and after; how many get more, less, the same."""

    unit: str
    is_remote: bool
    people: int
    before_idr: int
    after_idr: int
    more: int
    less: int
    problems: int

    @property
    def change_idr(self) -> int:
        return self.after_idr - self.before_idr


def tallies_of(trial: Trial) -> list[Tally]:
    """By unit, by name. One query."""
    rows = TriedPay.objects.filter(trial=trial).order_by("unit__name", "unit_id")
    counted = rows.values("unit_id", "unit__name").annotate(
        remote=Max(Case(When(is_remote=True, then=1), default=0)),
        people=Count("pk"),
        before=Sum("before_idr"),
        after=Sum("after_idr"),
        more=Count("pk", filter=Q(change_idr__gt=0)),
        less=Count("pk", filter=Q(change_idr__lt=0)),
        problems=Count("pk", filter=~Q(problem="")),
    )
    return [
        Tally(
            each["unit__name"], bool(each["remote"]), each["people"], each["before"], each["after"], each["more"],
            each["less"], each["problems"],
        )
        for each in counted
    ]  # fmt: skip


def whole_of(tallies: Iterable[Tally]) -> Tally:
    """All units together. No query."""
    rows = list(tallies)
    sums = (sum(getattr(each, name) for each in rows) for name in ("people", "before_idr", "after_idr"))
    counts = (sum(getattr(each, name) for each in rows) for name in ("more", "less", "problems"))
    return Tally("", any(each.is_remote for each in rows), *sums, *counts)


def tried_of(trial: Trial) -> QuerySet[TriedPay]:
    """Who would get what, the largest loss first. One query."""
    rows = TriedPay.objects.filter(trial=trial).select_related("employee", "unit")
    return rows.order_by("change_idr", "employee__name", "pk")
