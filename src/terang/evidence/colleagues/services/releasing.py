"""A closed round is released: all ballots are opened at once, groups that are large enough become figures, and
everything that could still tell a rater is destroyed. It happens once; nothing is ever calculated again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from secrets import SystemRandom

from django.db import transaction

from terang.audit.services import Event, record, record_many
from terang.evidence.colleagues.ballots import Answer, DamagedBallot, sealer_of
from terang.evidence.colleagues.models import ReviewGroup, ReviewRemark, ReviewRound, ReviewTally, ReviewTicket
from terang.evidence.colleagues.services.cancelling import clear_away
from terang.evidence.colleagues.states import RoundState, state_of
from terang.registry.people.models import Employee
from terang.rules.reviews.draw import Group
from terang.rules.reviews.tallying import Sheet, Tallied, tally
from terang.web.scrubbing import scrub
from terang.web.writing import write

Opened = list[tuple[ReviewTicket, Answer | None]]

lot = SystemRandom()


def release(*, opening: ReviewRound, today: date) -> bool:
    """Releases a round whose days are over; returns False where it is not closed, or ended already. Raises NotNow where
    the key is missing or a ballot is damaged: then nothing has changed."""
    with transaction.atomic():
        current = ReviewRound.objects.select_for_update().get(pk=opening.pk)
        if state_of(current, today) != RoundState.CLOSED:
            return False
        opened = _opened(current)
        told = tally((Sheet(*t.group, a.values if a else None) for t, a in opened), current.least)
        keep(current, told)
        write(_remarks(current, opened, told.groups))
        clear_away(current)
        current.released_on = today
        current.save(update_fields=["released_on"])
        _journal(current, told)
    return True


def _opened(opening: ReviewRound) -> Opened:
    """Every ticket with its answer. Raises DamagedBallot where one has no ballot."""
    sealer = sealer_of(opening)
    tickets = {sealer.locator(ticket.pk): ticket for ticket in opening.tickets.order_by("pk")}
    opened = [
        (tickets.pop(locator), sealer.open(locator, sealed))
        for locator, sealed in opening.ballots.values_list("locator", "sealed").iterator()
        if locator in tickets
    ]
    if tickets:
        raise DamagedBallot
    return opened


def keep(opening: ReviewRound, told: Tallied) -> None:
    """Groups and figures in the order of subject, kind and aspect, which says nothing about raters."""
    write([ReviewGroup(round=opening, subject_id=pk, kind=kind, enough=is_) for (pk, kind), is_ in told.groups.items()])
    write(
        [
            ReviewTally(
                round=opening,
                subject_id=each.subject,
                kind=each.kind,
                aspect=each.aspect,
                answers=each.answers,
                mean_milli=each.mean_milli,
            )
            for each in told.figures
        ]
    )


def _remarks(opening: ReviewRound, opened: Opened, groups: Mapping[Group, bool]) -> list[ReviewRemark]:
    """The words of groups that are large enough, without names, in random order. They are sorted first, so that the
    order they came out in cannot shine through."""
    spoken = [
        (ticket.subject_id, answer.remark)
        for ticket, answer in opened
        if answer and answer.remark and groups[ticket.group]
    ]
    names = _names({subject for subject, _remark in spoken}, [ticket for ticket, _answer in opened])
    words = sorted((subject, scrub(remark, names[subject])) for subject, remark in spoken)
    lot.shuffle(words)
    longest = ReviewRemark._meta.get_field("text").max_length
    return [ReviewRemark(round=opening, subject_id=subject, text=text[:longest]) for subject, text in words]


def _names(subjects: Iterable[int], tickets: Sequence[ReviewTicket]) -> dict[int, set[str]]:
    """Whose names are taken out of words to a person: the person's, and those of everybody the person is asked about or
    asked by, and of their neighbours in the draw."""
    raters, rated = defaultdict(set), defaultdict(set)
    for ticket in tickets:
        if ticket.rater_id is None:
            continue
        raters[ticket.subject_id].add(ticket.rater_id)
        rated[ticket.rater_id].add(ticket.subject_id)
    near = {pk: set(_near(pk, raters, rated)) for pk in subjects}
    wanted = {pk for ids in near.values() for pk in ids}
    named = dict(Employee.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {pk: {named[each] for each in ids if each in named} for pk, ids in near.items()}


def _near(subject: int, raters: Mapping[int, set[int]], rated: Mapping[int, set[int]]) -> Iterator[int]:
    yield subject
    yield from rated.get(subject, ())
    for rater in raters.get(subject, ()):
        yield rater
        yield from rated.get(rater, ())


def _journal(opening: ReviewRound, told: Tallied) -> None:
    """One entry for the round, and one for each person whose figures exist now: their scores are computed again."""
    record("colleagues.round_released", actor=None, obj=opening, agency_id=opening.agency_id)
    subjects = sorted({figure.subject for figure in told.figures})
    events = [Event("colleagues.results_released", opening, subject_employee_id=pk) for pk in subjects]
    record_many(events, actor=None, agency_id=opening.agency_id)
