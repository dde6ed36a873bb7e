"""The corrective action, verb by verb: planned by the leader, agreed by the employee, done, measured again, concluded
by the leader, confirmed by the employee."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from terang.evaluation.models import Period, Score
from terang.evaluation.policies import rules_of
from terang.follow_up.growth.access import require_employee, require_leader, require_one_of_two
from terang.follow_up.growth.models import (
    ActionState,
    ActionStep,
    Cause,
    CorrectiveAction,
    DueAction,
    DueState,
    Kind,
    Measurement,
)
from terang.follow_up.growth.services.recording import held_action, require_current, save, tell
from terang.follow_up.growth.states import MOVES
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.policies import FollowUpTerms
from terang.rules.regulations.working_days import deadline
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _
from terang.web.errors import NotAllowed, NotNow

MOST_STEPS = 10
"""Of one action: more is no plan."""


@dataclass(frozen=True)
class Plan:
    """What the leader writes: why, what is offered, what is measured again (`aspect/measure`) and when."""

    cause: str
    cause_note: str
    support: str
    indicator: str
    remeasure_on: date


@dataclass(frozen=True)
class Step:
    owner: Employee
    text: str
    due_on: date


def write_plan(*, actor: Viewer | None, action: CorrectiveAction, plan: Plan, version: int) -> CorrectiveAction:
    """The leader writes or changes the plan. The indicator stays from the first agreement on: it is the same that is
    measured again. Raises NotAllowed, NotNow, Stale, ValidationError by field."""
    viewer = require_leader(actor, action)
    with transaction.atomic():
        current = held_action(action, "write", version)
        _require_plan(current, plan, viewer.today)
        aspect, _slash, measure = plan.indicator.partition("/")
        if (aspect, measure) != (current.aspect, current.measure):
            _measure_anew(current, aspect, measure, viewer.today)
        current.cause, current.cause_note = plan.cause, plan.cause_note.strip()
        current.support, current.remeasure_on = plan.support.strip(), plan.remeasure_on
        current.cause_told_to = viewer.employee
        save(current, "aspect", "measure", "cause", "cause_note", "cause_told_to", "support", "remeasure_on")
        tell("plan_written", current, viewer)
    return current


def _require_plan(action: CorrectiveAction, plan: Plan, today: date) -> None:
    wrong = {}
    if plan.cause not in Cause.values:
        wrong["cause"] = gettext("Pilih sebab yang paling sesuai.")
    if not plan.support.strip():
        wrong["support"] = gettext("Tulis apa yang Anda berikan: waktu, alat, orang, latihan, atau target yang diubah.")
    if plan.remeasure_on <= today:
        wrong["remeasure_on"] = gettext("Pilih hari sesudah hari ini.")
    if action.round and plan.indicator != f"{action.aspect}/{action.measure}":
        wrong["indicator"] = gettext("Indikator yang sama diukur ulang; ini tidak diganti sesudah disepakati.")
    elif plan.indicator not in dict(indicators(action)):
        wrong["indicator"] = gettext("Pilih salah satu indikator yang punya nilai saat tindakan dibuka.")
    if wrong:
        raise ValidationError(wrong)


def indicators(action: CorrectiveAction) -> list[tuple[str, int]]:
    """What may be measured again: every measure of the score it was opened by that had a value, as `aspect/measure`
    with that value. One query."""
    score = Score.objects.filter(employee_id=action.employee_id, period__in=_opened_in(action))
    rows = score.values_list("components__aspect", "components__measure", "components__score_bp")
    return [(f"{aspect}/{measure}", value) for aspect, measure, value in rows if value is not None]


def _opened_in(action: CorrectiveAction) -> list[int]:
    return [action.due.period_id] if action.due.period_id else []


def _measure_anew(action: CorrectiveAction, aspect: str, measure: str, day: date) -> None:
    """Another indicator is chosen before anything was agreed: where it stands is written down beside the total."""
    action.aspect, action.measure = aspect, measure
    total = Score.objects.get(employee_id=action.employee_id, period__in=_opened_in(action)).total_bp
    value = dict(indicators(action))[f"{aspect}/{measure}"]
    Measurement.objects.filter(action=action, round=0).update(day=day, total_bp=total, value_bp=value)


def add_step(*, actor: Viewer | None, action: CorrectiveAction, step: Step) -> ActionStep:
    """Either adds a step for one of both, while the plan is written. Raises NotAllowed, NotNow, ValidationError."""
    viewer = require_one_of_two(actor, action)
    if step.owner.pk not in (action.employee_id, action.leader_id):
        raise ValidationError({"owner": gettext("Langkah dipegang oleh salah satu dari Anda berdua.")})
    if step.due_on < viewer.today:
        raise ValidationError({"due_on": gettext("Tenggatnya hari ini atau sesudahnya.")})
    with transaction.atomic():
        current = held_action(action, "write")
        known = current.steps.filter(owner=step.owner, text=step.text.strip(), due_on=step.due_on).first()
        if known:
            return known
        if current.steps.count() >= MOST_STEPS:
            raise NotNow(gettext("Langkahnya sudah banyak. Pilih yang terpenting."))
        row = ActionStep.objects.create(action=current, owner=step.owner, text=step.text.strip(), due_on=step.due_on)
        save(current)
        tell("step_added", current, viewer)
    return row


def drop_step(*, actor: Viewer | None, step: ActionStep) -> None:
    """Either strikes a step nobody has done, while the plan is written. Raises NotAllowed, NotNow."""
    viewer = require_one_of_two(actor, step.action)
    with transaction.atomic():
        current = held_action(step.action, "write")
        ActionStep.objects.filter(pk=step.pk, done_on=None).delete()
        save(current)
        tell("step_dropped", current, viewer)


def settle_step(*, actor: Viewer | None, step: ActionStep, outcome: str) -> ActionStep:
    """The owner says that it is done, and what came of it. Raises NotAllowed for others, NotNow before the plan is
    agreed and where it is done."""
    viewer = require_one_of_two(actor, step.action)
    if viewer.employee.pk != step.owner_id:
        raise NotAllowed(gettext("Hanya pemegang langkah yang menyatakannya selesai."))
    with transaction.atomic():
        current = held_action(step.action, "work")
        row = ActionStep.objects.get(pk=step.pk)
        if row.done_on is not None:
            raise NotNow(gettext("Langkah ini sudah selesai."))
        row.done_on, row.outcome = viewer.today, outcome.strip()
        row.save(update_fields=["done_on", "outcome"])
        save(current)
        tell("step_done", current, viewer)
    return row


def tell_cause(*, actor: Viewer | None, action: CorrectiveAction, version: int) -> CorrectiveAction:
    """The employee lets the leader of today read cause and last reason, which were told to another one. Twice is as
    good as once. Raises NotAllowed for the leader, NotNow where there is nothing to tell or nobody leads, Stale."""
    viewer = require_employee(actor, action)
    with transaction.atomic():
        current = _held(action, version)
        if current.leader_id is None or not (current.cause or current.reason):
            raise NotNow(gettext("Belum ada yang dapat diberitahukan, atau belum ada pimpinannya."))
        if current.leader_id in (current.cause_told_to_id, current.reason_told_to_id):
            return current
        current.cause_told_to_id = current.reason_told_to_id = current.leader_id
        save(current, "cause_told_to", "reason_told_to")
        tell("cause_told", current, viewer)
    return current


def _held(action: CorrectiveAction, version: int) -> CorrectiveAction:
    """The newest row, locked, while it is open. Raises Stale, NotNow."""
    rows = CorrectiveAction.objects.select_for_update(of=("self",)).select_related("employee")
    current = rows.get(pk=action.pk)
    require_current(current, version)
    if not current.is_open:
        raise NotNow(gettext("Tindakan ini sudah ditutup dan tidak berubah lagi."))
    return current


def write_view(*, actor: Viewer | None, action: CorrectiveAction, view: str, version: int) -> CorrectiveAction:
    """The employee's own word, at any time before the end. Raises NotAllowed for the leader, NotNow, Stale."""
    viewer = require_employee(actor, action)
    with transaction.atomic():
        current = _held(action, version)
        current.view = view.strip()
        save(current, "view")
        tell("view_written", current, viewer)
    return current


def propose(*, actor: Viewer | None, action: CorrectiveAction, version: int) -> CorrectiveAction:
    """The leader's key for the plan. Raises NotAllowed, Stale, NotNow where cause, support or every step is missing."""
    viewer = require_leader(actor, action)
    with transaction.atomic():
        current = held_action(action, "propose", version)
        if not current.cause or not current.support:
            raise NotNow(gettext("Tulis dahulu sebab dan dukungan Anda."))
        if not current.steps.filter(done_on=None).exists():
            raise NotNow(gettext("Tulis dahulu sekurang-kurangnya satu langkah dengan tenggat."))
        if current.remeasure_on <= viewer.today:
            raise NotNow(gettext("Hari pengukuran ulang sudah lewat. Pilih hari lain dahulu."))
        _move(current, "propose", viewer, proposed_at=timezone.now(), agreed_at=None)
    return current


def drop(*, actor: Viewer | None, action: CorrectiveAction, reason: str, version: int) -> CorrectiveAction:
    """The leader says, with the reason, that no action is needed: evidence that came late, days that do not count. The
    reason is for the employee; others read that there was one.

    Raises NotAllowed, Stale, NotNow once anything was agreed, ValidationError without a reason.
    """
    viewer = require_leader(actor, action)
    with transaction.atomic():
        current = held_action(action, "drop", version)
        if current.round:
            raise NotNow(gettext("Rencana ini sudah pernah disepakati. Ukur ulang dahulu, lalu simpulkan."))
        _move(current, "drop", viewer, reason=_reason(reason))
        rows = DueAction.objects.filter(pk=current.due_id, state=DueState.OPEN)
        rows.update(state=DueState.DROPPED, settled_on=viewer.today, settled_by=viewer.employee)
    return current


def agree(*, actor: Viewer | None, action: CorrectiveAction, version: int) -> CorrectiveAction:
    """The employee's key: the steps begin, and what was due is acted on. Raises NotAllowed, NotNow, Stale."""
    viewer = require_employee(actor, action)
    with transaction.atomic():
        current = held_action(action, "agree", version)
        current.round += 1
        _move(current, "agree", viewer, agreed_at=timezone.now(), round=current.round, reason="")
        _settle(current, viewer.today)
    return current


def give_back(*, actor: Viewer | None, action: CorrectiveAction, reason: str, version: int) -> CorrectiveAction:
    """The employee says what does not fit; both write again. Raises NotAllowed, NotNow, Stale."""
    viewer = require_employee(actor, action)
    with transaction.atomic():
        current = held_action(action, "return", version)
        _move(current, "return", viewer, proposed_at=None, reason=_reason(reason))
    return current


def extend(
    *, actor: Viewer | None, action: CorrectiveAction, reason: str, remeasure_on: date, version: int
) -> CorrectiveAction:
    """The leader lets it go on, with a reason and a new day to measure: the plan is open for further steps, and holds
    once both keys are turned again. Raises NotAllowed, Stale, NotNow before it was measured again, ValidationError."""
    viewer = require_leader(actor, action)
    if remeasure_on <= viewer.today:
        raise ValidationError({"remeasure_on": gettext("Pilih hari sesudah hari ini.")})
    with transaction.atomic():
        current = held_action(action, "extend", version)
        _require_measured(current)
        again = {"reason": _reason(reason), "remeasure_on": remeasure_on, "proposed_at": None, "agreed_at": None}
        _move(current, "extend", viewer, **again)
    return current


def conclude(*, actor: Viewer | None, action: CorrectiveAction, reason: str, version: int) -> CorrectiveAction:
    """The leader says that it is recovered, and why. Raises NotAllowed, Stale, NotNow before it was measured again, and
    where there was no evidence then: nobody recovers by a number that is missing."""
    viewer = require_leader(actor, action)
    with transaction.atomic():
        current = held_action(action, "conclude", version)
        _require_measured(current)
        if not has_value(current):
            raise NotNow(gettext("Saat diukur ulang belum ada bukti untuk indikator ini. Perpanjang, lalu ukur lagi."))
        _move(current, "conclude", viewer, reason=_reason(reason), concluded_at=timezone.now())
        _settle(current, viewer.today)
    return current


def confirm(*, actor: Viewer | None, action: CorrectiveAction, version: int) -> CorrectiveAction:
    """The employee's key for the end: closed, recovered. Raises NotAllowed, NotNow, Stale."""
    viewer = require_employee(actor, action)
    with transaction.atomic():
        current = held_action(action, "confirm", version)
        _move(current, "confirm", viewer, confirmed_at=timezone.now())
    return current


def differ(*, actor: Viewer | None, action: CorrectiveAction, reason: str, version: int) -> CorrectiveAction:
    """The employee does not see it so: it goes on, with the reason. Raises NotAllowed, NotNow, Stale."""
    viewer = require_employee(actor, action)
    with transaction.atomic():
        current = held_action(action, "differ", version)
        _move(current, "differ", viewer, concluded_at=None, reason=_reason(reason))
        _ask_for_end(current, viewer.today, f"{current.round}:{current.version}")
    return current


def measure_again(action_id: int, day: date) -> Measurement | None:
    """Measures the same indicator once a round, from the set day on; None where that was done or the day is not yet.

    Asked by the worker. The leader is then asked for the end, as something due.
    """
    with transaction.atomic():
        rows = CorrectiveAction.objects.select_for_update(of=("self",)).select_related(
            "employee__agency", "due__period", "due__policy"
        )
        action = rows.get(pk=action_id)
        if action.state != ActionState.RUNNING or action.remeasure_on > day or is_measured(action):
            return None
        period, total_bp, value_bp = standing_on(action, day)
        found = Measurement.objects.create(
            action=action, round=action.round, day=day, period=period, total_bp=total_bp, value_bp=value_bp
        )
        tell("measured_again", action, None, {"total_bp": total_bp, "value_bp": value_bp})
        _ask_for_end(action, day, str(action.round))
    return found


def is_measured(action: CorrectiveAction) -> bool:
    """Whether the indicator was measured again since the plan was last agreed. One query."""
    return bool(action.round) and action.measurements.filter(round=action.round).exists()


def has_value(action: CorrectiveAction) -> bool:
    """Whether there was evidence when it was last measured again. One query."""
    return action.measurements.filter(round=action.round, value_bp__isnull=False).exists()


def standing_on(action: CorrectiveAction, day: date) -> tuple[Period, int | None, int | None]:
    """The newest period that has begun by a day and holds a value of the indicator, with total and value; where none
    does, the newest period with nothing. Periods before the action's own are not looked at. Three queries."""
    opened = action.due.period
    assert opened is not None
    spans = Period.objects.filter(agency=opened.agency_id, kind=opened.kind)
    periods = list(spans.filter(starts_on__gte=opened.starts_on, starts_on__lte=day).order_by("-starts_on"))
    rows = Score.objects.filter(
        employee_id=action.employee_id,
        period__in=periods,
        components__aspect=action.aspect,
        components__measure=action.measure,
    ).values_list("period_id", "total_bp", "components__score_bp")
    known = {period_id: (total, value) for period_id, total, value in rows if value is not None}
    found = next((each for each in periods if each.pk in known), None)
    if found is None:
        return periods[0], None, None
    return found, *known[found.pk]


def _ask_for_end(action: CorrectiveAction, day: date, mark: str) -> None:
    """The leader concludes or extends within the policy's days: due like anything else, until both agreed again or it
    is concluded."""
    policy = action.due.policy
    terms = rules_of(policy).follow_up if policy else FollowUpTerms()
    calendar = deadline_calendar(action.employee.agency)
    due_on = deadline(day, terms.act_days, calendar)
    DueAction.objects.create(
        employee_id=action.employee_id,
        kind=Kind.CONCLUDE,
        cause=f"{_ends(action)}{mark}",
        reason=Sentence(_("Indikator yang sama sudah diukur ulang: simpulkan, atau perpanjang.")).stored(),
        links=[{"words": Sentence(_("Tindakan perbaikan")).stored(), "url": action.get_absolute_url()}],
        period_id=action.due.period_id,
        policy=policy,
        rule=action.due.rule,
        assigned_to_id=action.leader_id,
        opened_on=day,
        due_on=due_on,
        escalate_on=deadline(due_on, terms.escalate_days, calendar),
    )


def _ends(action: CorrectiveAction) -> str:
    return f"conclude:{action.pk}:"


def _settle(action: CorrectiveAction, day: date) -> None:
    """What was due for the case is acted on by the case itself."""
    own = Q(pk=action.due_id) | Q(cause__startswith=_ends(action))
    rows = DueAction.objects.filter(own, employee_id=action.employee_id, state=DueState.OPEN)
    rows.update(state=DueState.DONE, settled_on=day)


def _require_measured(action: CorrectiveAction) -> None:
    if not is_measured(action):
        raise NotNow(gettext("Indikator yang sama belum diukur ulang. Tunggu sampai harinya."))


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya.")})
    return reason.strip()


def _move(action: CorrectiveAction, verb: str, viewer: Viewer, **values: object) -> None:
    action.state = MOVES[verb].target
    if "reason" in values:
        values["reason_told_to"] = action.leader
    for name, value in values.items():
        setattr(action, name, value)
    save(action, "state", *values)
    tell(_TOLD[verb], action, viewer)


_TOLD = {
    "drop": "action_dropped",
    "propose": "plan_proposed",
    "agree": "plan_agreed",
    "return": "plan_given_back",
    "extend": "action_extended",
    "conclude": "action_concluded",
    "confirm": "action_closed",
    "differ": "action_differed",
}
