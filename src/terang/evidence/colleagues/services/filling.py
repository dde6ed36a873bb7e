"""What a round consists of: tickets, spare ones among them, and the empty ballot of each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction

from terang.evidence.colleagues.ballots import Sealer
from terang.evidence.colleagues.models import Ballot, RaterKind, ReviewRound, ReviewTicket
from terang.evidence.colleagues.round_keys import destroy_key, make_key
from terang.rules.reviews.draw import Group, Pair
from terang.web.writing import write

T = TypeVar("T")
BATCH = 2_000
"""Rows written at once."""
SPARE_FOR = 5
"""Drawn raters for whom one spare ticket is kept: one in five may leave a group before somebody stays unreplaced."""


@contextmanager
def key_made(opening: ReviewRound) -> Iterator[bytes]:
    """A transaction with a new key for a round; the key goes again where the transaction fails."""
    key = make_key(opening.key_name)
    try:
        with transaction.atomic():
            yield key
    except BaseException:
        destroy_key(opening.key_name)
        raise


def make_round(
    opening: ReviewRound, pairs: Iterable[Pair], key: bytes, spares: Iterable[Group] = ()
) -> list[ReviewTicket]:
    """Saves a round with its tickets, the spare ones last, and, in the order of their locators, their empty ballots.
    Returns the tickets that have a rater. Asks for a transaction."""
    tickets = unsaved_tickets(opening, pairs, spares)
    asked = [ticket for ticket in tickets if ticket.rater_id]
    opening.asked = len(asked)
    opening.save(force_insert=True)
    for ticket in tickets:
        ticket.round = opening
    ReviewTicket.objects.bulk_create(tickets, batch_size=BATCH)
    sealer = Sealer(key)
    for part in batches(sorted(sealer.locator(ticket.pk) for ticket in tickets)):
        write_ballots(opening, sealer, part)
    return asked


def unsaved_tickets(opening: ReviewRound, pairs: Iterable[Pair], spares: Iterable[Group]) -> list[ReviewTicket]:
    asked = [
        ReviewTicket(round=opening, rater_id=each.rater, subject_id=each.subject, kind=each.kind) for each in pairs
    ]
    return [*asked, *(ReviewTicket(round=opening, subject_id=subject, kind=kind) for subject, kind in spares)]


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def write_ballots(opening: ReviewRound, sealer: Sealer, locators: Sequence[str]) -> None:
    """Empty sheets in the order of their locators."""
    write([Ballot(locator=each, round=opening, sealed=sealer.seal(each, None)) for each in locators])


def spares_of(pairs: Iterable[Pair]) -> list[Group]:
    """One spare ticket for each started `SPARE_FOR` raters of a group of colleagues or subordinates: a leader is not
    replaced."""
    sizes = Counter((pair.subject, pair.kind) for pair in pairs if pair.kind != RaterKind.SUPERIOR)
    return [group for group, size in sorted(sizes.items()) for _ in range(-(-size // SPARE_FOR))]
