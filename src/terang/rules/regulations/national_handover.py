"""What is handed to the national application: the columns of each kind of file (PermenPANRB 6/2022 Pasal 35). Nothing
here is official text: the rule set says how sure each part is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from terang.rules.regulations.source import rule_set

PROGRESS, PLANS, EVALUATIONS = "progress", "plans", "evaluations"


@dataclass(frozen=True)
class HandOver:
    """The files of a day. `heads` gives by kind the titles of the columns, `data_source` what stands under "Sumber
    Data"."""

    heads: Mapping[str, tuple[str, ...]]
    data_source: str
    rule_set: str
    note: str


def hand_over_on(day: date) -> HandOver:
    """The layout in force. Raises RuleInputError before the first one."""
    found = rule_set("national_handover", day)
    heads = {kind: tuple(titles) for kind, titles in found.values["heads"].items()}
    return HandOver(heads, found.values["data_source"], found.id, found.note)
