"""The worker looks over every source once a day in each government and keeps what it finds as new questions."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from terang.audit.alone import alone
from terang.audit.services import record
from terang.evidence.oddities import Oddity, Source, Span
from terang.evidence.signals.models import Signal, SignalTrace, Sweep
from terang.evidence.signals.sources import Terms, sources, terms_on
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts

MOST_FOUND = 100
"""New questions of one source on one day: a team can look at no more; the rest is found on the days after."""
AT_ONCE = 200
"""Of what a source finds, so many are compared with what is known together."""

logger = logging.getLogger(__name__)


def sweep() -> None:
    """Looks over what was not looked over today. The worker calls it every hour; twice is as good as once. One source
    that fails keeps no other and no other government from being asked."""
    for agency in Agency.objects.all():
        today = local_today(agency)
        terms = terms_on(agency.pk, today)
        done = set(Sweep.objects.filter(agency=agency, day=today).values_list("kind", flat=True))
        for source in sources():
            if source.kind not in done and terms.asks(source):
                alone(_look_apart, agency, source, terms, today)


def _look_apart(agency: Agency, source: Source, terms: Terms, today: date) -> None:
    with _apart():
        look_over(agency=agency, source=source, terms=terms, today=today)


def _apart() -> AbstractContextManager[object]:
    """A savepoint within a transaction. Outside of one each query stands alone, and a long look must not hold the lock
    that a transaction takes (SQLite)."""
    return transaction.atomic() if transaction.get_connection().in_atomic_block else nullcontext()


def look_over(*, agency: Agency, source: Source, terms: Terms, today: date) -> int:
    """Asks one source and keeps what is new; returns how many questions that made. Seven queries, those of the source,
    and some for each new question."""
    since = today - timedelta(days=source.days + source.recalls)
    asked = SignalTrace.objects.filter(agency=agency, kind=source.kind, signal__found_on__gte=since)
    known = frozenset(asked.values_list("ref", flat=True))
    span = Span(agency, today - timedelta(days=source.days), today, known)
    dropped: Counter[str] = Counter()
    new = _new(agency, source, source.find(span, terms.limits_of(source)), today, dropped)
    chosen = list(islice(new, MOST_FOUND))
    for found, unit_id in chosen:
        with transaction.atomic():
            _keep(agency, source, found, unit_id, today)
    Sweep.objects.update_or_create(agency=agency, kind=source.kind, defaults={"day": today})
    if dropped or len(chosen) == MOST_FOUND:
        logger.info("Pertanyaan %s di %s: %s baru, dilewati %s", source.kind, agency, len(chosen), dict(dropped))
    return len(chosen)


def _new(
    agency: Agency, source: Source, found: Iterable[Oddity], today: date, dropped: Counter[str]
) -> Iterator[tuple[Oddity, int]]:
    """What nobody was asked about yet and somebody can answer, with the unit; what is `dropped` is counted by why.
    At most five queries for so many found (`AT_ONCE`)."""
    rest, taken = iter(found), set[str]()
    while some := list(islice(rest, AT_ONCE)):
        refs = {trace.ref for each in some for trace in each.traces}
        rows = SignalTrace.objects.filter(agency=agency, kind=source.kind, ref__in=refs)
        taken |= set(rows.values_list("ref", flat=True))
        units = _units(some, today)
        for each in some:
            unit_id = each.unit_id if each.employee_id is None else units.get(each.employee_id)
            own = {trace.ref for trace in each.traces}
            if why := _why_not(unit_id, own, taken):
                dropped[why] += 1
            elif unit_id is not None:
                taken |= own
                yield each, unit_id


def _why_not(unit_id: int | None, own: set[str], taken: set[str]) -> str:
    if unit_id is None:
        return "tidak ada yang dapat ditanya"
    if not own:
        return "tanpa catatan"
    return "sudah ditanyakan" if own & taken else ""


def _units(found: Iterable[Oddity], today: date) -> dict[int, int]:
    """Where everybody found works today. Who has left is nobody to ask, and is left out. Three queries."""
    people = {each.employee_id for each in found if each.employee_id}
    gone = set(Employee.objects.filter(pk__in=people, left_on__lte=today).values_list("pk", flat=True))
    return {pk: post.post.unit_id for pk, post in main_posts(people - gone, today).items()}


def _keep(agency: Agency, source: Source, found: Oddity, unit_id: int, today: date) -> None:
    """The journal names neither the person nor the unit: until asked, only the team knows."""
    signal = Signal.objects.create(
        agency=agency,
        unit_id=unit_id,
        employee_id=found.employee_id,
        kind=source.kind,
        first_day=found.first,
        last_day=found.last,
        sentence=found.sentence.stored(),
        found_at=timezone.now(),
        found_on=today,
    )
    SignalTrace.objects.bulk_create(
        SignalTrace(
            signal=signal,
            agency=agency,
            kind=source.kind,
            ref=trace.ref,
            day=trace.day,
            words=trace.words.stored(),
            url=trace.url,
        )
        for trace in found.traces
    )
    record("signals.found", actor=None, obj=signal, agency_id=agency.pk, changes={"kind": source.kind})
