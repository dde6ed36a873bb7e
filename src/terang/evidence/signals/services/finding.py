"""The worker looks over every source once a day in each government and keeps what it finds as new questions."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from django.db import DatabaseError, IntegrityError, InterfaceError, transaction
from django.utils import timezone

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

logger = logging.getLogger(__name__)


def sweep() -> None:
    """Looks over what was not looked over today. The worker calls it every hour; twice is as good as once."""
    for agency in Agency.objects.all():
        today = local_today(agency)
        terms = terms_on(agency.pk, today)
        done = set(Sweep.objects.filter(agency=agency, day=today).values_list("kind", flat=True))
        for source in sources():
            if source.kind not in done and terms.asks(source):
                _guarded(agency, source, terms, today)


def _guarded(agency: Agency, source: Source, terms: Terms, today: date) -> None:
    """One source that fails keeps no other from being asked."""
    try:
        look_over(agency=agency, source=source, terms=terms, today=today)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        logger.exception("Pertanyaan %s di %s belum dicari; dicoba lagi", source.kind, agency)


def look_over(*, agency: Agency, source: Source, terms: Terms, today: date) -> int:
    """Asks one source and keeps what is new; returns how many questions that made. Four queries and those of the
    source, and some for each new question."""
    known = SignalTrace.objects.filter(agency=agency, kind=source.kind).values_list("ref", flat=True)
    span = Span(agency, today - timedelta(days=source.days), today, frozenset(known))
    found = list(islice(source.find(span, terms.limits_of(source)), MOST_FOUND))
    units = _units(found, today)
    made = sum(_kept(agency, source, each, units, today) for each in found)
    Sweep.objects.update_or_create(agency=agency, kind=source.kind, defaults={"day": today})
    return made


def _units(found: Iterable[Oddity], today: date) -> dict[int, int]:
    """Where everybody found works today. Who has left is nobody to ask, and is left out. Two queries."""
    people = {each.employee_id for each in found if each.employee_id}
    gone = set(Employee.objects.filter(pk__in=people, left_on__lte=today).values_list("pk", flat=True))
    return {pk: post.post.unit_id for pk, post in main_posts(people - gone, today).items()}


def _kept(agency: Agency, source: Source, found: Oddity, units: dict[int, int], today: date) -> bool:
    """Keeps one; False where nobody is there to ask, or another worker was quicker."""
    unit_id = found.unit_id if found.employee_id is None else units.get(found.employee_id)
    if unit_id is None or not found.traces:
        return False
    try:
        with transaction.atomic():
            _keep(agency, source, found, unit_id, today)
    except IntegrityError:
        return False
    return True


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
