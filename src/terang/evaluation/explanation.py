"""A score opened down to its reasons: aspects, measures, weights, contributions, what is missing and how it is treated.

Built from stored rows and the policy version they were computed under: no query, and no arithmetic but the rounding of
 `contributions`. The contributions of the measures add up to the aspect's, those of the aspects to the shown total.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from terang.evaluation import wording
from terang.evaluation.contributions import contributions_bp, half_up
from terang.evaluation.guards import Guard, Place, guards
from terang.evaluation.models import Score, ScoreComponent
from terang.evaluation.policies import rules_of
from terang.evaluation.suggesting import why_behaviour, why_work_result
from terang.rules.policies import Aspect, MeasureRule, Policy
from terang.web.numbers import percent


@dataclass(frozen=True)
class MeasureLine:
    """One measure inside a score. `contribution_bp` is what it brings into the total, missing where that is nothing."""

    aspect: str
    code: str
    label: str
    rule: MeasureRule
    stored: ScoreComponent
    contribution_bp: int | None

    guards: tuple[Guard, ...] = ()

    @property
    def has_value(self) -> bool:
        return self.stored.value_bp is not None

    @property
    def is_unit_average(self) -> bool:
        return self.stored.reason == "unit_average"

    @property
    def sentence(self) -> str:
        """The value with its numbers, or why there is none."""
        return wording.sentence(self.code, self.stored) or wording.reason(self.stored.reason)

    @property
    def formula(self) -> str:
        return wording.formula(self.code)

    @property
    def terms(self) -> tuple[str, ...]:
        """The glossary's terms that this measure's words use."""
        return wording.terms_of(self.code)

    @property
    def treatment(self) -> str:
        """How a missing or substituted value is treated by the policy; empty where the value is one's own."""
        if self.is_unit_average:
            return wording.reason("unit_average")
        if self.has_value:
            return ""
        if self.stored.score_bp is None:
            return _("Yang belum ada tidak dihitung nol: bobotnya dibagi kepada ukuran yang punya bukti.")
        return _("Menurut kebijakan, bobotnya ditahan: selama belum ada bukti, bagian ini belum menyumbang.")

    @property
    def weight_sentence(self) -> str:
        """The weight in the total, and why it differs from the policy's where it does."""
        stored = self.stored
        planned, effective = percent(stored.weight_bp), percent(stored.effective_weight_bp)
        if stored.score_bp is None:
            return _("Bobotnya %(planned)s dari nilai, sekarang dibagi kepada ukuran lain.") % {"planned": planned}
        if stored.weight_bp == stored.effective_weight_bp:
            return _("Bobotnya %(planned)s dari nilai.") % {"planned": planned}
        return _("Bobotnya %(planned)s dari nilai; karena ada ukuran tanpa bukti, sekarang %(effective)s.") % {
            "planned": planned,
            "effective": effective,
        }

    @property
    def cap_sentence(self) -> str:
        """What was capped; empty where nothing was."""
        if not self.stored.capped:
            return ""
        if (self.stored.value_bp or 0) < 0:
            return _("Hasil di bawah nol dihitung 0 %.")
        return _("Dihitung paling tinggi %(cap)s.") % {"cap": percent(self.rule.cap_bp)}

    @property
    def contribution_sentence(self) -> str:
        stored = self.stored
        if stored.score_bp is None or self.contribution_bp is None:
            return ""
        return _("Sumbangannya %(score)s × %(weight)s = %(points)s poin.") % {
            "score": percent(stored.score_bp),
            "weight": percent(stored.effective_weight_bp),
            "points": wording.points(self.contribution_bp),
        }


@dataclass(frozen=True)
class AspectLine:
    """One aspect: its weight by the policy, the weighted score of what has evidence, and its contribution in points."""

    code: str
    label: str
    weight_bp: int
    effective_weight_bp: int
    score_bp: int | None
    contribution_bp: int | None
    measures: tuple[MeasureLine, ...]

    @property
    def missing(self) -> tuple[MeasureLine, ...]:
        return tuple(line for line in self.measures if not line.has_value)


@dataclass(frozen=True)
class Explanation:
    """A whole score, ready to be read."""

    score: Score
    policy: Policy
    aspects: tuple[AspectLine, ...]

    @property
    def work_result(self) -> str:
        """The suggested rating of work results, in words."""
        return wording.rating(self.score.work_result)

    @property
    def behaviour(self) -> str:
        return wording.rating(self.score.behaviour)

    @property
    def work_result_why(self) -> str:
        return why_work_result(self.policy, self.score.variant)

    @property
    def behaviour_why(self) -> str:
        return why_behaviour(self.policy)

    @property
    def enough(self) -> bool:
        return self.score.total_bp is not None

    @property
    def measures(self) -> tuple[MeasureLine, ...]:
        return tuple(line for aspect in self.aspects for line in aspect.measures)

    @property
    def missing(self) -> tuple[MeasureLine, ...]:
        return tuple(line for line in self.measures if not line.has_value)

    def line(self, aspect: str, code: str) -> MeasureLine | None:
        return next((line for line in self.measures if (line.aspect, line.code) == (aspect, code)), None)


def explain(score: Score) -> Explanation:
    """Opens a score with its components (prefetched). Measures stand in the order of the policy."""
    return explain_parts(score, score.components.all())


def explain_parts(score: Score, parts: Iterable[ScoreComponent]) -> Explanation:
    """As `explain`, of a score that need not be stored: what somebody imagines is opened like what is."""
    policy = rules_of(score.policy)
    stored = {(each.aspect, each.measure): each for each in parts}
    places = [
        (aspect, rule, stored[aspect.code, rule.code])
        for aspect in policy.aspects_for(score.variant)
        for rule in aspect.measures
        if (aspect.code, rule.code) in stored
    ]
    if score.total_bp is None:
        steps: list[int | None] = [None] * len(places)
    else:
        steps = contributions_bp([(each.weight_bp, each.score_bp) for _aspect, _rule, each in places])
    values = {each.measure: each.value_bp for each in stored.values()}
    place = Place(score, {each.measure: each.aspect for each in stored.values()})
    lines = [
        MeasureLine(
            aspect=aspect.code,
            code=rule.code,
            label=wording.measure_label(rule.code),
            rule=rule,
            stored=each,
            contribution_bp=step,
            guards=tuple(guards(rule.guards, each.signals, values, place)),
        )
        for (aspect, rule, each), step in zip(places, steps, strict=True)
    ]
    return Explanation(
        score,
        policy,
        tuple(
            _aspect(aspect, [line for line in lines if line.aspect == aspect.code])
            for aspect in policy.aspects_for(score.variant)
        ),
    )


def _aspect(aspect: Aspect, lines: list[MeasureLine]) -> AspectLine:
    counted = [line.stored for line in lines if line.stored.score_bp is not None]
    weight = sum(each.weight_bp for each in counted)
    mean = half_up(sum(each.weight_bp * (each.score_bp or 0) for each in counted), weight) if weight else None
    steps = [line.contribution_bp for line in lines if line.contribution_bp is not None]
    return AspectLine(
        code=aspect.code,
        label=wording.label(aspect),
        weight_bp=aspect.weight_bp,
        effective_weight_bp=sum(line.stored.effective_weight_bp for line in lines),
        score_bp=mean,
        contribution_bp=sum(steps) if steps else None,
        measures=tuple(lines),
    )
