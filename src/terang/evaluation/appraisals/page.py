"""One person on the rater's desk: what was promised and reached, what others said, what evidence suggests, and who
comes next."""

from collections import Counter
from dataclasses import dataclass, field, replace

from django.urls import reverse

from terang.evaluation.appraisals.frozen import Suggestion, suggestion_for
from terang.evaluation.appraisals.models import Appraisal, OrganisationPredicate, Rating, RatingWindow
from terang.evaluation.appraisals.raters import Seat
from terang.evaluation.appraisals.reasons import organisation_of
from terang.evaluation.appraisals.selectors import Group
from terang.evaluation.appraisals.study import StudyLeave, study_leave_in
from terang.evaluation.appraisals.wording import short_label
from terang.evaluation.models import Score
from terang.evidence.dialogue.models import Feedback
from terang.evidence.dialogue.selectors import feedback_between
from terang.evidence.figures import Figure
from terang.evidence.reports.hooks import figures_of
from terang.planning.plans.models import PlanResult
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.quadrant import quadrant
from terang.rules.regulations.source import rule_set

MOST_WORDS = 8
"""Words of others shown beside the ratings; all of them stand on the person's own page."""


@dataclass(frozen=True)
class Cell:
    """One field of the quadrant."""

    work: str
    behaviour: str
    label: str


@dataclass(frozen=True)
class Heard:
    """What others said in the period: the latest words, how many in all, and how many in each of its months."""

    rows: list[Feedback]
    total: int
    months: list[tuple[int, int]]


@dataclass(frozen=True)
class Desk:
    """Everything the rating page shows, the form aside."""

    seat: Seat
    window: RatingWindow
    kept: Appraisal | None
    organisation: OrganisationPredicate | None
    suggestion: Suggestion
    results: list[PlanResult]
    figures: dict[int, list[Figure]]
    others: list[Figure]
    heard: Heard
    study: StudyLeave | None = None
    article: str = ""
    quadrant: list[list[Cell]] = field(default_factory=list)


def desk_for(
    viewer: Viewer, window: RatingWindow, seat: Seat, kept: Appraisal | None, results: list[PlanResult]
) -> Desk:
    """Reads what the rooms below know of the person in the period. A constant number of queries."""
    period = window.period
    suggestion = suggestion_for(seat.employee.pk, period)
    told = figures_of(seat.employee.pk, period.starts_on, period.ends_on, viewer.today)
    figures = [openable(each, suggestion.score) for each in told]
    known = {each.pk for each in results}
    by_result: dict[int, list[Figure]] = {pk: [] for pk in known}
    for each in figures:
        if each.result_id in known and each.result_id is not None:
            by_result[each.result_id].append(each)
    return Desk(
        seat=seat,
        window=window,
        kept=kept,
        organisation=organisation_of(window, seat.unit),
        suggestion=suggestion,
        results=results,
        figures=by_result,
        others=[each for each in figures if each.result_id not in known],
        heard=heard_about(seat.employee, window),
        study=study_leave_in(seat.employee.pk, period),
        article=article_of(window),
        quadrant=quadrant_of(window),
    )


def openable(figure: Figure, score: Score | None) -> Figure:
    """A figure whose room has no page of its own leads to the person's measure, where there is one. No query where the
    score's components are at hand."""
    if figure.url or score is None:
        return figure
    aspects = {each.measure: each.aspect for each in score.components.all()}
    known = next((code for code in figure.measures if code in aspects), None)
    if known is None:
        return figure
    return replace(
        figure, url=reverse("evaluation:measure", args=[score.period_id, score.employee_id, aspects[known], known])
    )


def own_draft(kept: Appraisal | None, seat: Seat) -> Appraisal | None:
    """The draft where today's rater wrote it: who takes over begins with an empty page, unled by the other's view."""
    return kept if kept is not None and kept.rater_id == seat.rater_id else None


def heard_about(employee: Employee, window: RatingWindow) -> Heard:
    """Feedback by name in the period, with its spread over the months against recency. Two queries."""
    period = window.period
    rows = feedback_between(employee.pk, period.starts_on, period.ends_on)
    counted = Counter((day.year, day.month) for day in rows.values_list("day", flat=True))
    latest = list(rows.select_related("giver").order_by("-day", "-id")[:MOST_WORDS])
    return Heard(latest, counted.total(), [(month, n) for (_year, month), n in sorted(counted.items())])


def quadrant_of(window: RatingWindow) -> list[list[Cell]]:
    """The nine fields under the regulation in force on the window's last day: results fall from row to row, behaviour
    rises from column to column."""
    return [
        [
            Cell(work, behaviour, short_label(quadrant(work, behaviour, window.closes_on)))
            for behaviour in reversed(Rating.values)
        ]
        for work in Rating.values
    ]


def article_of(window: RatingWindow) -> str:
    """Where the quadrant in force on the window's last day stands."""
    rule = rule_set("quadrant", window.closes_on)
    return f"{rule.source}, {rule.article}"


def next_person(groups: list[Group], employee_id: int) -> Employee | None:
    """Who is to be rated after this person: the next without a decided appraisal, from the top again; None where all
    are decided."""
    lines = [line for group in groups for line in group.lines]
    place = next((n for n, line in enumerate(lines) if line.employee.pk == employee_id), -1)
    ordered = [*lines[place + 1 :], *lines[: max(place, 0)]]
    return next((line.employee for line in ordered if not line.is_decided), None)
