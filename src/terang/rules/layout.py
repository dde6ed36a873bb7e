"""Where each measure of a policy stands: which must be computed, and with what weight they enter what score."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from terang.rules.measures import MEASURES, Measure, Setting
from terang.rules.measures.measure import Facts, Formula
from terang.rules.policies.model import MeasureRule, Policy


@dataclass(frozen=True, eq=False)
class Use:
    """One measure with one setting. Its columns start with `key`."""

    key: str
    measure: Measure
    setting: Setting

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """The sums the measure needs with this setting."""
        return self.measure.facts(self.setting)

    @cached_property
    def formula(self) -> Formula:
        """The formula over those sums."""
        return self.measure.formula(self.setting)


@dataclass(frozen=True)
class Slot:
    """A measure's place in a weighted score. `place` numbers it; `weight_bp` is its weight in that score."""

    place: str
    aspect: str
    measure: str
    use: str
    weight_bp: int
    cap_bp: int
    hold: bool
    citizens: bool


@dataclass(frozen=True)
class Layout:
    """A policy laid out for computing. `slots` and `codes` by variant, "" being the ordinary aspects.

    `codes` leads from the code of a measure to the key of the setting that holds for the variant.
    """

    uses: tuple[Use, ...]
    slots: dict[str, tuple[Slot, ...]]
    behaviour: tuple[Slot, ...]
    codes: dict[str, dict[str, str]]

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The evidence tables the policy reads, each once."""
        return tuple(dict.fromkeys(facts.table for use in self.uses for facts in use.facts))


def lay_out(policy: Policy) -> Layout:
    """The layout of a policy. A measure used twice with the same setting is computed once."""
    uses: dict[tuple[object, ...], Use] = {}
    slots: dict[str, tuple[Slot, ...]] = {}
    codes: dict[str, dict[str, str]] = {}
    weighed = [(rule, rule.share_bp, "") for rule in policy.behaviour_rating.measures]
    for variant in ("", *(each.code for each in policy.variants)):
        aspects = policy.aspects_for(variant)
        entries = [
            (rule, weight, aspect.code)
            for aspect in aspects
            for rule, weight in zip(aspect.measures, aspect.measure_weights_bp(), strict=True)
        ]
        slots[variant] = _slots("c", entries, uses, policy)
        codes[variant] = {slot.measure: slot.use for slot in reversed(slots[variant])}
    behaviour = _slots("b", weighed, uses, policy)
    for by_code in codes.values():
        by_code.update({slot.measure: slot.use for slot in behaviour if slot.measure not in by_code})
    return Layout(tuple(uses.values()), slots, behaviour, codes)


def _slots(
    letter: str,
    entries: Iterable[tuple[MeasureRule, int, str]],
    uses: dict[tuple[object, ...], Use],
    policy: Policy,
) -> tuple[Slot, ...]:
    return tuple(
        Slot(
            place=f"{letter}{number}",
            aspect=aspect,
            measure=rule.code,
            use=_use(rule, uses, policy).key,
            weight_bp=weight,
            cap_bp=rule.cap_bp,
            hold=rule.missing == "hold",
            citizens=MEASURES[rule.code].citizens,
        )
        for number, (rule, weight, aspect) in enumerate(entries)
    )


def _use(rule: MeasureRule, uses: dict[tuple[object, ...], Use], policy: Policy) -> Use:
    same = (rule.code, rule.min_answers, *sorted(rule.parameters.items()))
    if same not in uses:
        instrument = rule.parameters.get("instrument")
        key = f"m{len(uses)}"
        setting = Setting(
            key=key,
            min_answers=rule.min_answers,
            parameters=rule.parameters,
            instrument=policy.instrument(str(instrument)) if instrument is not None else None,
        )
        uses[same] = Use(key, MEASURES[rule.code], setting)
    return uses[same]
