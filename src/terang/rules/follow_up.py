"""What follows from scores, predicates and history: what is due, with its reason. Pure; a person decides what is done.

Nothing here is a punishment: the strongest that can be due is a chance to improve with help (PermenPANRB 6/2022
Pasal 20–22, PP 30/2019 Pasal 57).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from terang.rules.catalogue import MEASURES
from terang.rules.improvement import improvement_rule
from terang.rules.policies.model import Policy
from terang.rules.policies.problems import percent
from terang.rules.regulations.words import predicate as predicate_code
from terang.rules.sentences import Part, Sentence
from terang.rules.sentences import mark as _

DueKind = Literal[
    "corrective",
    "talk",
    "coaching",
    "training",
    "improvement",
    "succession_pool",
    "development_priority",
]


@dataclass(frozen=True)
class Standing:
    """Where a person stands in a running period.

    `below_days` are the working days since `below_since` (0 where the total is not below the standard). `values` are
    scores in basis points by the subject of a floor: code of an aspect, of a measure, or `instrument.aspect`; what has
    no evidence is left out and is never due.
    """

    total_bp: int | None
    below_since: date | None = None
    below_days: int = 0
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    """One thing that is due. `cause` is the same as long as its cause is the same: nothing is opened twice for it.
    `subject` is what a floor is about, empty otherwise."""

    kind: DueKind
    cause: str
    reason: Sentence
    subject: str = ""


def due_of_scores(policy: Policy, period: str, standing: Standing) -> tuple[Due, ...]:
    """What a live score makes due: the corrective action below the standard, and every floor that is not reached,
    whatever the total says. `period` names the period in the cause of a floor: once a period."""
    return (*_below(policy, standing), *_floors(policy, period, standing))


def _below(policy: Policy, standing: Standing) -> Iterator[Due]:
    since, total = standing.below_since, standing.total_bp
    if since is None or total is None or total >= policy.standard_bp or standing.below_days < policy.action_days:
        return
    told: dict[str, Part] = {
        "total": points(total),
        "standard": points(policy.standard_bp),
        "days": standing.below_days,
        "limit": policy.action_days,
    }
    text = _(
        "Nilai %(total)s, standarnya %(standard)s. Sudah %(days)s hari kerja di bawah standar; menurut kebijakan "
        "tindakan perbaikan dibuka sesudah %(limit)s hari kerja."
    )
    yield Due("corrective", f"standard:{since.isoformat()}", Sentence(text, told))


def points(value_bp: int) -> Sentence:
    """A total out of a hundred, to the last basis point: 5250 → "52,5"."""
    whole, part = divmod(value_bp, 100)
    if not part:
        return Sentence("%(whole)s", {"whole": whole})
    return Sentence(_("%(whole)s,%(part)s"), {"whole": whole, "part": f"{part:02}".rstrip("0")})


def _floors(policy: Policy, period: str, standing: Standing) -> Iterator[Due]:
    for floor in policy.floors:
        value = standing.values.get(floor.subject)
        if value is not None and value < floor.floor_bp:
            told: dict[str, Part] = {
                "what": subject_label(policy, floor.subject),
                "value": percent(value),
                "floor": percent(floor.floor_bp),
                "message": floor.message,
            }
            text = _("%(what)s %(value)s, batas bawahnya %(floor)s. %(message)s")
            cause = f"floor:{floor.subject}:{floor.follow_up}:{period}"
            yield Due(floor.follow_up, cause, Sentence(text, told), floor.subject)


def subject_label(policy: Policy, subject: str) -> Part:
    """The policy's own name of what a floor is about; the code where it has none."""
    names: dict[str, Part] = {
        f"{each.code}.{one.code}": one.label for each in policy.instruments for one in each.aspects
    }
    names |= {each.code: each.label for each in policy.aspects}
    names |= {code: Sentence(spec.label) for code, spec in MEASURES.items()}
    return names.get(subject, subject)


def due_of_predicates(policy: Policy, yearly: Mapping[int, str], on: date) -> tuple[Due, ...]:
    """What the newest yearly predicate makes due, with those of the years before. `yearly`: predicate by year, in any
    usual spelling; a year without one breaks a row of years."""
    if not yearly:
        return ()
    known = {year: predicate_code(word) for year, word in yearly.items()}
    year = max(known)
    return (*_improvement(known[year], year, on), *_successive(policy, known, year))


def _improvement(predicate: str, year: int, on: date) -> Iterator[Due]:
    rule = improvement_rule(on)
    if rule and predicate in rule.predicates:
        told: dict[str, Part] = {
            "year": str(year),
            "predicate": Sentence(PREDICATE_WORDS[predicate]),
            "months": rule.months,
            "article": rule.article,
        }
        text = _("Predikat tahun %(year)s %(predicate)s: kesempatan memperbaiki %(months)s bulan (%(article)s).")
        yield Due("improvement", f"predicate:{year}", Sentence(text, told))


def _successive(policy: Policy, known: Mapping[int, str], year: int) -> Iterator[Due]:
    for rule in policy.follow_up.successive:
        row = [known.get(year - back) for back in range(rule.years)]
        if all(each == rule.predicate for each in row):
            cause = f"successive:{rule.action}:{rule.predicate}:{year}"
            yield Due(rule.action, cause, Sentence("%(message)s", {"message": rule.message}))


PREDICATE_WORDS = {
    "sangat_baik": _("Sangat Baik"),
    "baik": _("Baik"),
    "butuh_perbaikan": _("Butuh Perbaikan"),
    "kurang": _("Kurang (misconduct)"),
    "sangat_kurang": _("Sangat Kurang"),
}
