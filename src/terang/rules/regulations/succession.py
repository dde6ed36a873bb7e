"""Who is considered for a higher post, each criterion by itself, and the declared order of who meets all of them.

PP 11/2017 and PermenPANRB 3/2020. Nothing is decided here, and what nobody knows is not a no.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from terang.rules.regulations.promotion import MET, NOT_MET, UNKNOWN, Condition, ranks_in_order
from terang.rules.regulations.source import RuleSet, rule_set
from terang.rules.regulations.words import PREDICATES, folded
from terang.rules.regulations.words import predicate as predicate_code

FUNCTIONAL = "fungsional"
BEST = PREDICATES[0]


@dataclass(frozen=True)
class Contender:
    """What is known of one person; None where nobody knows it. `predicates` are those of the last years, the newest
    first. `disputed`: the person contests what is said about discipline, and nobody has answered."""

    kind: str | None
    level: str
    box: int | None
    rank: str | None
    rank_since: date | None
    education: str | None
    training: str | None
    predicates: Sequence[tuple[int, str | None]]
    sanction: str | None
    disputed: bool
    born: date | None


def targets(on: date | None = None) -> tuple[str, ...]:
    """The kinds of post that have criteria."""
    return tuple(rule_set("succession", on).values["posts"])


def is_considered(contender: Contender, target: str, on: date) -> bool:
    """Whether somebody stands in the pool's boxes and holds a kind of post from which the target is reached."""
    boxes: list[int] = rule_set("talent", on).values["pool"]
    return contender.box in boxes and contender.kind in rule_set("succession", on).values["posts"][target]["kinds"]


def criteria(contender: Contender, target: str, on: date) -> tuple[Condition, ...]:
    """Every criterion of a kind of post for somebody who is considered."""
    found = rule_set("succession", on)
    asked = found.values["posts"][target]
    rows = [
        _box(contender, on),
        _post(contender, asked["kinds"], asked["levels"]),
        _at_least("grade", contender.rank, asked["rank"], list(reversed(ranks_in_order(on)))),
        _at_least("schooling", contender.education, asked["education"], found.values["educations"]),
    ]
    if asked["training"] != found.values["trainings"][-1]:
        rows.append(_at_least("training", contender.training, asked["training"], found.values["trainings"]))
    rows += _predicates(contender, found)
    rows.append(_integrity(contender))
    if "most_age" in asked:
        rows.append(_age(contender.born, asked["most_age"], on))
    return tuple(rows)


def _box(contender: Contender, on: date) -> Condition:
    boxes: list[int] = rule_set("talent", on).values["pool"]
    asked = ", ".join(map(str, boxes))
    if contender.box is None:
        return Condition("box", UNKNOWN, asked)
    return Condition("box", MET if contender.box in boxes else NOT_MET, asked, str(contender.box))


def _post(contender: Contender, kinds: list[str], levels: list[str]) -> Condition:
    """A kind of post; of a functional one the level too."""
    if contender.kind is None:
        return Condition("post", UNKNOWN, ",".join(kinds))
    if contender.kind != FUNCTIONAL:
        return Condition("post", MET if contender.kind in kinds else NOT_MET, ",".join(kinds), contender.kind)
    level = folded(contender.level)
    state = UNKNOWN if not level else MET if level in levels else NOT_MET
    return Condition("post", state, ",".join(levels), level)


def _at_least(code: str, has: str | None, asked: str, order: Sequence[str]) -> Condition:
    """`order` from the highest to the lowest; a word outside of it is not known."""
    if has is None or has not in order:
        return Condition(code, UNKNOWN, asked)
    return Condition(code, MET if order.index(has) <= order.index(asked) else NOT_MET, asked, has)


def _predicates(contender: Contender, found: RuleSet) -> list[Condition]:
    least: str = found.values["least_predicate"]
    years = list(contender.predicates)[: found.values["predicate_years"]]
    return [
        _at_least(f"predicate.{year}", predicate_code(word) if word else None, least, PREDICATES)
        for year, word in years
    ]


def _integrity(contender: Contender) -> Condition:
    """No running sanction, and none about which is still disputed."""
    if contender.sanction is None or contender.disputed:
        return Condition("integrity", UNKNOWN, "none", contender.sanction or "")
    return Condition("integrity", MET if contender.sanction == "none" else NOT_MET, "none", contender.sanction)


def _age(born: date | None, most: int, on: date) -> Condition:
    if born is None:
        return Condition("age", UNKNOWN, str(most))
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return Condition("age", MET if age <= most else NOT_MET, str(most), str(age))


def order_key(contender: Contender, on: date) -> str:
    """A word by which pools are sorted, the first place smallest: box in the order of the rule, then more years of the
    best predicate, then the higher rank, then longer in it. Who is equal in all of it has the same word."""
    boxes: list[int] = rule_set("talent", on).values["pool"]
    ranks = ranks_in_order(on)
    years = rule_set("succession", on).values["predicate_years"]
    best = sum(1 for _year, word in list(contender.predicates)[:years] if word and predicate_code(word) == BEST)
    box = boxes.index(contender.box) if contender.box in boxes else len(boxes)
    rank = len(ranks) - ranks.index(contender.rank) if contender.rank in ranks else len(ranks) + 1
    since = contender.rank_since.isoformat() if contender.rank_since else "9999-12-31"
    return f"{box}|{years - best}|{rank:02}|{since}"
