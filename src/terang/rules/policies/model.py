"""A government's policy as validated data: what is measured, how much it counts, and what follows.

Built only by `terang.rules.policies.load_policy`, which refuses anything inconsistent; code that holds a `Policy` may
rely on it: weights and shares add up to 10,000 basis points, measure codes are in the catalogue, instruments exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from terang.rules.catalogue import ParameterValue
from terang.rules.work.signals import Limits

FULL_BP = 10_000
ANSWER_DAYS = 2
"""Working days to answer an entry where a policy does not say; policies of before the rule stay valid."""
DECIDE_DAYS = 3
"""Working days more until the appraiser's superior may answer instead, where a policy does not say."""

PeriodKind = Literal["month", "quarter", "semester", "year"]
MissingRule = Literal["share_out", "hold"]
Rhythm = Literal["daily", "weekly", "monthly"]
FollowUp = Literal["talk", "coaching", "training"]
Recognition = Literal["succession_pool", "development_priority"]


@dataclass(frozen=True)
class MeasureRule:
    """How a policy uses one measure.

    `share_bp` is the share of its aspect. `cap_bp` is the most the measure may score (12,000 lets 120 % count).
    `missing`: "share_out" spreads the weight over what has evidence, "hold" keeps it and counts nothing for it. Either
    way the coverage shows it. `min_answers` and `parameters` are complete: catalogue defaults are already filled in.
    `guards` are codes of signals or measures shown beside it.
    """

    code: str
    share_bp: int
    cap_bp: int = FULL_BP
    missing: MissingRule = "share_out"
    min_answers: int = 1
    guards: tuple[str, ...] = ()
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Aspect:
    """One aspect of the total. `weight_bp` is its share of the whole."""

    code: str
    label: str
    label_en: str
    weight_bp: int
    measures: tuple[MeasureRule, ...]

    def measure_weights_bp(self) -> tuple[int, ...]:
        """Weight of each measure in the total, in order; they add up to `weight_bp` exactly.

        Named rounding "running weight": each running sum is rounded half-up, the weight is the step between two sums.
        """
        weights: list[int] = []
        share = 0
        before = 0
        for measure in self.measures:
            share += measure.share_bp
            after = (2 * self.weight_bp * share + FULL_BP) // (2 * FULL_BP)
            weights.append(after - before)
            before = after
        return tuple(weights)


@dataclass(frozen=True)
class Variant:
    """A full list of aspects for some kinds of post (for example teachers). `applies_to` holds post category codes."""

    code: str
    label: str
    label_en: str
    applies_to: tuple[str, ...]
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True)
class InstrumentAspect:
    """One question group of an instrument of review."""

    code: str
    label: str
    label_en: str


@dataclass(frozen=True)
class Instrument:
    """An instrument of review: its scale (both ends included) and its aspects."""

    code: str
    label: str
    label_en: str
    scale_min: int
    scale_max: int
    aspects: tuple[InstrumentAspect, ...]


@dataclass(frozen=True)
class WorkRating:
    """Thresholds of the suggested work-result rating, on the weighted score of `aspects` alone."""

    aspects: tuple[str, ...]
    above_bp: int
    meets_bp: int


@dataclass(frozen=True)
class BehaviourRating:
    """Thresholds of the suggested behaviour rating, on the weighted score of `measures`.

    Their shares add up to 10,000 basis points. The measures need not be part of any aspect; those that are not count
    for this rating only.
    """

    measures: tuple[MeasureRule, ...]
    above_bp: int
    meets_bp: int


@dataclass(frozen=True)
class Floor:
    """Something that is never averaged away: below `floor_bp` the follow-up is due, whatever the total says.

    `subject` is the code of an aspect, a measure, or an aspect of an instrument written `instrument.aspect`.
    """

    subject: str
    floor_bp: int
    follow_up: FollowUp
    message: str


@dataclass(frozen=True)
class PostReporting:
    """The rhythm of some posts: `applies_to` holds post category codes (rumpun), `kinds` kinds of post."""

    rhythm: Rhythm
    grace_days: int
    remote_grace_days: int
    applies_to: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reporting:
    """Rhythm of work entries, and the days after the day of work within which an entry is still in time.

    `remote_grace_days` holds for zones without signal. `progress` is how often progress on the plan is reported.
    `answer_days`: working days within which the appraiser answers an entry. `posts`: where some posts have a rhythm
    of their own; `rules.work.cadence.window_for` chooses. `decide_days`: working days after `answer_days` from which
    the appraiser's superior may answer instead. `questions`: from where on an entry is asked about.
    """

    rhythm: Rhythm
    grace_days: int
    remote_grace_days: int
    progress: PeriodKind
    answer_days: int = ANSWER_DAYS
    posts: tuple[PostReporting, ...] = ()
    decide_days: int = DECIDE_DAYS
    questions: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Successive:
    """The same yearly predicate `years` times in a row: what a person may decide then (PermenPANRB 6/2022 Pasal 31).

    The years are the government's: the regulation names the priority, not how often.
    """

    predicate: str
    years: int
    action: Recognition
    message: str


@dataclass(frozen=True)
class FollowUpTerms:
    """How what is due is followed, in working days.

    `act_days`: within which whoever it is assigned to acts; `escalate_days` more until that person's superior is told;
    `remeasure_days` from the agreement of a corrective action until the same indicator is measured again, where the
    leader sets no other day.
    """

    act_days: int = 5
    escalate_days: int = 5
    remeasure_days: int = 20
    successive: tuple[Successive, ...] = ()


@dataclass(frozen=True)
class Policy:
    """One version of one government's policy. Dates inclusive; ratios in basis points; days are working days."""

    code: str
    title: str
    agency_code: str
    version: int
    valid_from: date
    period_kind: PeriodKind
    standard_bp: int
    warning_days: int
    action_days: int
    least_coverage_bp: int
    work_rating: WorkRating
    behaviour_rating: BehaviourRating
    aspects: tuple[Aspect, ...]
    variants: tuple[Variant, ...]
    instruments: tuple[Instrument, ...]
    floors: tuple[Floor, ...]
    reporting: Reporting
    second_factor_roles: tuple[str, ...]
    follow_up: FollowUpTerms = field(default_factory=FollowUpTerms)

    def variant_for(self, post_category: str) -> str:
        """Code of the variant that holds for a kind of post; "" where the ordinary aspects hold."""
        return next((variant.code for variant in self.variants if post_category in variant.applies_to), "")

    def aspects_for(self, variant: str = "") -> tuple[Aspect, ...]:
        """The aspects of a variant; "" gives the ordinary ones. Raises KeyError for an unknown variant."""
        if not variant:
            return self.aspects
        return {each.code: each.aspects for each in self.variants}[variant]

    def instrument(self, code: str) -> Instrument:
        """The instrument with this code. Raises KeyError where the policy has none."""
        return {each.code: each for each in self.instruments}[code]

    def measure_codes(self) -> tuple[str, ...]:
        """Every measure needed by any variant or by the behaviour rating, once each, in order of mention."""
        lists = [self.aspects, *(variant.aspects for variant in self.variants)]
        rules = [rule for aspects in lists for aspect in aspects for rule in aspect.measures]
        return tuple(dict.fromkeys(rule.code for rule in (*rules, *self.behaviour_rating.measures)))
