"""Computing scores: from the evidence of all rooms through the engine to stored scores, batch by batch.

Computing is idempotent: the same evidence under the same rules writes nothing, so the worker may deliver twice. The
people's rows are held while their evidence is read and their scores are written, so that two workers end with the
newest evidence, whatever their order.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from terang.audit.secrecy import UNTOLD
from terang.audit.services import Event, record_many
from terang.engine import evaluate_rows
from terang.evaluation.gathering import gather, window_of
from terang.evaluation.guards import Signals, counted_by_rooms, signals
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import current_period, policy_of
from terang.evaluation.storing import Cause, Change, Run, hold, store
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment

RULESET = "terang-3"
"""Names the state of the rules a score was made with; raised whenever a rule gives other results than before.
2: the rhythm of reporting by kind of post, longer grace in zones without signal, own days of rest, unit outages.
3: what the appraiser left unanswered counts until it is answered."""

BATCH = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What a computation came to. `changed` counts new scores too; `left_out`: people without a post in the period."""

    people: int = 0
    changed: int = 0
    left_out: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.people + other.people, self.changed + other.changed, self.left_out + other.left_out)


def recompute(
    *,
    employee_ids: Collection[int],
    period: Period,
    as_of: date | None = None,
    causes: Mapping[int, Cause] | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Computes the scores of these people from their evidence up to and with `as_of` (today where missing).

    A closed period, one not yet begun, or one without a policy is left alone. Each batch is one transaction, with one
    journal entry for every score that changed. `progress` is told people done and people in all.
    """
    outcome = Outcome()
    ids = sorted(set(employee_ids))
    day = as_of or local_today(period.agency)
    for first in range(0, len(ids), BATCH):
        outcome += _recompute_batch(ids[first : first + BATCH], period, day, causes or {})
        if progress:
            progress(min(first + BATCH, len(ids)), len(ids))
    return outcome


def recompute_agency(
    *, agency: Agency, period: Period | None = None, as_of: date | None = None, progress: Progress | None = None
) -> Outcome:
    """Computes a whole government, in the running period where none is given."""
    period = period or current_period(agency.pk, as_of or local_today(agency))
    if period is None:
        return Outcome()
    held = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=period.starts_on),
        starts_on__lt=period.ends_on,
        employee__agency_id=agency.pk,
    )
    people = set(held.values_list("employee_id", flat=True))
    return recompute(employee_ids=people, period=period, as_of=as_of, progress=progress)


@transaction.atomic
def _recompute_batch(ids: list[int], period: Period, as_of: date, causes: Mapping[int, Cause]) -> Outcome:
    window = window_of(period, as_of)
    version = policy_of(period)
    if window is None or version is None:
        return Outcome()
    hold(ids)
    if not _is_open(period):
        return Outcome()
    policy = rules_of(version)
    rows = gather(ids, window, policy)
    if not rows["people"]:
        return Outcome(left_out=len(ids))
    result = evaluate_rows(rows, policy)
    people = [row[0] for row in rows["people"]]
    signalled = signals(rows, counted_by_rooms(people, window.start, window.end, policy))
    run = Run(
        period=period,
        version=version,
        ruleset=RULESET,
        day=window.last_day,
        now=timezone.now(),
        variants={row[0]: row[3] for row in rows["people"]},
        digests={
            employee_id: _digest(version, value, signalled.get(employee_id))
            for employee_id, value in result.digests.items()
        },
        signals=signalled,
        causes=causes,
    )
    changes = store(result, run)
    record_many((_told(change, period, causes) for change in changes), actor=None, agency_id=period.agency_id)
    return Outcome(len(result.totals), len(changes), len(ids) - len(result.totals))


def _is_open(period: Period) -> bool:
    return Period.objects.filter(pk=period.pk, closed_at=None).exists()


def _digest(version: PolicyVersion, evidence_digest: str, signalled: Signals | None) -> str:
    """What a score was made of: the policy, the evidence, and the guards shown beside it."""
    guarded = json.dumps(signalled or {}, sort_keys=True)
    return hashlib.sha256(f"{version.digest}\n{evidence_digest}\n{guarded}".encode()).hexdigest()


def _told(change: Change, period: Period, causes: Mapping[int, Cause]) -> Event:
    score = change.score
    cause = causes.get(score.employee_id)
    return Event(
        "evaluation.score_changed",
        obj=score,
        subject_employee_id=score.employee_id,
        unit_id=score.unit_id,
        changes={
            "period": period.name,
            "total_bp": [change.old_bp, change.new_bp],
            "coverage_bp": score.coverage_bp,
            "cause": cause.verb if cause and cause.verb not in UNTOLD else "",
        },
    )
