"""The times a policy can be replayed on: a period with scores, the last calendar year, the last twelve months."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from terang.evaluation.models import Period
from terang.evaluation.periods import period_title, span_of
from terang.evaluation.replay.models import EvidenceCopy
from terang.registry.organization.models import Agency
from terang.web.numbers import longdate

RECENT = 24
"""Periods offered, newest first."""


@dataclass(frozen=True)
class Stretch:
    """A time to replay on; `end` is exclusive. `code` names it in forms and on the command line."""

    code: str
    title: str
    start: date
    end: date
    period: Period | None = None


def stretches(agency: Agency, today: date) -> list[Stretch]:
    """What can be chosen, the widest first; periods only once they have begun. 1 query."""
    begun = list(Period.objects.filter(agency=agency, starts_on__lte=today)[:RECENT])
    known = {(period.starts_on, period.ends_on) for period in begun}
    wide = [each for each in (_twelve_months(today), _last_year(today)) if (each.start, each.end) not in known]
    return [*wide, *(Stretch(f"p{each.pk}", each.title, each.starts_on, each.ends_on, each) for each in begun)]


def _twelve_months(today: date) -> Stretch:
    """The last twelve whole months."""
    end = today.replace(day=1)
    return Stretch("12-bulan", _("Dua belas bulan terakhir"), end.replace(year=end.year - 1), end)


def _last_year(today: date) -> Stretch:
    year = span_of("year", today.replace(year=today.year - 1, day=1))
    return Stretch("tahun-lalu", period_title(year.kind, year.start), year.start, year.end)


def title_of(copy: EvidenceCopy) -> str:
    """The time of a copy, in the reader's language. No query where its period was read along."""
    if copy.period is not None:
        return copy.period.title
    return _("%(first)s sampai %(last)s") % {"first": longdate(copy.starts_on), "last": longdate(copy.last_day)}
