"""The worker prepares a large round: it draws, writes tickets and ballots in batches, and says how far it is.

A round that is being prepared asks nobody and takes no answers. Ballots are written in the order of all locators,
whatever the batches: where one lies tells nothing about its ticket. A killed worker begins anew. Of two workers at one
round the one that began last goes on; the other stops at its next step, so that no round is made of two draws.
"""

from collections.abc import Callable
from datetime import timedelta
from secrets import SystemRandom
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from terang.audit.services import record
from terang.evidence.colleagues.ballots import Sealer
from terang.evidence.colleagues.drawing import groups_on
from terang.evidence.colleagues.models import ReviewRound, ReviewTicket
from terang.evidence.colleagues.round_keys import destroy_key, has_key, make_key, read_key
from terang.evidence.colleagues.services.filling import batches, spares_of, unsaved_tickets, write_ballots
from terang.registry.organization.calendars import local_today
from terang.rules.reviews.draw import Numbers, Pair, draw

ALIVE = timedelta(minutes=5)
"""A worker that prepares a round shows a sign of life with every batch, and during the draw. Our choice."""
BEAT = timedelta(seconds=20)
"""Between two signs of life during the draw."""
WAITS = timedelta(minutes=30)
"""How long a round may wait for a worker that has other work before it is queued anew. Our choice."""
NOBODY = "Tidak ada yang dapat diminta menilai dengan jumlah ini"


class Stopped(Exception):
    """The round was cancelled meanwhile, or another worker prepares or has finished it."""


class Beating(SystemRandom):
    """Dice that call `beat` now and then while they are thrown."""

    def __init__(self, beat: Callable[[], None]) -> None:
        super().__init__()
        self._beat, self._last = beat, timezone.now()

    def getrandbits(self, k: int, /) -> int:
        if timezone.now() - self._last >= BEAT:
            self._beat()
            self._last = timezone.now()
        return super().getrandbits(k)


@task()
def prepare_round(round_id: int) -> None:
    """From an empty round to one that can open. Does nothing where it is prepared or has ended."""
    opening = ReviewRound.objects.select_related("agency").get(pk=round_id)
    try:
        _prepare(opening)
    except Stopped:
        if ReviewRound.objects.filter(pk=round_id).exclude(cancelled_on=None).exists():
            destroy_key(opening.key_name)


def is_stalled(opening: ReviewRound) -> bool:
    """Whether the round is not prepared and no worker has shown a sign of life for minutes, or, where none has begun
    since it was queued, it has waited for long."""
    if opening.prepared or opening.cancelled_on is not None:
        return False
    queued, beaten, now = opening.queued_at, opening.beaten_at, timezone.now()
    if beaten is None or (queued is not None and queued > beaten):
        return queued is None or now - queued > WAITS
    return now - beaten > ALIVE


def queue(opening: ReviewRound) -> None:
    """Asks a worker for it and notes when."""
    ReviewRound.objects.filter(pk=opening.pk).update(queued_at=timezone.now())
    prepare_round.enqueue(opening.pk)


def _prepare(opening: ReviewRound) -> None:
    opening.run = uuid4()
    _step(opening, lambda: _clear(opening), begins=True, run=opening.run, made=0)
    today = local_today(opening.agency)
    numbers = Numbers(opening.wanted, opening.least, opening.cap)
    dice = Beating(lambda: _step(opening, lambda: None))
    groups = groups_on(opening.agency_id, today, opening.least)
    _step(opening, lambda: None)
    pairs = draw(groups, numbers, dice).pairs
    if not pairs:
        _step(opening, lambda: _give_up(opening), cancelled_on=today, cancel_reason=NOBODY)
        return
    key = read_key(opening.key_name) if has_key(opening.key_name) else make_key(opening.key_name)
    _fill(opening, pairs, Sealer(key))
    _step(opening, lambda: None, prepared=True, asked=len(pairs), drawn_on=today)


def _clear(opening: ReviewRound) -> None:
    opening.ballots.all().delete()
    opening.tickets.all().delete()


def _give_up(opening: ReviewRound) -> None:
    record("colleagues.round_cancelled", actor=None, obj=opening, agency_id=opening.agency_id, reason=NOBODY)


def _fill(opening: ReviewRound, pairs: tuple[Pair, ...], sealer: Sealer) -> None:
    """Tickets, then their ballots: half of what is made each."""
    tickets, made = unsaved_tickets(opening, pairs, spares_of(pairs)), 0
    total = 2 * len(tickets)
    for part in batches(tickets):
        made += len(part)
        _step(opening, lambda part=part: ReviewTicket.objects.bulk_create(part), made=made, to_make=total)  # type: ignore[misc]
    for places in batches(sorted(sealer.locator(ticket.pk) for ticket in tickets)):
        made += len(places)
        _step(opening, lambda places=places: write_ballots(opening, sealer, places), made=made)  # type: ignore[misc]


def _step(opening: ReviewRound, act: Callable[[], Any], *, begins: bool = False, **told: Any) -> None:
    """One piece of the work in a transaction of its own, and what is told of it. Raises Stopped, also where another run
    has begun since this one."""
    with transaction.atomic():
        current = ReviewRound.objects.select_for_update().get(pk=opening.pk)
        if current.cancelled_on or current.prepared or (current.run != opening.run and not begins):
            raise Stopped
        act()
        ReviewRound.objects.filter(pk=opening.pk).update(**told, beaten_at=timezone.now())
