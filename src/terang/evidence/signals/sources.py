"""Which sources there are (`TERANG_SIGNALS`), and the thresholds a government has in force for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from terang.evidence.oddities import Source
from terang.evidence.signals.models import SignalTerms

USUAL_ANSWER_DAYS = 5
"""Working days to explain where a government set nothing: Terang's own starting point, as for look-alikes."""
LEAST_DAYS, MOST_DAYS = 2, 20


@cache
def sources() -> tuple[Source, ...]:
    """Every source of every room, in the order of the settings."""
    return tuple(source for path in settings.TERANG_SIGNALS for source in import_string(path))


def source_of(kind: str) -> Source | None:
    return next((source for source in sources() if source.kind == kind), None)


def kind_title(kind: str) -> str:
    """The words of a kind; a kind that is gone keeps its code."""
    source = source_of(kind)
    return gettext(source.title) if source else kind


def kinds() -> list[tuple[str, str]]:
    return [(source.kind, gettext(source.title)) for source in sources()]


@dataclass(frozen=True)
class Terms:
    """As `SignalTerms`, whether entered or usual."""

    answer_days: int = USUAL_ANSWER_DAYS
    limits: Mapping[str, int] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()

    def asks(self, source: Source) -> bool:
        return source.kind not in self.silent

    def limits_of(self, source: Source) -> dict[str, int]:
        """The thresholds of a source by code."""
        own = {code: self.limits.get(f"{source.kind}.{code}") for code in source.usual()}
        return source.usual() | {code: value for code, value in own.items() if value is not None}


def terms_on(agency_id: int, day: date) -> Terms:
    """The terms in force on a day. One query."""
    row = SignalTerms.objects.filter(agency_id=agency_id, valid_from__lte=day).first()
    return Terms(row.answer_days, row.limits, frozenset(row.silent)) if row else Terms()
