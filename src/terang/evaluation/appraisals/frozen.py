"""What evidence suggests for a person in a period, and the case file of an objection."""

from dataclasses import dataclass
from typing import Any

from terang.evaluation.appraisals.models import Appraisal, Rating
from terang.evaluation.models import Period, Score
from terang.evaluation.selectors import score_in
from terang.rules.regulations.item_ratings import ItemRating, ItemSuggestion, suggest_from_items


@dataclass(frozen=True)
class Suggestion:
    """The ratings the evidence suggests; empty where it is too thin. `score` is missing where none was computed."""

    work_result: str
    behaviour: str
    score: Score | None

    def frozen(self) -> dict[str, Any]:
        """What is kept with a decision, so that it can be repeated: the numbers, the policy, the rules, the digest."""
        if self.score is None:
            return {}
        score = self.score
        return {
            "score": score.pk,
            "total_bp": score.total_bp,
            "coverage_bp": score.coverage_bp,
            "work_result_bp": score.work_result_bp,
            "behaviour_bp": score.behaviour_bp,
            "policy": score.policy.version,
            "ruleset": score.ruleset,
            "input_digest": score.input_digest,
            "computed_at": score.computed_at.isoformat(),
        }


def suggestion_for(employee_id: int, period: Period) -> Suggestion:
    """Two queries."""
    score = score_in(employee_id, period.pk)
    return suggestion_of(score)


def suggestion_of(score: Score | None) -> Suggestion:
    """The suggestion of a score already read."""
    words = (score.work_result, score.behaviour) if score else ("", "")
    work, behaviour = (word if word in Rating.values else "" for word in words)
    return Suggestion(work, behaviour, score)


def from_items(appraisal: Appraisal) -> ItemSuggestion | None:
    """What the appraiser's own ratings of single results suggest. One query."""
    return suggest_from_items(ItemRating(each.rating, each.main) for each in appraisal.items.all())


def case_file(appraisal: Appraisal) -> dict[str, Any]:
    """The appraisal as JSON, as it stands: what an objection is judged by, whatever happens later."""
    return {
        "organisation": appraisal.organisation,
        "work_result": appraisal.work_result,
        "behaviour": appraisal.behaviour,
        "predicate": appraisal.predicate,
        "adjustment": _adjustment(appraisal),
        "reason": appraisal.reason,
        "notes": appraisal.notes,
        "suggested_work": appraisal.suggested_work,
        "suggested_behaviour": appraisal.suggested_behaviour,
        "evidence": appraisal.frozen,
        "rule_set": appraisal.rule_set,
        "items": [
            {"number": each.number, "title": each.title, "rating": each.rating, "remark": each.remark}
            for each in appraisal.items.all()
        ],
    }


def _adjustment(appraisal: Appraisal) -> dict[str, str]:
    """What calibration made of the ratings; empty where it left them."""
    found = getattr(appraisal, "adjustment", None)
    if found is None:
        return {}
    told = {name: getattr(found, name) for name in ("work_result", "behaviour", "predicate", "reason", "rater_word")}
    return {**told, "proposed_by": found.proposed_by.name, "confirmed_by": found.confirmed_by.name}
