"""A wave is opened: people are drawn by lot, a key is made, and every ticket gets its empty sheet."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from secrets import SystemRandom

from django.db import transaction

from terang.audit.services import record
from terang.evidence.colleagues.ballots import Sealer
from terang.evidence.colleagues.round_keys import destroy_key, make_key
from terang.follow_up.pulse.models import PulseSheet, PulseTicket, PulseTurn, Wave
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee, PostKind
from terang.registry.people.selectors import main_posts
from terang.rules.pulse import draw, pulse_terms
from terang.web.writing import replace, write

lot = SystemRandom()
"""Whose generator is not kept: a seed would tell who was asked for as long as it exists."""


def open_wave(*, agency: Agency, today: date) -> Wave | None:
    """The wave of the month of `today`; the same one twice. None where too few people have rested: nobody is asked."""
    month, terms = today.replace(day=1), pulse_terms(today)
    if known := Wave.objects.filter(agency=agency, month=month).first():
        return known
    units = _staff(agency, today)
    last = dict(PulseTurn.objects.filter(employee__agency=agency).values_list("employee_id", "month"))
    drawn = draw(units.keys(), last, month, terms, lot)
    if not drawn:
        return None
    wave = Wave(
        agency=agency,
        month=month,
        opens_on=today,
        closes_on=today + timedelta(days=terms.open_days),
        asked=len(drawn),
    )
    fill(wave, drawn, units)
    return wave


def _staff(agency: Agency, today: date) -> dict[int, int]:
    """The unit of everybody who can be asked: in service with an account and a post that is not elected."""
    rows = Employee.objects.filter(agency=agency, user__is_active=True, left_on=None)
    posts = main_posts(list(rows.order_by().values_list("pk", flat=True)), today)
    return {pk: row.post.unit_id for pk, row in posts.items() if row.post.kind != PostKind.ELECTED}


def fill(wave: Wave, drawn: Iterable[int], units: Mapping[int, int]) -> None:
    """Saves a wave with its tickets and, in the order of their locators, their empty sheets, and keeps whose turn it
    was. The key goes again where that fails."""
    key = make_key(wave.key_name)
    try:
        with transaction.atomic():
            wave.save(force_insert=True)
            tickets = [PulseTicket(wave=wave, employee_id=each, unit_id=units[each]) for each in drawn]
            PulseTicket.objects.bulk_create(tickets, batch_size=2_000)
            sealer = Sealer(key)
            locators = sorted(sealer.locator(ticket.pk) for ticket in tickets)
            write([PulseSheet(locator=each, wave=wave, sealed=sealer.seal(each, None)) for each in locators])
            turns = [(ticket.employee_id, wave.month) for ticket in tickets]
            replace(PulseTurn, ["employee", "month"], turns, key=["employee"])
            record("pulse.opened", actor=None, obj=wave, agency_id=wave.agency_id, changes={"asked": wave.asked})
    except BaseException:
        destroy_key(wave.key_name)
        raise
