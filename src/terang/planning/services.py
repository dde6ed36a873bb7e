"""The verbs of planning: write a plan, agree to it. The cascade above and the dialogue come with a later version."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.planning.access import require_agreement, require_planner
from terang.planning.models import Direction, Gathering, Indicator, Plan, PlanResult
from terang.planning.states import MOVES, require_move
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class IndicatorDraft:
    """How a result will be measured. Quantities in milli-units; `baseline_milli` only for impact."""

    text: str
    unit_label: str
    target_milli: int
    direction: str = Direction.HIGHER
    gathering: str = Gathering.SUM
    baseline_milli: int | None = None
    target_max_milli: int | None = None
    share_bp: int = 10_000


@dataclass(frozen=True)
class ResultDraft:
    """A promised result with its indicators."""

    text: str
    indicators: Sequence[IndicatorDraft] = field(default=())
    main: bool = True
    programme: str = ""


def create_plan(
    *, actor: Viewer, employee: Employee, period_start: date, period_end: date, results: Sequence[ResultDraft]
) -> Plan:
    """Writes a draft of one's own. Raises NotNow for an empty or inconsistent plan or where the period has one."""
    require_planner(actor, employee)
    _require_sense(employee, period_start, period_end, results)
    with transaction.atomic():
        plan = Plan.objects.create(employee=employee, period_start=period_start, period_end=period_end)
        for number, draft in enumerate(results, 1):
            row = PlanResult.objects.create(
                plan=plan, number=number, text=draft.text, main=draft.main, programme=draft.programme
            )
            Indicator.objects.bulk_create([Indicator(result=row, **vars(each)) for each in draft.indicators])
        _record("planning.plan_created", plan, actor)
    return plan


def agree_plan(*, actor: Viewer, plan: Plan, version: int) -> Plan:
    """The appraiser agrees: from now on entries can prove its results. Raises Stale for an older version."""
    require_agreement(actor, plan.employee)
    with transaction.atomic():
        current = Plan.objects.select_for_update(of=("self",)).select_related("employee").get(pk=plan.pk)
        require_move(current, "agree")
        if current.version != version:
            raise Stale(gettext("Rencana ini sudah berubah sejak Anda membukanya. Muat ulang, lalu sepakati lagi."))
        current.state, current.agreed_on = MOVES["agree"][1], actor.today
        current.version += 1
        current.save(update_fields=["state", "agreed_on", "version"])
        _record("planning.plan_agreed", current, actor)
    return current


def _require_sense(employee: Employee, start: date, end: date, results: Sequence[ResultDraft]) -> None:
    if start >= end:
        raise NotNow(gettext("Akhir masa rencana harus sesudah awalnya."))
    if not results or not all(draft.indicators for draft in results):
        raise NotNow(gettext("Rencana memuat sekurang-kurangnya satu hasil kerja, masing-masing dengan indikator."))
    if Plan.objects.filter(employee=employee, period_start__lt=end, period_end__gt=start).exists():
        raise NotNow(gettext("Untuk masa ini sudah ada rencana."))


def _record(verb: str, plan: Plan, actor: Viewer) -> None:
    post = main_posts([plan.employee_id], actor.today).get(plan.employee_id)
    record(
        verb,
        actor=actor.user,
        obj=plan,
        agency_id=plan.employee.agency_id,
        subject_employee_id=plan.employee_id,
        unit_id=post.post.unit_id if post else None,
        changes={"day": actor.today.isoformat(), "state": str(plan.state)},
    )
