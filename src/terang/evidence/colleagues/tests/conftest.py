"""A small office in a round of review: its head, three colleagues and a rated person, with a folder for keys."""

import uuid
from dataclasses import dataclass, field
from datetime import date

import pytest

from terang.evidence.colleagues import services
from terang.evidence.colleagues.models import RaterKind, ReviewRound, ReviewTicket
from terang.registry.people.models import Employee
from terang.rules.policies.model import Instrument, InstrumentAspect
from terang.rules.reviews.draw import Pair

INSTRUMENT = Instrument(
    "karakter",
    "Karakter",
    "Character",
    1,
    5,
    (InstrumentAspect("zeta", "Integritas", "Integrity"), InstrumentAspect("inovasi", "Inovasi", "Innovation")),
)
LEAST = {"superior": 1, "peer": 3, "subordinate": 3}


@dataclass
class Reviewed:
    """Budi is rated by three colleagues and the head; `tickets` by the rater's name."""

    office: object
    budi: Employee
    raters: list[Employee]
    opening: ReviewRound
    tickets: dict[str, ReviewTicket] = field(default_factory=dict)

    def answer(self, name: str, remark: str = "", **answers: int) -> None:
        ticket = self.tickets[name]
        services.answer_review(
            actor=self.office.viewer(ticket.rater), ticket=ticket, answers=answers or {"zeta": 4}, remark=remark
        )

    def release(self, today: date = date(2026, 12, 1)) -> bool:
        return services.release(opening=self.opening, today=today)


def make_reviewed(office, key_name: uuid.UUID | None = None) -> Reviewed:
    """Sari, Tuti and Umar and the head are asked about Budi."""
    names = ["Sari", "Tuti", "Umar"]
    budi, raters = office.employee("Budi"), [office.employee(name) for name in names]
    opening = ReviewRound(
        agency=office.agency,
        name="Putaran II",
        instrument="karakter",
        aspects=services.aspects_of(INSTRUMENT),
        least=LEAST,
        cap=5,
        opens_on=date(2026, 11, 1),
        closes_on=date(2026, 12, 1),
        key_name=key_name or uuid.uuid4(),
    )
    pairs = [Pair(rater.pk, budi.pk, RaterKind.PEER) for rater in raters]
    pairs.append(Pair(office.head.pk, budi.pk, RaterKind.SUPERIOR))
    with services.opening.key_made(opening) as key:
        tickets = services.make_round(opening, pairs, key)
    named = {person.pk: person for person in (*raters, office.head)}
    for ticket in tickets:
        ticket.rater = named[ticket.rater_id]
    return Reviewed(office, budi, raters, opening, {named[t.rater_id].name: t for t in tickets})


@pytest.fixture
def reviewed(office) -> Reviewed:
    return make_reviewed(office)
