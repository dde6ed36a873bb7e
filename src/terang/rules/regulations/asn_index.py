"""The professionalism index of civil servants (IP ASN): four dimensions, exact, and what is missing told as missing.

PermenPANRB 38/2018 and Peraturan BKN 8/2019. Numbers are exact decimals; an agency's mean is rounded half-up to two
decimals where it is printed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from terang.rules.errors import RuleInputError
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.source import RuleSet, rule_set
from terang.rules.regulations.words import predicate as predicate_code

STRUCTURAL, FUNCTIONAL, EXECUTOR = "structural", "functional", "executor"
DIMENSIONS = ("qualification", "competence", "performance", "discipline")
_GROUPS = {
    "jpt": STRUCTURAL,
    "administrator": STRUCTURAL,
    "pengawas": STRUCTURAL,
    "fungsional": FUNCTIONAL,
    "pelaksana": EXECUTOR,
}


@dataclass(frozen=True)
class IndexFacts:
    """What is known of one person. Every field is None where nobody knows it, which is not the same as "no".

    `post_kind` as in the registry; `education` and `leadership` and `sanction` as coded in the rule (the highest);
    `hours` are technical JP of the last year; `seminar` of the last two years; `predicate` of the last year.
    """

    post_kind: str | None
    education: str | None = None
    leadership: str | None = None
    functional: bool | None = None
    hours: int | None = None
    seminar: bool | None = None
    predicate: str | None = None
    sanction: str | None = None


@dataclass(frozen=True)
class Part:
    """One thing that is counted: `points` of at most `most`, None where it is not known. `fact` names what it needs."""

    dimension: str
    fact: str
    points: Decimal | None
    most: Decimal


@dataclass(frozen=True)
class Index:
    """One person's index. `total` is None while a part is missing: then it lies from `least` to `most`, both included.

    `parts` are in the order of the dimensions.
    """

    parts: tuple[Part, ...]
    rule_set: str

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.points is None)

    @property
    def least(self) -> Decimal:
        return sum((part.points for part in self.parts if part.points is not None), Decimal(0))

    @property
    def most(self) -> Decimal:
        return sum((part.most if part.points is None else part.points for part in self.parts), Decimal(0))

    @property
    def total(self) -> Decimal | None:
        return None if self.missing else self.least

    def of(self, dimension: str) -> Decimal | None:
        """The points of one dimension, None where a part of it is missing."""
        points = [part.points for part in self.parts if part.dimension == dimension]
        return None if None in points else sum((each for each in points if each is not None), Decimal(0))


@dataclass(frozen=True)
class Mean:
    """An agency's index: the mean of `counted` people; `left_out` are not complete and counted nowhere. `total` and
    the dimensions are None where nobody is complete."""

    counted: int
    left_out: int
    total: Decimal | None
    dimensions: dict[str, Decimal | None]


def asn_index(facts: IndexFacts, on: date | None = None) -> Index:
    """The index by the rule in force on a day. Raises RuleInputError for unknown words and posts without an index."""
    found = rule_set("asn_index", on)
    values = found.values
    parts = (
        _by_word(values["qualification"], "qualification", "education", facts.education),
        *_competence(facts, found),
        _by_word(
            values["performance"],
            "performance",
            "predicate",
            predicate_code(facts.predicate) if facts.predicate else None,
        ),
        _by_word(values["discipline"], "discipline", "sanction", facts.sanction),
    )
    return Index(parts, found.id)


def group_of(post_kind: str | None) -> str | None:
    """Which table of competence counts; None where no post is known. Raises RuleInputError for elected officials."""
    if post_kind is None:
        return None
    if post_kind not in _GROUPS:
        raise RuleInputError(f"Jabatan “{post_kind}” tidak mempunyai indeks ini.", f"Pilih {', '.join(_GROUPS)}.")
    return _GROUPS[post_kind]


def band(total: Decimal, on: date | None = None) -> str:
    """The band of an index: very_high, high, middle, low or very_low; a limit belongs to the band above it."""
    for each in rule_set("asn_index", on).values["bands"]:
        if total >= each["from"]:
            return str(each["code"])
    raise RuleInputError(f"Indeks {total} tidak mungkin.", "Isi 0 sampai 100.")


def mean(indexes: Iterable[Index]) -> Mean:
    """The agency's index: people who are complete, each as one. Nobody is taken for zero."""
    known = list(indexes)
    complete = [each for each in known if each.total is not None]
    sums = {name: sum((each.of(name) or Decimal(0) for each in complete), Decimal(0)) for name in DIMENSIONS}
    return mean_of(len(complete), len(known) - len(complete), sum((each.least for each in complete), Decimal(0)), sums)


def mean_of(counted: int, left_out: int, total: Decimal, dimensions: Mapping[str, Decimal]) -> Mean:
    """The same from sums over who is complete."""
    if not counted:
        return Mean(0, left_out, None, dict.fromkeys(DIMENSIONS))
    means = {name: half_up(Fraction(dimensions[name]) / counted, 2) for name in DIMENSIONS}
    return Mean(counted, left_out, half_up(Fraction(total) / counted, 2), dict(means))


def _by_word(table: dict[str, str], dimension: str, fact: str, word: str | None) -> Part:
    most = max(Decimal(each) for each in table.values())
    if word is not None and word not in table:
        raise RuleInputError(f"“{word}” tidak dikenal.", f"Pilih {', '.join(table)}.")
    return Part(dimension, fact, None if word is None else Decimal(table[word]), most)


def _competence(facts: IndexFacts, found: RuleSet) -> list[Part]:
    """The parts of the person's kind of post; one part of the whole weight where the post is not known."""
    group = group_of(facts.post_kind)
    if group is None:
        return [Part("competence", "post", None, Decimal(found.values["weights"]["competence"]))]
    met = {
        "leadership": _leads_enough(facts, found),
        "functional": facts.functional,
        "technical": None if facts.hours is None else facts.hours >= found.values["hours"],
        "seminar": facts.seminar,
    }
    table: dict[str, str] = found.values["competence"][group]
    return [_met(fact, Decimal(most), met[fact]) for fact, most in table.items()]


def _met(fact: str, most: Decimal, met: bool | None) -> Part:
    return Part("competence", fact, None if met is None else most if met else Decimal(0), most)


def _leads_enough(facts: IndexFacts, found: RuleSet) -> bool | None:
    """Whether the training for leaders fits the post, or a higher one was done."""
    if facts.leadership is None:
        return None
    rule = found.values["leadership"]
    order: list[str] = rule["order"]
    if facts.leadership not in order:
        raise RuleInputError(f"“{facts.leadership}” tidak dikenal.", f"Pilih {', '.join(order)}.")
    asked = rule.get(facts.post_kind)
    return asked is None or order.index(facts.leadership) >= order.index(asked)
