"""What the national application's reports look like: columns by name, words of state and predicate (BKN e-Kinerja;
PermenPANRB 6/2022 Pasal 35). Nothing here is official text: the rule set says how sure each part is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from terang.rules.regulations.source import rule_set

PLANS, EVALUATIONS = "plans", "evaluations"
KINDS = (EVALUATIONS, PLANS)
"""Evaluations first: a header that has its columns is never one of plans."""


@dataclass(frozen=True)
class Layout:
    """How reports are read on a day. `columns` gives by kind the headers each field is known by, in lower case;
    `status` gives "draft", "submitted" or "agreed", `predicates` the predicate's code, by the word in lower case."""

    columns: Mapping[str, Mapping[str, tuple[str, ...]]]
    required: Mapping[str, tuple[str, ...]]
    status: Mapping[str, str]
    predicates: Mapping[str, str]
    not_evaluated: frozenset[str]
    substitute: frozenset[str]
    search_rows: int
    title_rows: int
    rule_set: str
    note: str


def layout_on(day: date) -> Layout:
    """The layout in force. Raises RuleInputError before the first one."""
    found = rule_set("national_reports", day)
    told = found.values
    return Layout(
        columns={
            kind: {field: tuple(names) for field, names in columns.items()} for kind, columns in told["columns"].items()
        },
        required={kind: tuple(fields) for kind, fields in told["required"].items()},
        status=told["status"],
        predicates=told["predicates"],
        not_evaluated=frozenset(told["not_evaluated"]),
        substitute=frozenset(told["substitute"]),
        search_rows=told["search_rows"],
        title_rows=told["title_rows"],
        rule_set=found.id,
        note=found.note,
    )
