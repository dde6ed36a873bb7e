"""What the colleagues room hands to the engine: figures of released rounds, never a single answer.

An open round gives nothing, nor does a closed one before its release: a score that moves with every answer would tell
what the last rater said.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.colleagues.models import RaterKind, ReviewGroup, ReviewRound, ReviewTally
from terang.evidence.colleagues.selectors import tenths
from terang.evidence.records import Record

RATER_OF_MEASURE = {
    "peer_review": RaterKind.PEER,
    "superior_review": RaterKind.SUPERIOR,
    "subordinate_review": RaterKind.SUBORDINATE,
}


def facts(
    employee_ids: Collection[int], start: date, end: date, *, as_of: date | None = None
) -> dict[str, list[tuple[object, ...]]]:
    """Rows of `reviews` over rounds that closed between `start` and `end` and are released, as `rules.tables` declares
    them; `sum_milli` is the robust mean times the answers. One query.

    `as_of` is the day of asking (today where missing). A round belongs to the period that holds its last day.
    """
    rows = (
        ReviewTally.objects.filter(**_released(start, end, as_of), subject_id__in=employee_ids)
        .values("subject_id", "kind", "aspect")
        .annotate(total_answers=Sum("answers"), total_milli=Sum(F("answers") * F("mean_milli")))
        .order_by("subject_id", "kind", "aspect")
        .values_list("subject_id", "kind", "aspect", "total_answers", "total_milli")
    )
    return {"reviews": list(rows)}


def _released(start: date, end: date, as_of: date | None) -> dict[str, date]:
    today = as_of or timezone.localdate()
    return {"round__closes_on__gt": start, "round__closes_on__lte": end, "round__released_on__lte": today}


def records(
    measure_code: str,
    employee_id: int,
    start: date,
    end: date,
    limit: int = 50,
    *,
    as_of: date | None = None,
    min_answers: int | None = None,
) -> list[Record]:
    """One record a round with the number of answers and the means; a group that is too small says so without a number.
    Two queries.

    `min_answers` is the policy's today (the round's own where missing): the larger of both holds. Raters are never
    named: their names are not stored.
    """
    kind = RATER_OF_MEASURE[measure_code]
    mine = {**_released(start, end, as_of), "subject_id": employee_id, "kind": kind}
    groups = ReviewGroup.objects.filter(**mine).select_related("round").order_by("-round__closes_on", "-round_id")
    tallies: dict[int, list[ReviewTally]] = defaultdict(list)
    for tally in ReviewTally.objects.filter(**mine).select_related("round").order_by("aspect"):
        tallies[tally.round_id].append(tally)
    return [_record(group.round, tallies[group.round_id], kind, min_answers or 0) for group in groups[:limit]]


def _record(opening: ReviewRound, tallies: Sequence[ReviewTally], kind: str, policy_least: int) -> Record:
    least = max(policy_least, int(opening.least.get(kind, 1)))
    shown = [tally for tally in tallies if tally.answers >= least]
    if not shown:
        return Record(
            id=0,
            day=opening.closes_on,
            title=opening.name,
            detail=gettext("terlalu sedikit jawaban untuk ditampilkan tanpa membuka siapa penilainya"),
            counted=False,
            effect=gettext("belum ditampilkan: perlu sekurang-kurangnya %(n)s jawaban") % {"n": least},
        )
    answers = max(tally.answers for tally in shown)
    return Record(
        id=0,
        day=opening.closes_on,
        title=opening.name,
        detail=gettext("%(n)s jawaban, diringkas tanpa nama penilai") % {"n": answers},
        counted=True,
        effect=gettext("dihitung sebagai rata-rata"),
        lines=tuple(describe(tally) for tally in shown),
    )


def describe(tally: ReviewTally) -> str:
    """An aspect with the mean of its answers to one decimal."""
    mean = tenths(tally)
    return gettext("%(aspect)s: rata-rata %(mean)s") % {
        "aspect": tally.round.labels.get(tally.aspect, tally.aspect.replace("_", " ").capitalize()),
        "mean": f"{mean // 10},{mean % 10}",
    }
