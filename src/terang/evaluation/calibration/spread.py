"""The spread of predicates before and after, beside the pattern of each unit's own predicate. Guidance, never a limit
(PermenPANRB 6/2022 Lampiran IV p. 94–97; SE MenPANRB 3/2023)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext

from terang.evaluation.appraisals.models import OrganisationPredicate, Predicate
from terang.evaluation.appraisals.reasons import spread_check
from terang.evaluation.appraisals.wording import short_label
from terang.evaluation.calibration.models import CalibrationSession, Placement
from terang.evaluation.calibration.selectors import counts_of
from terang.registry.organization.models import Unit
from terang.rules.regulations.curve import expected_people
from terang.web.charts import Bar, Columns


@dataclass(frozen=True)
class Row:
    """One predicate: people before, people now, and how many the pattern shows (missing in too small a group)."""

    label: str
    before: int
    after: int
    expected: int | None

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def told_change(self) -> str:
        """The change with its sign."""
        return f"{self.change:+}".replace("-", "−")


@dataclass(frozen=True)
class Spread:
    """Both spreads, and for each unit of the pattern what its spread of now leaves of it."""

    rows: list[Row]
    before: Columns
    after: Columns
    told: list[tuple[Unit, tuple[str, ...]]]


def spread_of(session: CalibrationSession, placements: Collection[Placement]) -> Spread:
    """The pattern is drawn for the whole session: each unit's people on the curve of the unit's own predicate, where
    the session has at least the window's `least_people`. One query."""
    before, after = counts_of(placements)
    curve = _curve(session, placements)
    rows = [
        Row(short_label(code), before[code], after[code], curve[code] if curve else None) for code in Predicate.values
    ]
    return Spread(
        rows,
        _chart(gettext("Sebelum"), before, curve),
        _chart(gettext("Sesudah"), after, curve),
        _told(session, placements),
    )


def _curve(session: CalibrationSession, placements: Collection[Placement]) -> Counter[str]:
    if len(placements) < session.window.least_people:
        return Counter()
    found: Counter[str] = Counter()
    groups = Counter(each.appraisal.organisation for each in placements)
    for organisation, people in groups.items():
        found.update(expected_people(organisation, people, session.window.closes_on))
    return found


def _chart(title: str, counts: Counter[str], curve: Counter[str]) -> Columns:
    return Columns(
        title,
        [Bar(short_label(code), counts[code]) for code in Predicate.values],
        lead=gettext("Garis: pola menurut predikat organisasi.") if curve else "",
        expected=[curve[code] for code in Predicate.values] if curve else [],
        heads=(gettext("Predikat"), gettext("Orang")),
    )


def _told(session: CalibrationSession, placements: Collection[Placement]) -> list[tuple[Unit, tuple[str, ...]]]:
    units = {each.appraisal.unit_id: each.appraisal.unit for each in placements}
    known = {each.unit_id: each for each in OrganisationPredicate.objects.filter(window=session.window, unit__in=units)}
    counts: dict[int, Counter[str]] = {}
    for each in placements:
        counts.setdefault(each.appraisal.unit_id, Counter())[each.predicate] += 1
    checks = {pk: spread_check(session.window, counts[pk], known.get(pk)) for pk in units}
    return [(units[pk], check.warnings) for pk, check in sorted(checks.items()) if check and not check.ok]
