"""What the colleagues room hands to the engine: sums of closed rounds, never a single answer.

An open round gives nothing: a score that moves with every answer would tell what the last rater said.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.colleagues.models import RaterKind, ReviewRound, ReviewTally
from terang.evidence.records import Record
from terang.rules.catalogue import MEASURES

RATER_OF_MEASURE = {
    "peer_review": RaterKind.PEER,
    "superior_review": RaterKind.SUPERIOR,
    "subordinate_review": RaterKind.SUBORDINATE,
}


def facts(
    employee_ids: Collection[int], start: date, end: date, *, as_of: date | None = None
) -> dict[str, list[tuple[object, ...]]]:
    """Rows of `reviews` over rounds that closed between `start` and `end`, as `rules.tables` declares them. One query.

    `as_of` is the day of asking (today where missing). A round belongs to the period that holds its last day.
    """
    rows = (
        _closed(start, end, as_of)
        .filter(subject_id__in=employee_ids)
        .values("subject_id", "kind", "aspect")
        .annotate(total_answers=Sum("answers"), total_milli=Sum("sum_milli"))
        .order_by("subject_id", "kind", "aspect")
        .values_list("subject_id", "kind", "aspect", "total_answers", "total_milli")
    )
    return {"reviews": list(rows)}


def _closed(start: date, end: date, as_of: date | None) -> QuerySet[ReviewTally]:
    today = as_of or timezone.localdate()
    return ReviewTally.objects.filter(
        round__closes_on__gt=start, round__closes_on__lte=min(end, today), answers__gt=0
    ).order_by()


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
    """One record a round with the number of answers; aspect means only from the least number of answers on. One query.

    `min_answers` is the policy's; the catalogue's where missing. Raters are never named: their names are not stored.
    """
    least = MEASURES[measure_code].min_answers if min_answers is None else min_answers
    tallies = (
        _closed(start, end, as_of)
        .filter(subject_id=employee_id, kind=RATER_OF_MEASURE[measure_code])
        .select_related("round")
        .order_by("-round__closes_on", "aspect")
    )
    rounds: dict[ReviewRound, list[ReviewTally]] = defaultdict(list)
    for tally in tallies:
        rounds[tally.round].append(tally)
    return [_record(opening, rows, least) for opening, rows in list(rounds.items())[:limit]]


def _record(opening: ReviewRound, tallies: list[ReviewTally], least: int) -> Record:
    answers = max(tally.answers for tally in tallies)
    enough = answers >= least
    return Record(
        id=0,
        day=opening.closes_on,
        title=opening.name,
        detail=gettext("%(n)s jawaban, dijumlahkan tanpa nama penilai") % {"n": answers},
        counted=True,
        effect=gettext("dihitung sebagai rata-rata")
        if enough
        else gettext("belum ditampilkan: perlu sekurang-kurangnya %(n)s jawaban") % {"n": least},
        lines=tuple(describe(tally) for tally in tallies if tally.answers >= least) if enough else (),
    )


def describe(tally: ReviewTally) -> str:
    """An aspect with the mean of its answers to one decimal, for groups that are large enough only."""
    tenths = (2 * tally.sum_milli + 100 * tally.answers) // (200 * tally.answers)
    return gettext("%(aspect)s: rata-rata %(mean)s") % {
        "aspect": tally.round.labels.get(tally.aspect, tally.aspect.replace("_", " ").capitalize()),
        "mean": f"{tenths // 10},{tenths % 10}",
    }
