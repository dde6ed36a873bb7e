"""The chance to improve after a poor yearly predicate (PP 30/2019 Pasal 56–58): its months, its terms, and what may be
proposed when it has passed. Pure; nothing here decides anything about anybody.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from terang.rules.regulations.source import RuleSet, rule_set

Holder = Literal["jpt", "others", "pppk"]
"""Whose later steps: high leaders, other civil servants (PNS), or staff by agreement (PPPK)."""


@dataclass(frozen=True)
class Terms:
    """Working days for each stage; the summary of the regulation names none, so each is a dated parameter."""

    plan: int
    agree: int
    evaluate: int
    answer: int
    propose: int
    decide: int


@dataclass(frozen=True)
class LaterStep:
    """What may be proposed after the chance. `after` names the step that must have been carried out before (empty:
    none), `months` how long it may last (0: no limit), `not_before` the day from which it may be proposed."""

    code: str
    label: str
    decides: str
    article: str
    after: str = ""
    months: int = 0
    not_before: date | None = None


@dataclass(frozen=True)
class ImprovementRule:
    """The chance to improve: how long, after which predicates, and where it stands."""

    months: int
    check_months: int
    predicates: tuple[str, ...]
    terms: Terms
    article: str
    id: str


def improvement_rule(on: date) -> ImprovementRule | None:
    """The rule in force on a day; None before the first. Source: PP 30/2019 Pasal 56–58."""
    found = _rule_on(on)
    if found is None:
        return None
    told = found.values
    terms = Terms(*(told[f"{name}_days"] for name in ("plan", "agree", "evaluate", "answer", "propose", "decide")))
    return ImprovementRule(
        told["months"], told["check_months"], tuple(told["predicates"]), terms, found.article, found.id
    )


def later_steps(on: date, holder: Holder) -> tuple[LaterStep, ...]:
    """Everything that may ever be proposed when the chance has passed without improvement, in order."""
    found = _rule_on(on)
    return tuple(_step(each) for each in found.values[holder]) if found else ()


def possible_steps(on: date, holder: Holder, carried: Mapping[str, date]) -> tuple[LaterStep, ...]:
    """What may be proposed now or later, each with the day from which. `carried`: the steps that were carried out, by
    code, with their day. A step that follows a temporary one waits until that one has run its time; what was carried
    out, and what stands before the last that was, is proposed no more."""
    steps = later_steps(on, holder)
    done = [place for place, each in enumerate(steps) if each.code in carried]
    lasting = {each.code: each.months for each in steps}
    return tuple(
        LaterStep(
            each.code,
            each.label,
            each.decides,
            each.article,
            each.after,
            each.months,
            months_after(carried[each.after], lasting[each.after]) if each.after else None,
        )
        for place, each in enumerate(steps)
        if place > max(done, default=-1) and (not each.after or each.after in carried)
    )


def check_days(start: date, rule: ImprovementRule) -> tuple[date, ...]:
    """The day of each joint check, the last on the last day of the chance: six after six months with one a month."""
    return tuple(months_after(start, months) for months in range(rule.check_months, rule.months + 1, rule.check_months))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of its month where that day is missing: 31 August and one month make
    30 September."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _step(told: Mapping[str, Any]) -> LaterStep:
    return LaterStep(
        told["code"], told["label"], told["decides"], told["article"], told.get("after", ""), told.get("months", 0)
    )


def _rule_on(on: date) -> RuleSet | None:
    first = rule_set("improvement")
    return rule_set("improvement", on) if first.valid_from <= on else None
