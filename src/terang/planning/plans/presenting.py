"""A plan document as rows to look at: numbers as printed text, codes as words, findings beside what they concern.

Pure: no query. Numbers and words are in the language of the request; forms are printed with Indonesian switched on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.planning.measuring import Aspect, Direction, Gathering, Perspective
from terang.rules.plans import LeaderRow, PlanDocument, PlannedIndicator, PlannedResult, Step
from terang.rules.plans.behaviour import VALUES, Value
from terang.rules.plans.checks import Problem
from terang.web.numbers import quantity, with_unit
from terang.web.sentences import said

PERSPECTIVES = {str(code): label for code, label in Perspective.choices}
LEVELS = {
    "outcome": _("Outcome"),
    "outcome_antara": _("Outcome antara"),
    "kendali_rendah": _("Output kendali rendah"),
    "kendali_sedang": _("Output kendali sedang"),
    "kendali_tinggi": _("Output kendali tinggi"),
}
RESOURCES = {
    "sdm": _("Sumber daya manusia"),
    "anggaran": _("Anggaran"),
    "peralatan": _("Peralatan kerja"),
    "pendampingan": _("Pendampingan pimpinan"),
    "sarana": _("Sarana dan prasarana"),
}
RHYTHMS = {
    "harian": _("setiap hari"),
    "mingguan": _("setiap minggu"),
    "bulanan": _("setiap bulan"),
    "triwulanan": _("setiap triwulan"),
    "semesteran": _("setiap semester"),
    "tahunan": _("setiap tahun"),
    "sewaktu": _("pada waktu yang disepakati"),
}


@dataclass(frozen=True)
class Told:
    """A finding in words of the request's language. `severity` is error or hint, `source` the page or article."""

    severity: str
    message: str
    advice: str
    part: str
    source: str


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator to look at. `target` is the printed text, "80–90 %"; empty texts stand for what was not written."""

    key: str
    text: str
    aspects: tuple[str, ...]
    perspective: str
    target: str
    baseline: str
    direction: str
    gathering: str
    planned: PlannedIndicator
    problems: tuple[Told, ...] = ()


@dataclass(frozen=True)
class StepRow:
    """A step of the action plan; `day` is None where the day is open."""

    text: str
    day: date | None


@dataclass(frozen=True)
class ResultRow:
    """A result to look at with its printed number, its indicators and what was found about it."""

    number: int
    key: str
    text: str
    main: bool
    level: str
    assigned_by: str
    leader: LeaderRow | None
    pending: bool
    refused: bool
    steps: tuple[StepRow, ...]
    indicators: tuple[IndicatorRow, ...]
    planned: PlannedResult
    problems: tuple[Told, ...] = ()


@dataclass(frozen=True)
class BehaviourRow:
    """A value with its three guides and the special expectation (empty where there is none)."""

    value: Value
    expectation: str


@dataclass(frozen=True)
class PlanRows:
    """A whole plan to look at. `problems` are those about no row; `errors` and `hints` count all of them."""

    main: tuple[ResultRow, ...]
    additional: tuple[ResultRow, ...]
    behaviour: tuple[BehaviourRow, ...]
    problems: tuple[Told, ...]
    errors: int
    hints: int

    @property
    def results(self) -> tuple[ResultRow, ...]:
        """All of them in printed order."""
        return (*self.main, *self.additional)


def present(document: PlanDocument, problems: Iterable[Problem] = ()) -> PlanRows:
    """The plan as rows; `problems` (of `rules.plans.checks`) are put beside the row they name."""
    found = tuple(problems)
    beside: dict[str, list[Told]] = {}
    for problem in found:
        beside.setdefault(problem.row_key, []).append(told(problem))
    rows = tuple(_result(number, result, beside) for number, result in document.printed_results)
    known = {"", *_keys(document)}
    stray = [each for key, several in beside.items() if key not in known for each in several]
    wrong = sum(problem.severity == "error" for problem in found)
    return PlanRows(
        main=tuple(row for row in rows if row.main),
        additional=tuple(row for row in rows if not row.main),
        behaviour=tuple(BehaviourRow(value, document.behaviour.get(value.code, "")) for value in VALUES),
        problems=(*beside.get("", ()), *stray),
        errors=wrong,
        hints=len(found) - wrong,
    )


@dataclass(frozen=True)
class AnnexRows:
    """What was agreed around the results (Format A.1.8) in words: (kind, text), (what, rhythm, evidence), (whether it
    follows from reaching the results, text)."""

    resources: tuple[tuple[str, str], ...]
    reports: tuple[tuple[str, str, str], ...]
    consequences: tuple[tuple[bool, str], ...]

    @property
    def empty(self) -> bool:
        return not (self.resources or self.reports or self.consequences)


def present_annex(document: PlanDocument) -> AnnexRows:
    """The annex as rows."""
    return AnnexRows(
        tuple((resource_label(row.kind), row.text) for row in document.resources),
        tuple((row.what, rhythm_label(row.rhythm), row.evidence) for row in document.reports),
        tuple((row.positive, row.text) for row in document.consequences),
    )


def told(problem: Problem) -> Told:
    """A finding in the language of the request."""
    return Told(problem.severity, said(problem.message), said(problem.advice), problem.part, problem.source)


def target_text(indicator: PlannedIndicator) -> str:
    """The target as printed: the written one, else "80–90 %", "960 dokumen", "dari 20 menjadi 14 %", "Ya"."""
    if indicator.target_text or indicator.target_milli is None:
        return indicator.target_text
    if indicator.direction == Direction.YES_NO:
        return gettext("Ya")
    low, high = quantity(indicator.target_milli), quantity(indicator.target_max_milli or indicator.target_milli)
    amount = low if low == high else f"{low}–{high}"
    if indicator.direction == Direction.IMPACT and indicator.baseline_milli is not None:
        amount = gettext("dari %(old)s menjadi %(new)s") % {"old": quantity(indicator.baseline_milli), "new": amount}
    return with_unit(amount, indicator.unit_label)


def aspect_labels(codes: Iterable[str]) -> tuple[str, ...]:
    """Aspects in the regulation's order and words; an unknown code stays as it is."""
    given = tuple(codes)
    known = [str(label) for code, label in Aspect.choices if code in given]
    return (*known, *(code for code in given if code not in Aspect.values))


def level_label(code: str) -> str:
    """Quality and control level in words; empty where none was chosen."""
    return str(LEVELS.get(code, code))


def perspective_label(code: str) -> str:
    """A perspective in words; empty where none was chosen."""
    return str(PERSPECTIVES.get(code, code))


def rhythm_label(code: str) -> str:
    """How often something is reported, in words."""
    return str(RHYTHMS.get(code, code))


def resource_label(code: str) -> str:
    """A kind of support in words."""
    return str(RESOURCES.get(code, code))


def _keys(document: PlanDocument) -> Iterable[str]:
    for result in document.results:
        yield result.key
        yield from (indicator.key for indicator in result.indicators)


def _result(number: int, result: PlannedResult, beside: dict[str, list[Told]]) -> ResultRow:
    assigned = result.from_elsewhere
    return ResultRow(
        number=number,
        key=result.key,
        text=result.text,
        main=result.main,
        level=level_label(result.level),
        assigned_by=result.assigned_by,
        leader=result.leader,
        pending=assigned and result.approved is None,
        refused=assigned and result.approved is False,
        steps=tuple(StepRow(step.text, _day(step)) for step in result.steps),
        indicators=tuple(_indicator(indicator, beside) for indicator in result.indicators),
        planned=result,
        problems=tuple(beside.get(result.key, ())),
    )


def _day(step: Step) -> date | None:
    return date.fromisoformat(step.due_on) if step.due_on else None


def _indicator(indicator: PlannedIndicator, beside: dict[str, list[Told]]) -> IndicatorRow:
    known = indicator.baseline_milli is not None and indicator.direction == Direction.IMPACT
    return IndicatorRow(
        key=indicator.key,
        text=indicator.text,
        aspects=aspect_labels(indicator.aspects),
        perspective=perspective_label(indicator.perspective),
        target=target_text(indicator),
        baseline=with_unit(quantity(indicator.baseline_milli), indicator.unit_label) if known else "",
        direction=_label(Direction, indicator.direction),
        gathering=_label(Gathering, indicator.gathering),
        planned=indicator,
        problems=tuple(beside.get(indicator.key, ())),
    )


def _label(choices: type[Direction] | type[Gathering], code: str) -> str:
    return str(choices(code).label) if code in choices.values else code
