"""What feeding Terang costs: declared time for each kind of entry, and how it is spread over people. Pure.

Counts what the journal holds already. Times are declared, dated and named as assumed or measured: an estimate of forms,
not a measurement of people.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from terang.rules.regulations.source import rule_set

MINUTE = 60


@dataclass(frozen=True)
class EntryKind:
    """One kind of form. `verbs` of the journal each count one entry of `seconds`; `told_by` says where that number is
    from, `drop` what could be left out."""

    code: str
    label: str
    label_en: str
    verbs: tuple[str, ...]
    seconds: int
    told_by: str
    drop: str
    drop_en: str


def entry_kinds(on: date) -> tuple[EntryKind, ...]:
    """The kinds in force on a day, in the order of the file. Raises RuleInputError before the first version."""
    rows = rule_set("burden", on).values["kinds"]
    return tuple(EntryKind(**{**row, "verbs": tuple(row["verbs"])}) for row in rows)


def kind_by_verb(kinds: Collection[EntryKind]) -> dict[str, EntryKind]:
    """A verb belongs to one kind."""
    return {verb: kind for kind in kinds for verb in kind.verbs}


def seconds_of(counts: Mapping[str, int], kinds: Collection[EntryKind]) -> int:
    """The time of so many entries by verb; verbs that are no form take none."""
    known = kind_by_verb(kinds)
    return sum(number * known[verb].seconds for verb, number in counts.items() if verb in known)


def minutes(seconds: int) -> int:
    """Whole minutes, half-up."""
    return (2 * seconds + MINUTE) // (2 * MINUTE)


@dataclass(frozen=True)
class Spread:
    """Minutes a week: half of the people need at most `median`, nine of ten at most `ninetieth`."""

    people: int
    median: int
    ninetieth: int


def spread(seconds: Collection[int]) -> Spread | None:
    """Of one number for each person, also those with none (0); None of nobody. The lower value where two are in the
    middle."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    number = len(ordered)
    median, ninetieth = (ordered[-(-number * part // 10) - 1] for part in (5, 9))
    return Spread(number, minutes(median), minutes(ninetieth))
