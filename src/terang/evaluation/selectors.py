"""Questions about policies, periods and scores. Who may ask is decided by `access`; each states its queries."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from terang.evaluation.models import Period, PolicyVersion, Score
from terang.evaluation.periods import period_title, span_of
from terang.evaluation.policies import measure_rules, rules_of
from terang.rules.policies.model import Instrument


def policy_on(agency_id: int, day: date) -> PolicyVersion | None:
    """The policy in force on a day: the newest that has begun, else the first to begin; None without any. 1 query."""
    return newest_begun(list(PolicyVersion.objects.filter(agency_id=agency_id)), day)


def newest_begun(versions: Sequence[PolicyVersion], day: date) -> PolicyVersion | None:
    """As `policy_on`, of versions already read, newest first. No query."""
    return next((version for version in versions if version.valid_from <= day), versions[-1] if versions else None)


def second_factor_roles(agency_id: int, day: date) -> tuple[str, ...]:
    """Roles that the policy in force wants to sign in with a second factor; none without a policy. 1 query."""
    version = policy_on(agency_id, day)
    return rules_of(version).second_factor_roles if version else ()


def least_answers(agency_id: int, measure: str, day: date) -> int | None:
    """From how many answers on the policy in force shows a measure; None where it does not use it. 1 query."""
    version = policy_on(agency_id, day)
    uses = measure_rules(rules_of(version)) if version else []
    return max((use.min_answers for use in uses if use.code == measure), default=None)


def review_policy(agency_id: int, day: date) -> tuple[tuple[Instrument, ...], dict[str, int]]:
    """The instruments of the policy in force, and from how many answers on it shows each measure. 1 query."""
    version = policy_on(agency_id, day)
    if version is None:
        return (), {}
    rules = rules_of(version)
    least: dict[str, int] = {}
    for use in measure_rules(rules):
        least[use.code] = max(use.min_answers, least.get(use.code, 0))
    return rules.instruments, least


def running_span(agency_id: int, day: date) -> tuple[str, date, date] | None:
    """Title, first day and day after the last of the policy's period that contains a day, whether opened or not; None
    without a policy. 1 query."""
    version = policy_on(agency_id, day)
    if version is None:
        return None
    span = span_of(rules_of(version).period_kind, day)
    return period_title(span.kind, span.start), span.start, span.end


def policy_of(period: Period) -> PolicyVersion | None:
    """The policy a period is judged by: the one in force on its first day. 1 query."""
    return policy_on(period.agency_id, period.starts_on)


def current_period(agency_id: int, day: date) -> Period | None:
    """The period of the policy's kind that contains the day; None where none is open yet. 2 queries."""
    version = policy_on(agency_id, day)
    return period_of(version, day) if version else None


def period_of(version: PolicyVersion, day: date) -> Period | None:
    """The period of a known policy that contains the day. 1 query."""
    span = span_of(rules_of(version).period_kind, day)
    return Period.objects.filter(agency_id=version.agency_id, kind=span.kind, starts_on=span.start).first()


def periods_to_recompute(agency_id: int, days: Collection[date], today: date) -> list[Period]:
    """The open periods that evidence of these days or of today belongs to, and the one before. 2 queries."""
    version = policy_on(agency_id, today)
    if version is None:
        return []
    kind = rules_of(version).period_kind
    current = span_of(kind, today)
    starts = {current.start, *(span_of(kind, day).start for day in days)}
    open_ones = Period.objects.filter(agency_id=agency_id, closed_at=None, starts_on__lte=today)
    return list(open_ones.filter(Q(kind=kind, starts_on__in=starts) | Q(kind=kind, ends_on=current.start)))


def scores_of(employee_id: int, limit: int = 13) -> list[Score]:
    """A person's scores, newest period first. 1 query."""
    found = Score.objects.filter(employee_id=employee_id).select_related("period", "policy", "unit")
    return list(found.order_by("-period__starts_on")[:limit])


def score_in(employee_id: int, period_id: int) -> Score | None:
    """A person's score in a period with its components. 2 queries."""
    found = Score.objects.filter(employee_id=employee_id, period_id=period_id)
    return found.select_related("period__agency", "policy", "unit", "employee").prefetch_related("components").first()


def scores_in(period: Period, employee_ids: Collection[int]) -> dict[int, Score]:
    """The scores of several people in a period with their components, by employee. 2 queries."""
    found = Score.objects.filter(period=period, employee_id__in=employee_ids)
    return {score.employee_id: score for score in found.select_related("policy").prefetch_related("components")}


def totals_before(period: Period, employee_ids: Collection[int]) -> dict[int, int | None]:
    """The totals of several people in the period of the same kind just before. 1 query."""
    earlier = Score.objects.filter(
        period__agency_id=period.agency_id,
        period__kind=period.kind,
        period__ends_on=period.starts_on,
        employee_id__in=employee_ids,
    )
    return dict(earlier.values_list("employee_id", "total_bp"))


def score_before(period: Period, employee_id: int) -> Score | None:
    """A person's score in the period of the same kind just before, with that period. 1 query."""
    kind = {"period__agency_id": period.agency_id, "period__kind": period.kind}
    earlier = Score.objects.filter(employee_id=employee_id, period__ends_on=period.starts_on, **kind)
    return earlier.select_related("period").first()


def below_standard(period: Period) -> QuerySet[Score]:
    """The people below the standard in a period, longest first. 1 query when read."""
    found = Score.objects.filter(period=period, below_standard=True)
    return found.select_related("employee", "unit", "policy").order_by("below_since", "total_bp")


def versions_of(agency_id: int) -> list[PolicyVersion]:
    """Every version of a government's policy, newest first. 1 query."""
    return list(PolicyVersion.objects.filter(agency_id=agency_id).select_related("published_by", "written_by"))
