"""How things stand with people: the figures a course may help with, each with its numbers and where it opens.

Read for many people at once; each function states its queries. The period that runs is looked at first, where it has a
value of one's own, else the one before. Figures of opinions only from the policy's least number of answers on.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import ngettext

from terang.evaluation.appraisals.models import Appraisal, Rating
from terang.evaluation.appraisals.states import TOLD
from terang.evaluation.models import Period, ScoreComponent
from terang.evaluation.periods import Span, period_title, span_of
from terang.evaluation.policies import measure_rules, rules_of
from terang.evaluation.selectors import policy_on
from terang.evidence.citizens.models import SurveyResponse
from terang.evidence.colleagues.evidence import RATER_OF_MEASURE
from terang.evidence.colleagues.models import ReviewTally
from terang.rules.catalogue import MEASURES
from terang.rules.policies import Policy
from terang.rules.tables import ELEMENTS
from terang.rules.training import ASPECT, ELEMENT, MEASURE, RATING, code_of, kind_of
from terang.web.numbers import grouped, percent, score

SATISFACTION = "citizen_satisfaction"
BEST_ANSWER = 4
YEAR = timedelta(days=366)
"""How far back a round of review and an official result still speak of a person."""


@dataclass(frozen=True)
class Finding:
    """One figure of one person. `value_bp` is missing for a rating; `n` answers (0: none asked) stand behind it."""

    employee_id: int
    subject: str
    value_bp: int | None
    n: int
    since: date
    until: date
    title: str
    url: str

    @property
    def shown(self) -> str:
        """The value as it is told: an index, a share, or a rating in words."""
        return shown_value(self.subject, self.value_bp)

    @property
    def behind(self) -> str:
        """How much stands behind it, and of when."""
        if self.n:
            told = ngettext("%(n)s jawaban, %(when)s", "%(n)s jawaban, %(when)s", self.n)
            return told % {"n": grouped(self.n), "when": self.title}
        return self.title


def shown_value(subject: str, value_bp: int | None) -> str:
    """An element as an index, an aspect and a measure in per cent, a rating in words."""
    match kind_of(subject):
        case "element":
            return score(value_bp)
        case "rating":
            return str(Rating.BELOW.label)
        case _:
            return percent(value_bp)


@dataclass(frozen=True)
class Ground:
    """The policy on a day with the span that runs and the one before, and their periods where they were opened."""

    agency_id: int
    day: date
    policy: Policy
    spans: tuple[Span, Span]
    periods: dict[date, int]

    def measure_url(self, employee_id: int, measure: str, start: date) -> str:
        """Where a measure of a period opens; empty where the policy has it in no aspect or there is no period."""
        period_id = self.periods.get(start)
        for aspect in self.policy.aspects if period_id else ():
            if any(rule.code == measure for rule in aspect.measures):
                return reverse("evaluation:measure", args=[period_id, employee_id, aspect.code, measure])
        return self.score_url(employee_id, start)

    def nearest_url(self, employee_id: int, measure: str) -> str:
        """Where a measure opens in the latest of the two periods that was opened."""
        starts = [span.start for span in self.spans if span.start in self.periods]
        return self.measure_url(employee_id, measure, starts[0]) if starts else ""

    def score_url(self, employee_id: int, start: date) -> str:
        period_id = self.periods.get(start)
        return reverse("evaluation:score", args=[period_id, employee_id]) if period_id else ""


def ground_on(agency_id: int, day: date) -> Ground | None:
    """What is looked at on a day; None without a policy. Two queries."""
    version = policy_on(agency_id, day)
    if version is None:
        return None
    policy = rules_of(version)
    now = span_of(policy.period_kind, day)
    spans = (now, span_of(policy.period_kind, now.start - timedelta(days=1)))
    found = Period.objects.filter(
        agency_id=agency_id, kind=policy.period_kind, starts_on__in=[each.start for each in spans]
    )
    return Ground(agency_id, day, policy, spans, dict(found.values_list("starts_on", "pk")))


def findings_of(
    ground: Ground, employee_ids: Collection[int], subjects: Collection[str]
) -> dict[int, dict[str, Finding]]:
    """The figures of people for the subjects asked for, by person and subject. What has no figure of its own is left
    out. At most five queries, none for kinds not asked for."""
    wanted: dict[str, set[str]] = {ELEMENT: set(), MEASURE: set(), ASPECT: set(), RATING: set()}
    for subject in subjects:
        wanted.setdefault(kind_of(subject), set()).add(code_of(subject))
    found: dict[int, dict[str, Finding]] = {}
    for each in _all(ground, employee_ids, wanted):
        found.setdefault(each.employee_id, {}).setdefault(each.subject, each)
    return found


def _all(ground: Ground, employee_ids: Collection[int], wanted: dict[str, set[str]]) -> Iterator[Finding]:
    if not employee_ids:
        return
    if wanted[ELEMENT]:
        yield from _elements(ground, employee_ids, wanted[ELEMENT])
    if wanted[MEASURE]:
        yield from _measures(ground, employee_ids, wanted[MEASURE])
    if wanted[ASPECT]:
        yield from _aspects(ground, employee_ids, wanted[ASPECT])
    if wanted[RATING]:
        yield from _ratings(ground, employee_ids, wanted[RATING])


def least_answers(policy: Policy) -> int:
    """From how many answers of citizens on a figure of one person is told."""
    used = [rule.min_answers for rule in measure_rules(policy) if rule.code == SATISFACTION]
    return max(used, default=MEASURES[SATISFACTION].min_answers)


def _elements(ground: Ground, employee_ids: Collection[int], codes: set[str]) -> Iterator[Finding]:
    for span in ground.spans:
        end = min(span.end, ground.day + timedelta(days=1))
        yield from element_means(ground, employee_ids, codes, span.start, end)


def element_means(
    ground: Ground, employee_ids: Collection[int], codes: Iterable[str], start: date, end: date, title: str = ""
) -> Iterator[Finding]:
    """What citizens answered about elements of people's own cases from `start` to before `end`. One query.

    `title` names the time; that of the policy's period which begins with it where missing.
    """
    asked, least = [code for code in ELEMENTS if code in codes], least_answers(ground.policy)
    sums = {f"sum_{code}": Sum(code) for code in asked} | {f"n_{code}": Count(code) for code in asked}
    answers = SurveyResponse.objects.filter(officer_id__in=employee_ids, day__gte=start, day__lt=end).order_by()
    rows: Any = answers.values("officer_id").annotate(**sums)
    for row in rows:
        for code in asked:
            n = row[f"n_{code}"]
            if n and n >= least:
                yield Finding(
                    row["officer_id"],
                    f"{ELEMENT}.{code}",
                    _half_up(row[f"sum_{code}"] * 10_000, n * BEST_ANSWER),
                    n,
                    start,
                    end,
                    title or _title(ground, start),
                    ground.measure_url(row["officer_id"], SATISFACTION, start)
                    or ground.nearest_url(row["officer_id"], SATISFACTION),
                )


def _title(ground: Ground, start: date) -> str:
    return period_title(ground.policy.period_kind, start)


def _half_up(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def _measures(ground: Ground, employee_ids: Collection[int], codes: set[str]) -> Iterator[Finding]:
    """The latest first; a unit's average that stands in for one's own value is no figure of the person."""
    rows = ScoreComponent.objects.filter(
        score__period__in=ground.periods.values(), score__employee__in=employee_ids, measure__in=codes
    ).exclude(value_bp=None)
    ends = {span.start: span.end for span in ground.spans}
    known = rows.exclude(reason="unit_average").order_by("-score__period__starts_on", "id")
    fields = ("score__employee_id", "measure", "value_bp", "n", "score__period__starts_on")
    for employee_id, code, value_bp, n, start in known.values_list(*fields):
        yield Finding(
            employee_id,
            f"{MEASURE}.{code}",
            value_bp,
            n if MEASURES[code].opinion else 0,
            start,
            ends[start],
            _title(ground, start),
            ground.measure_url(employee_id, code, start),
        )


def _aspects(ground: Ground, employee_ids: Collection[int], codes: set[str]) -> Iterator[Finding]:
    """The latest released round of the last year in which enough answered, all kinds of raters together."""
    least = _least_reviews(ground.policy)
    rows = ReviewTally.objects.filter(
        subject__in=employee_ids,
        round__released_on__lte=ground.day,
        round__closes_on__gt=ground.day - YEAR,
        aspect__in={code.rpartition(".")[2] for code in codes},
    ).select_related("round")
    sums: dict[tuple[int, str, int], list[int]] = {}
    rounds = {}
    for row in rows.order_by("-round__closes_on", "-round_id", "kind"):
        code = f"{row.round.instrument}.{row.aspect}"
        if code in codes and row.answers >= least.get(row.kind, 1):
            rounds[row.round_id] = row.round
            total = sums.setdefault((row.subject_id, code, row.round_id), [0, 0])
            total[0] += row.answers * row.mean_milli
            total[1] += row.answers
    for (employee_id, code, round_id), (milli, n) in sums.items():
        opening = rounds[round_id]
        span = (opening.scale_max - opening.scale_min) * 1_000
        yield Finding(
            employee_id,
            f"{ASPECT}.{code}",
            _half_up(max(milli - n * opening.scale_min * 1_000, 0) * 10_000, n * span),
            n,
            opening.opens_on,
            opening.closes_on,
            opening.name,
            _review_url(ground, employee_id),
        )


def _least_reviews(policy: Policy) -> dict[str, int]:
    """By kind of rater, from how many answers on the policy tells them."""
    least: dict[str, int] = {}
    for rule in (*measure_rules(policy), *policy.behaviour_rating.measures):
        if rule.code in RATER_OF_MEASURE:
            kind = RATER_OF_MEASURE[rule.code]
            least[kind] = max(rule.min_answers, least.get(kind, 1))
    return least


def _review_url(ground: Ground, employee_id: int) -> str:
    for span in ground.spans:
        if span.start in ground.periods:
            return ground.score_url(employee_id, span.start)
    return ""


def _ratings(ground: Ground, employee_ids: Collection[int], codes: set[str]) -> Iterator[Finding]:
    """The latest official result of the last year that the person has, where it says "below expectation"."""
    rows = (
        Appraisal.objects.filter(
            employee__in=employee_ids,
            state__in=TOLD,
            handed_on__lte=ground.day,
            window__period__ends_on__gt=ground.day - YEAR,
        )
        .select_related("window__period", "adjustment", "objection")
        .order_by("employee_id", "-window__period__ends_on", "-pk")
    )
    told: set[int] = set()
    for row in rows:
        if row.employee_id in told:
            continue
        told.add(row.employee_id)
        period = row.window.period
        for code in sorted(codes):
            if getattr(row.counting, code, "") == Rating.BELOW:
                yield Finding(
                    row.employee_id,
                    f"{RATING}.{code}",
                    None,
                    0,
                    period.starts_on,
                    period.ends_on,
                    period.title,
                    row.get_absolute_url(),
                )
