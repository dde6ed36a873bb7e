"""Whether the parts of a leader's result are carried and add up (PermenPANRB 6/2022 Lampiran II.A.4–5 p. 39–49).

Findings are hints: a leader may know better. Quantities are milli-units.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

DIRECT = ("aspek", "wilayah", "target")
"""Strategies whose parts stand for the leader's whole result (p. 41); `layanan`, `output_antara` do not (p. 43)."""


@dataclass(frozen=True)
class Part:
    """What one person carries under a column. `part_milli` is the share of a split target, None where not split."""

    person: str
    strategy: str
    part_milli: int | None = None


@dataclass(frozen=True)
class Carried:
    """A column with its parts. `target_milli` is the leader's target, None where there is no number."""

    target_milli: int | None
    parts: tuple[Part, ...]

    @property
    def represents_leader(self) -> bool:
        """Whether the parts together stand for the leader's result: every part is a direct strategy."""
        return bool(self.parts) and all(part.strategy in DIRECT for part in self.parts)

    @property
    def missing_milli(self) -> int | None:
        """What the split parts leave of the target (negative: too much); None where nothing is split by number."""
        split = [part.part_milli for part in self.parts if part.part_milli is not None]
        return None if self.target_milli is None or not split else self.target_milli - sum(split)


def findings(column: Carried) -> tuple[Sentence, ...]:
    """What to look at in a column: nobody carries it; the parts do not add up to the target."""
    if not column.parts:
        return (Sentence(_("Belum ada yang memegang hasil ini.")),)
    missing = column.missing_milli
    if missing is None or missing == 0:
        return ()
    amount = {"amount": _number(abs(missing))}
    if missing > 0:
        return (Sentence(_("Bagian-bagiannya belum genap: %(amount)s belum terbagi."), amount),)
    return (Sentence(_("Bagian-bagiannya melebihi target pimpinan: lebih %(amount)s."), amount),)


def people_without_a_role(people: Iterable[str], columns: Iterable[Carried]) -> tuple[str, ...]:
    """Who carries nothing, in the order given. An empty row is allowed ("tidak ada peran"); it is only shown."""
    carrying = {part.person for column in columns for part in column.parts}
    return tuple(person for person in people if person not in carrying)


def _number(milli: int) -> str:
    whole, rest = divmod(milli, 1000)
    grouped = f"{whole:,}".replace(",", ".")
    return grouped if not rest else f"{grouped},{rest:03d}".rstrip("0")
