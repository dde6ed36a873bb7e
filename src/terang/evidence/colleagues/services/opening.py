"""A round is opened: raters are drawn, a key is made, and every ticket gets its empty ballot, all at once."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from random import Random
from secrets import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.colleagues.access import require_keeper
from terang.evidence.colleagues.ballots import Sealer
from terang.evidence.colleagues.drawing import groups_on
from terang.evidence.colleagues.hooks import review_policy
from terang.evidence.colleagues.models import Ballot, ReviewRound, ReviewTicket
from terang.evidence.colleagues.round_keys import destroy_key, make_key
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.policies.model import Instrument
from terang.rules.reviews.draw import Drawn, Numbers, Pair, draw
from terang.rules.reviews.terms import KINDS, Kind
from terang.web.writing import write

BATCH = 2_000


@dataclass(frozen=True)
class Asked:
    """What the personnel agency asks for: `wanted` raters of each kind (0: not asked), `cap` on the burden of one
    person. `closes_on` is exclusive."""

    name: str
    instrument: Instrument
    opens_on: date
    closes_on: date
    wanted: dict[Kind, int]
    cap: int
    form_key: uuid.UUID = field(default_factory=uuid.uuid4)


def preview(*, actor: Viewer, agency: Agency, asked: Asked) -> Drawn:
    """A draw for looking at: how many are asked, and who would have too few. Nothing of it is kept."""
    require_keeper(actor, agency.pk)
    return _drawn(agency, actor.today, asked, review_policy(agency.pk, actor.today).least, SystemRandom())


def open_round(*, actor: Viewer, agency: Agency, asked: Asked) -> ReviewRound:
    """Draws anew and opens. The same `form_key` twice gives the same round. Raises ValidationError for days in the
    wrong order and where nobody could be asked."""
    require_keeper(actor, agency.pk)
    if existing := ReviewRound.objects.filter(agency=agency, form_key=asked.form_key).first():
        return existing
    if not max(asked.opens_on, actor.today) < asked.closes_on:
        raise ValidationError(gettext("Putaran harus ditutup sesudah dibuka."))
    least = review_policy(agency.pk, actor.today).least
    drawn = _drawn(agency, actor.today, asked, least, SystemRandom())
    if not drawn.pairs:
        raise ValidationError(gettext("Tidak ada yang dapat diminta menilai dengan jumlah ini."))
    opening = _unsaved(agency, asked, least)
    with key_made(opening) as key:
        make_round(opening, drawn.pairs, key)
        record("colleagues.round_opened", actor=actor.user, obj=opening, agency_id=agency.pk)
    return opening


def _drawn(agency: Agency, today: date, asked: Asked, least: dict[Kind, int], dice: Random) -> Drawn:
    return draw(groups_on(agency.pk, today, least), Numbers(asked.wanted, least, asked.cap), dice)


def _unsaved(agency: Agency, asked: Asked, least: dict[Kind, int]) -> ReviewRound:
    return ReviewRound(
        agency=agency,
        name=asked.name,
        instrument=asked.instrument.code,
        aspects=aspects_of(asked.instrument),
        scale_min=asked.instrument.scale_min,
        scale_max=asked.instrument.scale_max,
        least={kind: least[kind] for kind in KINDS},
        cap=asked.cap,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        form_key=asked.form_key,
    )


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


def make_round(opening: ReviewRound, pairs: Iterable[Pair], key: bytes) -> list[ReviewTicket]:
    """Saves a round with its tickets and, in the order of their locators, their empty ballots. Asks for a
    transaction."""
    tickets = [ReviewTicket(rater_id=pair.rater, subject_id=pair.subject, kind=pair.kind) for pair in pairs]
    opening.asked = len(tickets)
    opening.save(force_insert=True)
    for ticket in tickets:
        ticket.round = opening
    tickets = ReviewTicket.objects.bulk_create(tickets, batch_size=BATCH)
    sealer = Sealer(key)
    locators = sorted(sealer.locator(ticket.pk) for ticket in tickets)
    for start in range(0, len(locators), BATCH):
        part = locators[start : start + BATCH]
        write([Ballot(locator=each, round=opening, sealed=sealer.seal(each, None)) for each in part])
    return tickets


def aspects_of(instrument: Instrument) -> list[list[str]]:
    """[code, label] of an instrument's aspects in order, as a round keeps them."""
    return [[aspect.code, aspect.label] for aspect in instrument.aspects]
