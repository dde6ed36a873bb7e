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
from django.utils import timezone

from terang.audit.secrecy import UNTOLD
from terang.audit.services import Event, record_many
from terang.engine import Rows as ResultRows
from terang.engine import Total, evaluate_rows
from terang.evaluation.gathering import Rows, gather, people_between, window_of
from terang.evaluation.guards import Signals, counted_by_rooms, signals
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import current_period, policy_of
from terang.evaluation.storing import Cause, Change, Run, hold, store
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency

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
    people = people_between(agency.pk, period.starts_on, period.ends_on)
    return recompute(employee_ids=people, period=period, as_of=as_of, progress=progress)


@transaction.atomic
def _recompute_batch(ids: list[int], period: Period, as_of: date, causes: Mapping[int, Cause]) -> Outcome:
    version = policy_of(period)
    if version is None or as_of < period.starts_on:
        return Outcome()
    hold(ids)
    if not _is_open(period):
        return Outcome()
    evidence = read_evidence(ids, period, version, as_of)
    if not evidence.people:
        return Outcome(left_out=len(ids))
    result, changes = compute(evidence, causes)
    return Outcome(len(result.totals), len(changes), len(ids) - len(result.totals))


@dataclass(frozen=True)
class Evidence:
    """What some people's scores in a period are made of: the declared tables and the guards counted beside them, read
    up to and with `day`. Plain rows: kept, they give the same scores for ever."""

    period: Period
    version: PolicyVersion
    day: date
    rows: Rows
    signalled: Mapping[int, Signals]

    @property
    def people(self) -> list[int]:
        return [row[0] for row in self.rows["people"]]


def read_evidence(ids: Collection[int], period: Period, version: PolicyVersion, as_of: date) -> Evidence:
    """What all rooms know of these people, in a constant number of queries; `as_of` not before the period."""
    window = window_of(period, as_of)
    assert window is not None
    policy = rules_of(version)
    rows = gather(ids, window, policy)
    people = [row[0] for row in rows["people"]]
    counted = counted_by_rooms(people, window.start, window.end, policy) if people else {}
    return Evidence(period, version, window.last_day, rows, signals(rows, counted))


@dataclass(frozen=True)
class Scored:
    """The engine's rows, and what each person's was made of."""

    rows: ResultRows
    digests: Mapping[int, str]

    @property
    def totals(self) -> list[Total]:
        return self.rows.totals


def score(evidence: Evidence) -> Scored:
    """Evaluates; reads and writes nothing."""
    result = evaluate_rows(evidence.rows, rules_of(evidence.version))
    digests = {
        employee_id: _digest(evidence.version, value, evidence.signalled.get(employee_id))
        for employee_id, value in result.digests.items()
    }
    return Scored(result, digests)


def compute(evidence: Evidence, causes: Mapping[int, Cause]) -> tuple[Scored, list[Change]]:
    """Evaluates and stores what changed, with one journal entry for every score that did. Within a transaction that
    holds the people."""
    scored = score(evidence)
    run = Run(
        period=evidence.period,
        version=evidence.version,
        ruleset=RULESET,
        day=evidence.day,
        now=timezone.now(),
        variants={row[0]: row[3] for row in evidence.rows["people"]},
        digests=scored.digests,
        signals=evidence.signalled,
        causes=causes,
    )
    changes = store(scored.rows, run)
    told = (_told(change, evidence.period, causes) for change in changes)
    record_many(told, actor=None, agency_id=evidence.period.agency_id)
    return scored, changes


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
