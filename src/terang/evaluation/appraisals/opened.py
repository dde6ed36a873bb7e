"""An official result opened to its reasons: predicate, quadrant cell with its article, both ratings, what evidence
suggested with the frozen score, what the organisation achieved and on which basis."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from terang.evaluation.appraisals.models import Adjustment, Appraisal, OrganisationPredicate, Predicate, Rating
from terang.evaluation.appraisals.page import Cell, article_of, quadrant_of
from terang.evaluation.models import Score
from terang.evaluation.selectors import score_in
from terang.rules.regulations.source import RuleSet, rule_set


@dataclass(frozen=True)
class Frozen:
    """The measured score as it was when the ratings were decided; basis points, missing where it had none."""

    total_bp: int | None
    coverage_bp: int
    work_result_bp: int | None
    behaviour_bp: int | None
    policy: int
    ruleset: str
    input_digest: str
    computed_at: datetime


@dataclass(frozen=True)
class Official:
    """Everything a result rests on. `work_result`, `behaviour` and `predicate` are those that count: of an objection
    that changed them, else after calibration, else the appraiser's. `frozen` is missing where no score was known,
    `organisation` where its row is gone; `live` is the score as it is now."""

    appraisal: Appraisal
    work_result: str
    behaviour: str
    quadrant: list[list[Cell]]
    rule: RuleSet
    organisation: OrganisationPredicate | None
    frozen: Frozen | None
    live: Score | None

    @property
    def predicate(self) -> str:
        return self.appraisal.standing

    @property
    def work_label(self) -> str:
        return str(Rating(self.work_result).label) if self.work_result else "–"

    @property
    def behaviour_label(self) -> str:
        return str(Rating(self.behaviour).label) if self.behaviour else "–"

    @property
    def predicate_label(self) -> str:
        return str(Predicate(self.predicate).label) if self.predicate else "–"

    @property
    def is_by_quadrant(self) -> bool:
        """False in the one case outside it: study leave that was not finished."""
        return not self.appraisal.unfinished_study or self.was_changed or self.aligned is not None

    @property
    def was_changed(self) -> bool:
        """Whether an objection changed the result."""
        objection = getattr(self.appraisal, "objection", None)
        return objection is not None and bool(objection.predicate)

    @property
    def aligned(self) -> Adjustment | None:
        return getattr(self.appraisal, "adjustment", None)

    @property
    def aligned_words(self) -> str:
        """What calibration made of both ratings; empty where it changed nothing."""
        made = self.aligned
        if made is None:
            return ""
        words = {"work": Rating(made.work_result).label.lower(), "behaviour": Rating(made.behaviour).label.lower()}
        return gettext("hasil kerja %(work)s, perilaku kerja %(behaviour)s") % words

    @property
    def article(self) -> str:
        return article_of(self.appraisal.window)

    @property
    def since(self) -> str:
        """Whether the evidence is still that of the decision; empty where that cannot be said."""
        if self.frozen is None or self.live is None:
            return ""
        if self.frozen.input_digest == self.live.input_digest:
            return gettext("Buktinya masih sama seperti saat ditetapkan.")
        return gettext("Buktinya berubah sesudah ditetapkan. Untuk hasil ini yang dipakai angka saat ditetapkan.")


def open_result(appraisal: Appraisal) -> Official:
    """Three queries, one more each where objection and adjustment were not read along."""
    stands = appraisal.counting
    window = appraisal.window
    return Official(
        appraisal=appraisal,
        work_result=stands.work_result,
        behaviour=stands.behaviour,
        quadrant=quadrant_of(window),
        rule=rule_set("quadrant", window.closes_on),
        organisation=OrganisationPredicate.objects.select_related("set_by")
        .filter(window=window, unit=appraisal.unit_id)
        .first(),
        frozen=frozen_of(appraisal.frozen),
        live=score_in(appraisal.employee_id, window.period_id),
    )


def frozen_of(kept: dict[str, Any]) -> Frozen | None:
    """What was kept with the decision; None where there was no score."""
    if not kept:
        return None
    names = ("total_bp", "coverage_bp", "work_result_bp", "behaviour_bp", "policy", "ruleset", "input_digest")
    return Frozen(**{name: kept[name] for name in names}, computed_at=datetime.fromisoformat(kept["computed_at"]))
