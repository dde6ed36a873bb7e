"""From the engine's rows to stored scores: what changed, since when below the standard, and writing it in bulk.

Called inside the transaction of `services.recompute`, which holds the people's rows: two workers never interleave here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from terang.engine import Component, Rows, Total
from terang.evaluation.guards import Signals, of_measure
from terang.evaluation.models import Period, PolicyVersion, Score, ScoreComponent
from terang.evaluation.policies import measure_rules, rules_of
from terang.registry.people.models import Employee
from terang.web.writing import write

COMPONENT_FIELDS = (
    "aspect",
    "measure",
    "value_bp",
    "score_bp",
    "capped",
    "weight_bp",
    "effective_weight_bp",
    "numerator",
    "denominator",
    "n",
    "reason",
)
TOTAL_FIELDS = (
    "unit_id",
    "total_bp",
    "coverage_bp",
    "status",
    "work_result",
    "work_result_bp",
    "behaviour",
    "behaviour_bp",
    "below_standard",
)
_SCORE_FIELDS = tuple(
    field.name for field in Score._meta.concrete_fields if field.name not in {"id", "employee", "period"}
)


Guarded = Mapping[str, tuple[str, ...]]
"""The guards of each measure of the policy, by its code."""


@dataclass(frozen=True)
class Cause:
    """The evidence that led to a recomputation: the verb of its journal entry and when it happened."""

    verb: str
    at: datetime


@dataclass(frozen=True)
class Change:
    """A score that differs from what was stored: `old_bp` is the total before, `new_bp` the total now."""

    score: Score
    old_bp: int | None
    new_bp: int | None
    new: bool


@dataclass(frozen=True)
class Standing:
    """Where a person stands against the standard before this computation."""

    below_since: date | None = None
    warned_on: date | None = None


@dataclass(frozen=True)
class Run:
    """What one computation was made with. `day` is the day as of which it speaks, within the period."""

    period: Period
    version: PolicyVersion
    ruleset: str
    day: date
    now: datetime
    variants: Mapping[int, str]
    digests: Mapping[int, str]
    signals: Mapping[int, Signals]
    causes: Mapping[int, Cause]


def hold(ids: Iterable[int]) -> None:
    """Keeps the people's rows until the end of the transaction, in one order for all who do. 1 query."""
    list(Employee.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def store(result: Rows, run: Run) -> list[Change]:
    """Writes the scores whose evidence or rules changed and returns those whose result changed. At most 7 queries."""
    stored = _stored(run.period, [total.employee_id for total in result.totals])
    moved = [total for total in result.totals if _moved(stored.get(total.employee_id), total, run)]
    if not moved:
        return []
    components = _by_employee(result.components)
    newcomers = [total.employee_id for total in moved if total.employee_id not in stored]
    standing = _standing_before(run.period, newcomers) if newcomers else {}
    guarded = {rule.code: rule.guards for rule in measure_rules(rules_of(run.version))}
    changes, scores, rewritten = [], [], []
    for total in moved:
        score = stored.get(total.employee_id) or Score(employee_id=total.employee_id, period=run.period)
        parts = components[total.employee_id]
        if score.pk is None or _differs(score, total, parts, guarded, run):
            changes.append(Change(score, score.total_bp, total.total_bp, new=score.pk is None))
            rewritten.append(score)
            _tell_change(score, total, run)
        _fill(score, total, run, standing.get(total.employee_id, Standing()))
        scores.append(score)
    Score.objects.bulk_create(
        scores, update_conflicts=True, unique_fields=["employee", "period"], update_fields=_SCORE_FIELDS, batch_size=500
    )
    _write_components(rewritten, components, guarded, run)
    return changes


def _stored(period: Period, employee_ids: list[int]) -> dict[int, Score]:
    found = Score.objects.filter(period=period, employee_id__in=employee_ids).prefetch_related("components")
    return {score.employee_id: score for score in found}


def _moved(score: Score | None, total: Total, run: Run) -> bool:
    if score is None:
        return True
    return (score.input_digest, score.ruleset) != (run.digests[total.employee_id], run.ruleset)


def _differs(score: Score, total: Total, parts: Iterable[Component], guarded: Guarded, run: Run) -> bool:
    if any(getattr(score, name) != getattr(total, name) for name in TOTAL_FIELDS):
        return True
    if {_values(part) for part in score.components.all()} != {_values(part) for part in parts}:
        return True
    kept = {(part.aspect, part.measure): part.signals for part in score.components.all()}
    return any(kept[part.aspect, part.measure] != _signals_of(part, guarded, run) for part in parts)


def _values(part: Component | ScoreComponent) -> tuple[object, ...]:
    return tuple(getattr(part, name) for name in COMPONENT_FIELDS)


def _tell_change(score: Score, total: Total, run: Run) -> None:
    if score.pk is not None and score.total_bp == total.total_bp:
        return
    cause = run.causes.get(total.employee_id)
    score.previous_bp = score.total_bp
    score.changed_at = cause.at if cause else run.now
    score.cause = cause.verb if cause else ""


def _fill(score: Score, total: Total, run: Run, before: Standing) -> None:
    if score.pk is None:
        score.below_since, score.warned_on = before.below_since, before.warned_on
    for name in TOTAL_FIELDS:
        setattr(score, name, getattr(total, name))
    score.policy = run.version
    score.variant = run.variants.get(total.employee_id, "")
    score.ruleset = run.ruleset
    score.input_digest = run.digests[total.employee_id]
    score.computed_at = run.now
    if total.below_standard:
        score.below_since = score.below_since or run.day
    elif total.total_bp is not None:
        score.below_since = score.warned_on = None


def _standing_before(period: Period, employee_ids: list[int]) -> dict[int, Standing]:
    """Being below the standard does not begin anew with the month: it is carried over from the period before."""
    earlier = Score.objects.filter(
        period__agency_id=period.agency_id,
        period__kind=period.kind,
        period__ends_on=period.starts_on,
        employee_id__in=employee_ids,
        below_since__isnull=False,
    )
    return {
        employee_id: Standing(below_since, warned_on)
        for employee_id, below_since, warned_on in earlier.values_list("employee_id", "below_since", "warned_on")
    }


def _by_employee(components: Iterable[Component]) -> dict[int, list[Component]]:
    parts: dict[int, list[Component]] = defaultdict(list)
    for component in components:
        parts[component.employee_id].append(component)
    return parts


def _write_components(
    scores: list[Score], components: Mapping[int, list[Component]], guarded: Guarded, run: Run
) -> None:
    ScoreComponent.objects.filter(score__in=[score.pk for score in scores]).delete()
    write(
        [
            ScoreComponent(
                score=score,
                signals=_signals_of(part, guarded, run),
                **dict(zip(COMPONENT_FIELDS, _values(part), strict=True)),
            )
            for score in scores
            for part in components[score.employee_id]
        ]
    )


def _signals_of(part: Component, guarded: Guarded, run: Run) -> Signals:
    return of_measure(run.signals.get(part.employee_id, {}), part.measure, guarded.get(part.measure, ()))
