"""What a replay shows: the spread before and after, who moves, units and groups, money; never about very few people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terang.engine.replay import BIN_BP, BINS, RATINGS, Comparison, Tally
from terang.evaluation.wording import rating
from terang.registry.people.models import EmploymentStatus, PostKind
from terang.rules.policies import Policy
from terang.web.charts import Bar, Bars, Columns
from terang.web.numbers import rupiah, score

LEAST_PEOPLE = 5
"""Groups of fewer people are put together for everybody but the personnel agency: a count of two names both."""
SHOWN = 12
"""Rows of units on the page; the download has all."""


@dataclass(frozen=True)
class Line:
    """One row of a table of units or groups. `few`: several small ones put together."""

    label: str
    tally: Tally
    few: bool = False

    @property
    def paid_change(self) -> str:
        return rupiah_change(self.tally.paid_change)

    @property
    def where_to(self) -> str:
        """Who changes class, in words; what nobody does is left out."""
        words = (
            (_("%(n)s naik"), self.tally.up),
            (_("%(n)s turun"), self.tally.down),
            (_("%(n)s kini berkelas"), self.tally.appeared),
            (_("%(n)s tanpa kelas lagi"), self.tally.vanished),
        )
        return ", ".join(text % {"n": count} for text, count in words if count)


def rupiah_change(value: int) -> str:
    """A change of money with its sign before the unit."""
    return f"+{rupiah(value)}" if value > 0 else f"−{rupiah(-value)}" if value < 0 else rupiah(0)


@dataclass(frozen=True)
class Crossing:
    """Suggested ratings before (rows) and after (columns): the label of the row and its counts with what they mean."""

    label: str
    cells: tuple[tuple[int, str], ...]


def histogram(comparison: Comparison, policy: Policy) -> Columns:
    """Totals in classes of ten: columns after, broken lines before. Empty classes at either end are left out."""
    pairs = comparison.histogram()
    filled = [number for number, pair in enumerate(pairs) if any(pair)] or [0]
    shown = range(filled[0], filled[-1] + 1)
    return Columns(
        title=_("Sebaran nilai"),
        columns=[Bar(_bin_label(number), pairs[number][1], _bin_kind(number, policy)) for number in shown],
        expected=[pairs[number][0] for number in shown],
        lead=_("Batang: kebijakan yang dicoba. Garis: kebijakan yang berlaku. Standar yang dicoba %(standard)s.")
        % {"standard": score(policy.standard_bp)},
        heads=(_("Nilai"), _("Orang")),
    )


def _bin_label(number: int) -> str:
    low = number * BIN_BP // 100
    return str(low) if number == BINS - 1 else f"{low}–{low + 9}"


def _bin_kind(number: int, policy: Policy) -> str:
    return "attention" if (number + 1) * BIN_BP <= policy.standard_bp else ""


def crossing(counts: Mapping[tuple[str, str], int]) -> list[Crossing]:
    """The table of ratings before and after; all counts add up to everybody."""
    order = {code: place for place, code in enumerate(reversed(RATINGS))}

    def kind(before: str, after: str) -> str:
        if before == after:
            return "same"
        if "none" in (before, after):
            return "other"
        return "up" if order[after] > order[before] else "down"

    return [
        Crossing(rating(before), tuple((counts.get((before, after), 0), kind(before, after)) for after in RATINGS))
        for before in RATINGS
    ]


def lines(tallies: Mapping[str, Tally], least: int = 0) -> list[Line]:
    """Rows by label, most moved first. Those of fewer than `least` people are put together, with further small ones
    until they are enough, so that nobody can be counted out by subtraction; together the rows are the whole."""
    small = sorted((tally.people, label) for label, tally in tallies.items())
    together: list[str] = []
    for people, label in small:
        if people >= least and (not together or sum(tallies[each].people for each in together) >= least):
            break
        together.append(label)
    rows = [Line(label, tally) for label, tally in tallies.items() if label not in together]
    rows.sort(key=_most_moved)
    if together:
        said = ngettext("%(n)s kelompok kecil", "%(n)s kelompok kecil digabung", len(together)) % {"n": len(together)}
        rows.append(Line(said, sum((tallies[label] for label in together), Tally()), few=True))
    return rows


def unit_lines(offices: Mapping[str, Mapping[str, Tally]], least: int = 0) -> list[Line]:
    """Rows of units, most moved first. Small ones are put together within their office, so that none can be reckoned
    from the office's own row; offices that are put together themselves show no units."""
    wholes = {office: sum(units.values(), Tally()) for office, units in offices.items()}
    shown = lines(wholes, least)
    rows = [row for row in shown if row.few]
    for office in (row.label for row in shown if not row.few):
        rows += [_within(office, row) for row in lines(offices[office], least)]
    return sorted(rows, key=_most_moved)


def _within(office: str, row: Line) -> Line:
    return row if row.label == office else replace(row, label=f"{office} · {row.label}")


def _most_moved(row: Line) -> tuple[bool, int, int, str]:
    """What is put together stands last."""
    return (row.few, -row.tally.moved, -(row.tally.better + row.tally.worse), row.label)


def groups(comparison: Comparison, least: int) -> list[tuple[str, list[Line]]]:
    """Winners and losers by kind of post, status of employment, family of posts; a table of one row tells nothing."""
    found = [
        (_("Jenis jabatan"), _labelled(comparison.by("kind"), dict(PostKind.choices))),
        (_("Status kepegawaian"), _labelled(comparison.by("status"), dict(EmploymentStatus.choices))),
        (_("Rumpun jabatan"), _labelled(comparison.by("category"), {"": _("tanpa rumpun")})),
    ]
    return [(title, lines(tallies, least)) for title, tallies in found if len(tallies) > 1]


def _labelled(tallies: Mapping[str, Tally], words: Mapping[str, object]) -> dict[str, Tally]:
    return {str(words.get(code, code.replace("_", " "))): tally for code, tally in tallies.items()}


def unit_bars(rows: list[Line]) -> Bars:
    """How many change their class in each unit, those that move most."""
    return Bars(
        title=_("Di mana kelas berpindah"),
        bars=[Bar(row.label, row.tally.moved, note=row.where_to) for row in rows[:SHOWN] if row.tally.moved],
        heads=(_("Unit"), _("Orang")),
    )
