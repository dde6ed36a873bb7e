"""What the rules ask about a person, read from scores, released reviews and final evaluations; and what it rests on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from terang.evaluation.advice import drags
from terang.evaluation.appraisals.models import Appraisal, AppraisalState
from terang.evaluation.explanation import explain
from terang.evaluation.gathering import window_of
from terang.evaluation.models import Period, PolicyVersion, Score, ScoreComponent
from terang.evaluation.policies import rules_of
from terang.evaluation.services.warnings import days_below
from terang.evidence.colleagues import evidence as colleagues
from terang.registry.organization.calendars import AgencyCalendar
from terang.rules.catalogue import MEASURES
from terang.rules.follow_up import Due, Standing, due_of_predicates, due_of_scores
from terang.rules.policies import Instrument, MeasureRule, Policy
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

MILLI = 1_000
REVIEWS = ("superior_review", "peer_review", "subordinate_review")

Link = dict[str, object]


@dataclass(frozen=True)
class Found:
    """One thing due for a person, with everything it rests on. `score` is missing, and `predicate` told, where a yearly
    predicate made it due."""

    employee_id: int
    due: Due
    version: PolicyVersion | None
    rule: str
    period: Period
    links: list[Link]
    score: Score | None = None
    predicate: str = ""


def scores_for(period: Period) -> QuerySet[Score]:
    """The scores of a period with all that the rules ask. Two queries when read."""
    found = Score.objects.filter(period=period).select_related("policy", "unit", "employee__agency", "period")
    return found.prefetch_related("components").order_by("employee_id")


def due_by_scores(scores: Collection[Score], calendar: AgencyCalendar, day: date) -> list[Found]:
    """What these scores of one period make due on a day. At most one query."""
    if not scores:
        return []
    reviewed = _reviewed(scores, day)
    return [
        Found(score.employee_id, due, score.policy, score.ruleset, score.period, _links(score, due), score)
        for score in scores
        for due in due_of_scores(
            rules_of(score.policy), str(score.period_id), _standing(score, calendar, day, reviewed)
        )
    ]


def _standing(score: Score, calendar: AgencyCalendar, day: date, reviewed: Mapping[int, Mapping[str, int]]) -> Standing:
    told = explain(score)
    values = {each.code: each.score_bp for each in told.aspects if each.score_bp is not None}
    values |= {each.code: each.stored.score_bp for each in told.measures if each.stored.score_bp is not None}
    values |= reviewed.get(score.employee_id, {})
    return Standing(score.total_bp, score.below_since, days_below(score, calendar, day), values)


def _reviewed(scores: Collection[Score], day: date) -> dict[int, dict[str, int]]:
    """By employee, each value of the policy's instruments that has a floor, from released rounds with enough answers.

    All kinds of rater together, so that no single one is told apart; one query, none where no floor asks for it.
    """
    first = next(iter(scores))
    policy = rules_of(first.policy)
    subjects = {each.subject for each in policy.floors if "." in each.subject}
    window = window_of(first.period, day)
    if not subjects or window is None:
        return {}
    rows = colleagues.facts([each.employee_id for each in scores], window.start, window.end, as_of=day)["reviews"]
    return _means(rows, policy, subjects)


def _means(rows: Iterable[tuple[object, ...]], policy: Policy, subjects: Collection[str]) -> dict[int, dict[str, int]]:
    least = {rule.code: rule.min_answers for rule in _review_rules(policy)}
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for employee_id, rater, aspect, answers, total in rows:
        if int(str(answers)) >= least.get(f"{rater}_review", 1):
            counted = sums[int(str(employee_id)), str(aspect)]
            counted[0] += int(str(answers))
            counted[1] += int(str(total))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for (employee_id, aspect), (answers, total) in sums.items():
        for instrument in policy.instruments:
            subject = f"{instrument.code}.{aspect}"
            if subject in subjects:
                found[employee_id][subject] = _share(instrument, answers, total)
    return found


def _review_rules(policy: Policy) -> list[MeasureRule]:
    lists = [policy.aspects, *(each.aspects for each in policy.variants)]
    rules = [rule for aspects in lists for aspect in aspects for rule in aspect.measures]
    return [rule for rule in (*rules, *policy.behaviour_rating.measures) if rule.code in REVIEWS]


def _share(instrument: Instrument, answers: int, sum_milli: int) -> int:
    """The mean as a share of the scale, in basis points, rounded half-up once: as `rules.measures.review`."""
    above = max(0, sum_milli - answers * instrument.scale_min * MILLI)
    span = answers * (instrument.scale_max - instrument.scale_min) * MILLI
    return (2 * above * 10_000 + span) // (2 * span)


def weakest(score: Score) -> ScoreComponent | None:
    """The measure that pulls the total down most: what is measured again. None where nothing has evidence."""
    parts = {each.measure: each for each in score.components.all()}
    lowest = sorted((each for each in parts.values() if each.score_bp is not None), key=lambda each: each.score_bp or 0)
    pulled = [parts[drag.measure] for drag in drags(parts.values())]
    return next(iter([*pulled, *lowest]), None)


def _links(score: Score, due: Due) -> list[Link]:
    """The score, the measures behind it, and the policy: each opens."""
    total = reverse("evaluation:score", args=[score.period_id, score.employee_id])
    links = [_link(Sentence(_("Nilai %(period)s"), {"period": score.period.name}), total)]
    links += [_measure_link(score, each) for each in _behind(score, due)]
    policy = reverse("evaluation:policy_version", args=[score.policy.version])
    return [*links, _link(Sentence(_("Kebijakan versi %(version)s"), {"version": score.policy.version}), policy)]


def _behind(score: Score, due: Due) -> list[ScoreComponent]:
    parts = list(score.components.all())
    if due.kind == "corrective":
        found = weakest(score)
        return [found] if found else []
    if "." in due.subject:
        return [each for each in parts if each.measure in REVIEWS]
    return [each for each in parts if due.subject in (each.measure, each.aspect)]


def _measure_link(score: Score, part: ScoreComponent) -> Link:
    address = reverse("evaluation:measure", args=[score.period_id, score.employee_id, part.aspect, part.measure])
    return _link(Sentence(MEASURES[part.measure].label), address)


def _link(words: Sentence, url: str) -> Link:
    return {"words": words.stored(), "url": url}


def yearly_results(agency_id: int, employee_ids: Collection[int] | None) -> dict[int, list[Appraisal]]:
    """The final yearly evaluations of people by employee, newest first. One query."""
    rows = Appraisal.objects.filter(
        window__period__agency_id=agency_id, window__period__kind="year", state=AppraisalState.FINAL
    )
    if employee_ids is not None:
        rows = rows.filter(employee_id__in=employee_ids)
    found: dict[int, list[Appraisal]] = defaultdict(list)
    related = rows.select_related("window__period", "adjustment", "objection")
    for row in related.order_by("employee_id", "-window__period__starts_on"):
        found[row.employee_id].append(row)
    return found


def due_by_predicates(results: Mapping[int, list[Appraisal]], version: PolicyVersion, day: date) -> list[Found]:
    """What final yearly evaluations make due on a day. No query."""
    policy = rules_of(version)
    found = []
    for employee_id, rows in results.items():
        yearly = {each.window.period.starts_on.year: each.standing for each in rows}
        for due in due_of_predicates(policy, yearly, day):
            newest = rows[0]
            words = Sentence(_("Hasil evaluasi %(period)s"), {"period": newest.window.period.name})
            links = [_link(words, newest.get_absolute_url())]
            found.append(
                Found(
                    employee_id,
                    due,
                    version,
                    newest.rule_set,
                    newest.window.period,
                    links,
                    predicate=newest.standing,
                )
            )
    return found
