"""What may follow an evaluation, with its article (PermenPANRB 6/2022 Pasal 27–34). A person decides."""

from dataclasses import dataclass
from datetime import date

from terang.rules.regulations.source import rule_set
from terang.rules.regulations.words import predicate as predicate_code


@dataclass(frozen=True)
class PossibleAction:
    """One follow-up the regulation names. `label` is Indonesian; `article` says where it stands."""

    code: str
    label: str
    article: str


def possible_actions(predicate: str, on: date | None = None) -> tuple[PossibleAction, ...]:
    """The follow-ups open after a predicate, in any usual spelling. Raises RuleInputError for an unknown one.

    Which predicates open rewards or guidance is our reading: the articles name the follow-ups, not the predicates.
    """
    values = rule_set("follow_up", on).values
    codes = values["possible"][predicate_code(predicate)]
    return tuple(PossibleAction(code, **values["actions"][code]) for code in codes)
