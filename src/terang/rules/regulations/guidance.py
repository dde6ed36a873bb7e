"""Performance guidance and counselling (PermenPANRB 6/2022 Lampiran III.D): the fixed words of the forms, and the two
numbers the text leaves open."""

from dataclasses import dataclass
from datetime import date

from terang.rules.regulations.source import rule_set

MANAGERIAL, SOCIOCULTURAL, TECHNICAL = "managerial", "sociocultural", "technical"


@dataclass(frozen=True)
class Mark:
    """One mark of the scale of competence: its number, name and when it is given."""

    mark: int
    name: str
    when: str


@dataclass(frozen=True)
class Criteria:
    """One third of the feedback on a guidance: what it is about, and what is asked."""

    code: str
    subject: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class GuidanceForms:
    """What Formats B.1.8 and B.1.9 print. Technical competences are the post's own and stand on no form."""

    managerial: tuple[str, ...]
    sociocultural: tuple[str, ...]
    scale: tuple[Mark, ...]
    told: tuple[Criteria, ...]


def guidance_forms(on: date | None = None) -> GuidanceForms:
    """The forms in force on a day; without a day the newest. Raises RuleInputError before the first."""
    values = rule_set("guidance", on).values
    return GuidanceForms(
        tuple(values["managerial"]),
        tuple(values["sociocultural"]),
        tuple(Mark(each["mark"], each["name"], each["when"]) for each in values["scale"]),
        tuple(Criteria(each["code"], each["subject"], tuple(each["criteria"])) for each in values["told"]),
    )


@dataclass(frozen=True)
class CounsellingRule:
    """`told_from`: only whole groups of so many are ever counted. `kept_months`: how long after its end a counselling
    can still be read by its two people; then it is destroyed."""

    told_from: int
    kept_months: int


def counselling_rule(on: date | None = None) -> CounsellingRule:
    """The rule in force on a day; without a day the newest. Raises RuleInputError before the first."""
    values = rule_set("counselling", on).values
    return CounsellingRule(values["told_from"], values["kept_months"])


def told_number(held: int, rule: CounsellingRule) -> int:
    """How many counsellings are told: whole groups only, so that the last is never told by itself: 23 → 20."""
    return held - held % rule.told_from
