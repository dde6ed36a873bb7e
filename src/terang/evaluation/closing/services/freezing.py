"""A run: everybody of the period evaluated, kept with what it was made of, and evaluated again to see that it holds.

One batch is one transaction: people, inputs and progress are written together or not at all, and the run's row is held
meanwhile. A killed worker loses the batch it was in; whoever goes on begins with the first person who is not frozen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from terang.audit.alone import alone
from terang.audit.services import record
from terang.evaluation.closing.frozen import evidence_digests, pack, result_digest, results, run_digest, sha256, unpack
from terang.evaluation.closing.hooks import queue_documents
from terang.evaluation.closing.models import Closing, ClosingState, FrozenInputs, FrozenScore
from terang.evaluation.gathering import people_between
from terang.evaluation.periods import YEAR
from terang.evaluation.services.computing import compute, read_evidence, score
from terang.evaluation.storing import hold
from terang.registry.people.models import Employee

BATCH = 500


def freeze(closing_id: int) -> None:
    """Freezes who is not frozen yet, then finishes the run. Nothing to do for one that is done or not confirmed."""
    closing = Closing.objects.select_related("period").get(pk=closing_id)
    if closing.state != ClosingState.RUNNING:
        return
    people = sorted(people_between(closing.period.agency_id, closing.period.starts_on, closing.period.ends_on))
    frozen = set(FrozenScore.objects.filter(closing=closing).values_list("employee_id", flat=True))
    waiting = [pk for pk in people if pk not in frozen]
    Closing.objects.filter(pk=closing_id).update(total=len(people), beaten_at=timezone.now())
    place = {pk: number for number, pk in enumerate(people, 1)}
    for first in range(0, len(waiting), BATCH):
        batch = waiting[first : first + BATCH]
        if not _freeze_batch(closing_id, batch, place[batch[-1]]):
            return
    _finish(closing_id)


@transaction.atomic
def _freeze_batch(closing_id: int, ids: list[int], reached: int) -> bool:
    """False where another worker was here first or the run is over: it is left to that one. `reached`: how many people
    are done with this batch; who has no result, such as the elected head, is passed by again after a kill, and counts
    once."""
    rows = Closing.objects.select_for_update(of=("self",)).select_related("period__agency", "policy")
    closing = rows.get(pk=closing_id)
    taken = FrozenScore.objects.filter(closing=closing, employee__in=ids).exists()
    if closing.state != ClosingState.RUNNING or taken:
        return False
    hold(ids)
    evidence = read_evidence(ids, closing.period, closing.policy, closing.as_of)
    if evidence.people:
        scored, _changes = compute(evidence, {})
        body = pack(evidence)
        FrozenInputs.objects.create(closing=closing, number=closing.inputs.count() + 1, body=body, sha256=sha256(body))
        found, digests = results(scored), evidence_digests(evidence)
        nips = dict(Employee.objects.filter(pk__in=found).values_list("pk", "nip"))
        FrozenScore.objects.bulk_create(
            [
                FrozenScore(
                    closing=closing,
                    employee_id=row[0],
                    unit_id=row[1],
                    variant=row[3],
                    total_bp=found[row[0]]["total"]["total_bp"],
                    result=found[row[0]],
                    input_digest=digests[row[0]],
                    digest=result_digest(nips[row[0]], digests[row[0]], closing.ruleset, found[row[0]]),
                )
                for row in evidence.rows["people"]
            ],
            batch_size=500,
        )
    closing.done = reached
    closing.beaten_at = timezone.now()
    closing.save(update_fields=["done", "beaten_at"])
    return True


@transaction.atomic
def _finish(closing_id: int) -> None:
    """Ends the run; the papers of a year are queued in the same transaction. What a correction changes is no paper."""
    closing = Closing.objects.select_for_update(of=("self",)).select_related("period").get(pk=closing_id)
    if closing.state != ClosingState.RUNNING:
        return
    closing.digest = run_digest(_digests(closing))
    closing.state, closing.finished_at = ClosingState.DONE, timezone.now()
    closing.save(update_fields=["digest", "state", "finished_at"])
    queued = queue_documents(closing) if closing.period.kind == YEAR and not closing.is_correction else 0
    record(
        "closing.finished",
        actor=None,
        obj=closing,
        agency_id=closing.period.agency_id,
        changes={
            "period": closing.period.name,
            "number": closing.number,
            "digest": closing.digest,
            "documents": queued,
        },
    )


def _digests(closing: Closing) -> dict[str, str]:
    return dict(FrozenScore.objects.filter(closing=closing).values_list("employee__nip", "digest"))


@dataclass(frozen=True)
class Comparison:
    """What a run came to when its kept inputs were evaluated again: how many people came out the `same`, the NIP of
    those who came `otherwise` (whose inputs were changed or are gone, too), and whether the run's digest `holds`."""

    people: int
    same: int
    otherwise: list[str]
    holds: bool

    @property
    def is_same(self) -> bool:
        return self.holds and self.same == self.people


def compare_run(closing: Closing, progress: Callable[[int], object] = lambda done: None) -> Comparison:
    """Evaluates the kept inputs again and compares everybody, the parts' and the run's digest. Writes nothing.
    `progress` is told how many people are done. What does not hold counts nobody of its part as the same."""
    rows = FrozenScore.objects.filter(closing=closing).values_list("employee_id", "employee__nip", "digest")
    kept = {pk: (nip, digest) for pk, nip, digest in rows}
    same: set[int] = set()
    for part in closing.inputs.iterator(chunk_size=1):
        again = _evaluated(closing, part, kept) if sha256(bytes(part.body)) == part.sha256 else {}
        same |= {pk for pk, digest in again.items() if kept[pk][1] == digest}
        progress(len(same))
    otherwise = sorted(nip for pk, (nip, _digest) in kept.items() if pk not in same)
    return Comparison(len(kept), len(same), otherwise, run_digest(dict(kept.values())) == closing.digest)


def check_run(closing_id: int) -> tuple[int, int]:
    """Compares a run (`compare_run`) and notes on it how many people came out the same, and how many there are; nobody
    where the run's own digest does not hold."""
    closing = Closing.objects.select_related("period", "policy").get(pk=closing_id)
    found = compare_run(closing)
    same = found.same if found.holds else 0
    Closing.objects.filter(pk=closing_id).update(
        checked_at=timezone.now(), checked_same=same, checked_people=found.people
    )
    return same, found.people


def _evaluated(closing: Closing, part: FrozenInputs, kept: Mapping[int, tuple[str, Any]]) -> dict[int, str]:
    evidence = unpack(bytes(part.body), closing.period, closing.policy)
    digests = evidence_digests(evidence)
    return {
        pk: result_digest(kept[pk][0], digests[pk], closing.ruleset, found)
        for pk, found in results(score(evidence)).items()
        if pk in kept
    }


def take_up() -> int:
    """Goes on with runs whose worker was killed; gives how many. An hourly chore."""
    rows = Closing.objects.filter(state=ClosingState.RUNNING).values_list("pk", flat=True)
    return sum(alone(_taken_up, pk) or 0 for pk in rows)


def _taken_up(pk: int) -> int:
    freeze(pk)
    return 1
