"""A closed wave is released: all sheets are opened at once, groups that may be shown become figures, and everything
that could still tell who said what is destroyed. It happens once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from secrets import SystemRandom

from django.db import transaction

from terang.audit.services import record
from terang.evidence.colleagues.ballots import Answer, DamagedBallot, Sealer
from terang.evidence.colleagues.round_keys import read_key
from terang.follow_up.pulse.models import PulseFigure, PulseRemark, Wave
from terang.follow_up.pulse.questions import CODES
from terang.follow_up.pulse.services.running import clear_away
from terang.follow_up.pulse.states import is_closed
from terang.registry.people.models import Employee
from terang.rules.pulse import PulseTerms, lineage, pulse_terms, shown_groups, told_share
from terang.web.scrubbing import scrub
from terang.web.writing import write

Told = tuple[str, Answer]
"""The path of the unit, and what was said in it."""

lot = SystemRandom()


def release(*, wave: Wave, today: date) -> bool:
    """Releases a wave whose days are over; False where it is not closed, or ended already. Raises NotNow where the key
    is missing or a sheet is damaged: then nothing has changed."""
    with transaction.atomic():
        held = Wave.objects.select_for_update().get(pk=wave.pk)
        if not is_closed(held, today):
            return False
        terms, told = pulse_terms(held.month), _opened(held)
        write(figures_of(held, told, terms))
        if len(told) >= terms.least_answers:
            keep_words(held, [answer.remark for _path, answer in told if answer.remark], terms)
        clear_away(held)
        held.released_on = today
        held.save(update_fields=["released_on"])
        record("pulse.released", actor=None, obj=held, agency_id=held.agency_id)
    return True


def _opened(wave: Wave) -> list[Told]:
    """Every answer with the unit it was given in. Raises DamagedBallot where a ticket has no sheet."""
    sealer = Sealer(read_key(wave.key_name))
    rows = wave.tickets.order_by("pk").values_list("pk", "unit__path")
    places = {sealer.locator(ticket_id): path for ticket_id, path in rows}
    opened = [
        (places.pop(locator), sealer.open(locator, sealed))
        for locator, sealed in wave.sheets.values_list("locator", "sealed").iterator()
        if locator in places
    ]
    if places:
        raise DamagedBallot
    return [(path, answer) for path, answer in opened if answer]


def figures_of(wave: Wave, told: Iterable[Told], terms: PulseTerms) -> list[PulseFigure]:
    """The figures that may be shown, each question by itself, in the order of questions and units."""
    found: list[PulseFigure] = []
    rows = list(told)
    for question in CODES:
        values: dict[str, list[int]] = defaultdict(list)
        alone: dict[str, int] = defaultdict(int)
        for path, answer in rows:
            if question in answer.values:
                alone[path] += 1
                for above in lineage(path):
                    values[above].append(answer.values[question])
        for path in shown_groups(alone, terms.least_answers):
            share = told_share(values[path], terms.agree_from)
            found.append(
                PulseFigure(
                    wave=wave,
                    unit_id=int(path.strip("/").rpartition("/")[2]),
                    question=question,
                    answers=share.answers,
                    agree_bp=share.agree_bp,
                    low_bp=share.low_bp,
                    high_bp=share.high_bp,
                )
            )
    return found


def keep_words(wave: Wave, words: Sequence[str], terms: PulseTerms) -> None:
    """Words without names; shown together with those that waited once there are enough, in random order. They are
    sorted first, so that the order they came out in cannot shine through."""
    names = list(Employee.objects.filter(agency_id=wave.agency_id).values_list("name", flat=True)) if words else []
    waiting = PulseRemark.objects.filter(agency_id=wave.agency_id, wave=None)
    texts = sorted([*(scrub(each, names) for each in words), *waiting.values_list("text", flat=True)])
    lot.shuffle(texts)
    waiting.delete()
    shown = wave if len(texts) >= terms.least_words else None
    longest = PulseRemark._meta.get_field("text").max_length
    write([PulseRemark(agency_id=wave.agency_id, wave=shown, text=text[:longest]) for text in texts])
