"""The numbers of a policy that may be turned while everything else stays: weights, shares and limits.

A knob belongs to a group whose members add up to 10,000 basis points. Whatever is asked for, `turned` gives a policy
that keeps to that: what is locked stays as asked, the rest shares what is left in proportion to what was asked.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from terang.rules.policies.model import FULL_BP, Aspect, MeasureRule, Policy, Variant
from terang.rules.sentences import Sentence, SentenceError

LEAST_BP = 1
"""A weight that may be turned is never nothing: leaving something out is another policy, not another number."""

HIGHEST_BP = 12_000
LIMITS = {
    "standard": (0, HIGHEST_BP),
    "least_coverage": (0, FULL_BP),
    "work_above": (1, HIGHEST_BP),
    "work_meets": (1, HIGHEST_BP),
    "behaviour_above": (1, HIGHEST_BP),
    "behaviour_meets": (1, HIGHEST_BP),
}
"""Limits of a policy that may be turned, each with its lowest and highest value in basis points."""


class KnobError(SentenceError):
    """What was asked for cannot be a policy; the sentence says why and what to do."""


@dataclass(frozen=True)
class Group:
    """Weights that add up to 10,000: of the aspects (`w.VARIANT`), of the measures of one aspect
    (`s.VARIANT.ASPECT`), or of the measures behind the behaviour rating (`b`). `values_bp` by code, in order."""

    key: str
    values_bp: Mapping[str, int]

    def knob(self, code: str) -> str:
        """The name of the knob of one member."""
        return f"{self.key}.{code}"


def groups(policy: Policy) -> tuple[Group, ...]:
    """Every group of two or more members, in the order of the policy; a single member is always the whole."""
    found = []
    for variant in ("", *(each.code for each in policy.variants)):
        aspects = policy.aspects_for(variant)
        found.append(Group(f"w.{variant}", {aspect.code: aspect.weight_bp for aspect in aspects}))
        found += [Group(f"s.{variant}.{aspect.code}", _shares(aspect.measures)) for aspect in aspects]
    found.append(Group("b", _shares(policy.behaviour_rating.measures)))
    return tuple(group for group in found if len(group.values_bp) > 1)


def _shares(rules: Sequence[MeasureRule]) -> dict[str, int]:
    return {rule.code: rule.share_bp for rule in rules}


def limits(policy: Policy) -> dict[str, int]:
    """The limits of a policy by the names of `LIMITS`, in basis points."""
    return {
        "standard": policy.standard_bp,
        "least_coverage": policy.least_coverage_bp,
        "work_above": policy.work_rating.above_bp,
        "work_meets": policy.work_rating.meets_bp,
        "behaviour_above": policy.behaviour_rating.above_bp,
        "behaviour_meets": policy.behaviour_rating.meets_bp,
    }


def turned(policy: Policy, wanted: Mapping[str, int], locked: Collection[str] = ()) -> Policy:
    """The policy with other numbers. `wanted` is by knob or limit, in basis points; what is not named stays as it is.

    Nothing wanted gives the policy itself. Raises KnobError where locked weights leave no room for the others, or a
    limit of "meets" is not below that of "above".
    """
    known = groups(policy)
    values: dict[str, int] = {}
    for group in known:
        values |= _balanced_group(group, wanted, locked)
    return _with_limits(_with_weights(policy, values), limits(policy) | _within(wanted))


def _within(wanted: Mapping[str, int]) -> dict[str, int]:
    return {name: min(max(wanted[name], low), high) for name, (low, high) in LIMITS.items() if name in wanted}


def _balanced_group(group: Group, wanted: Mapping[str, int], locked: Collection[str]) -> dict[str, int]:
    names = [group.knob(code) for code in group.values_bp]
    asked = [wanted.get(name, value) for name, value in zip(names, group.values_bp.values(), strict=True)]
    return dict(zip(names, balanced(asked, [name in locked for name in names]), strict=True))


def balanced(asked: Sequence[int], locked: Sequence[bool]) -> list[int]:
    """Weights that add up to 10,000, each at least one basis point: locked ones as asked, the others in proportion.

    Named rounding "largest remainder": each free weight is rounded down, and the points left go to the largest
    remainders, earlier ones first; what is rounded to nothing takes its point from the largest. Weights that add up
    already stay as they are. Raises KnobError where the locked ones leave no room, or all are locked and do not add up.
    """
    values = [min(max(value, LEAST_BP), FULL_BP) for value in asked]
    if sum(values) == FULL_BP:
        return values
    free = [index for index, each in enumerate(locked) if not each]
    room = FULL_BP - sum(value for value, each in zip(values, locked, strict=True) if each)
    if not free or room < LEAST_BP * len(free):
        shown = _percent(FULL_BP - room)
        raise KnobError(
            Sentence(
                "Bobot yang dikunci berjumlah %(sum)s %%, sehingga yang lain tidak mendapat tempat. Buka satu kunci.",
                {"sum": shown},
            )
        )
    for index, share in zip(free, _shared(room, [values[i] for i in free]), strict=True):
        values[index] = share
    return values


def _shared(amount: int, weights: Sequence[int]) -> list[int]:
    everything = sum(weights)
    parts = [divmod(amount * weight, everything) for weight in weights]
    shares = [whole for whole, _ in parts]
    largest = sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))
    for index in largest[: amount - sum(shares)]:
        shares[index] += 1
    for index, share in enumerate(shares):
        if share < LEAST_BP:
            shares[shares.index(max(shares))] -= LEAST_BP - share
            shares[index] = LEAST_BP
    return shares


def _percent(value_bp: int) -> str:
    whole, hundredths = divmod(value_bp, 100)
    return f"{whole},{hundredths:02}".rstrip("0") if hundredths else str(whole)


def _with_weights(policy: Policy, values: Mapping[str, int]) -> Policy:
    behaviour = replace(policy.behaviour_rating, measures=_with_shares("b", policy.behaviour_rating.measures, values))
    return replace(
        policy,
        aspects=_with_aspects("", policy.aspects, values),
        variants=tuple(_with_variant(variant, values) for variant in policy.variants),
        behaviour_rating=behaviour,
    )


def _with_variant(variant: Variant, values: Mapping[str, int]) -> Variant:
    return replace(variant, aspects=_with_aspects(variant.code, variant.aspects, values))


def _with_aspects(variant: str, aspects: Sequence[Aspect], values: Mapping[str, int]) -> tuple[Aspect, ...]:
    return tuple(
        replace(
            aspect,
            weight_bp=values.get(f"w.{variant}.{aspect.code}", aspect.weight_bp),
            measures=_with_shares(f"s.{variant}.{aspect.code}", aspect.measures, values),
        )
        for aspect in aspects
    )


def _with_shares(group: str, rules: Sequence[MeasureRule], values: Mapping[str, int]) -> tuple[MeasureRule, ...]:
    return tuple(replace(rule, share_bp=values.get(f"{group}.{rule.code}", rule.share_bp)) for rule in rules)


def _with_limits(policy: Policy, found: Mapping[str, int]) -> Policy:
    for above, meets in (("work_above", "work_meets"), ("behaviour_above", "behaviour_meets")):
        if found[meets] >= found[above]:
            raise KnobError(
                Sentence(
                    "Batas “sesuai ekspektasi” (%(meets)s) harus di bawah batas “di atas ekspektasi” (%(above)s).",
                    {"meets": _percent(found[meets]), "above": _percent(found[above])},
                )
            )
    return replace(
        policy,
        standard_bp=found["standard"],
        least_coverage_bp=found["least_coverage"],
        work_rating=replace(policy.work_rating, above_bp=found["work_above"], meets_bp=found["work_meets"]),
        behaviour_rating=replace(
            policy.behaviour_rating, above_bp=found["behaviour_above"], meets_bp=found["behaviour_meets"]
        ),
    )
