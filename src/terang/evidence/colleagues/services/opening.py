"""A round is opened: raters are drawn, a key is made, and every ticket gets its empty ballot. All at once for a small
government; for a large one the worker does it (`preparing`)."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from random import Random
from secrets import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.colleagues.access import require_keeper
from terang.evidence.colleagues.drawing import groups_on
from terang.evidence.colleagues.hooks import review_policy
from terang.evidence.colleagues.models import ReviewRound
from terang.evidence.colleagues.services.filling import key_made, make_round, spares_of
from terang.evidence.colleagues.services.preparing import queue
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.policies.model import Instrument
from terang.rules.reviews.draw import Drawn, Numbers, draw
from terang.rules.reviews.terms import KINDS, Kind

AT_ONCE = 500
"""People of a government whose round is opened while the page waits; larger ones wait on the page of the round."""


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
    opening = _unsaved(agency, asked, least)
    opening.drawn_on = actor.today
    if Employee.objects.filter(agency=agency, left_on=None).count() > AT_ONCE:
        return _handed_over(actor, opening)
    drawn = _drawn(agency, actor.today, asked, least, SystemRandom())
    if not drawn.pairs:
        raise ValidationError(gettext("Tidak ada yang dapat diminta menilai dengan jumlah ini."))
    with key_made(opening) as key:
        make_round(opening, drawn.pairs, key, spares_of(drawn.pairs))
        record("colleagues.round_opened", actor=actor.user, obj=opening, agency_id=agency.pk)
    return opening


def _handed_over(actor: Viewer, opening: ReviewRound) -> ReviewRound:
    """The round without tickets, which the worker draws and fills."""
    opening.prepared = False
    with transaction.atomic():
        opening.save(force_insert=True)
        record("colleagues.round_opened", actor=actor.user, obj=opening, agency_id=opening.agency_id)
        transaction.on_commit(lambda: queue(opening))
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
        wanted=dict(asked.wanted),
        cap=asked.cap,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        form_key=asked.form_key,
    )


def aspects_of(instrument: Instrument) -> list[list[str]]:
    """[code, label] of an instrument's aspects in order, as a round keeps them."""
    return [[aspect.code, aspect.label] for aspect in instrument.aspects]
