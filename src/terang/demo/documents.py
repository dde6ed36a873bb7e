"""What a person of the demo promises, as a plan document: the job's results in the words of the unit."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from terang.demo.aims import Aim
from terang.demo.blueprint import FOLDER, PostSpec, UnitSpec, jobs
from terang.demo.scene import Scene
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.measuring import Gathering
from terang.planning.plans.models import Indicator, PlanResult
from terang.planning.plans.placement import form_of
from terang.planning.plans.suggestions import with_first
from terang.rules.plans import LeaderRow, Manual, PlanDocument, PlannedIndicator, PlannedResult, Step
from terang.rules.plans.document import Form, Level

OWN_PERSPECTIVES = ("proses_bisnis", "penguatan_internal")
"""Perspectives of the two results of the job `pimpinan`."""
SERVICE_TARGET, OFFICE_TARGET = "S2.1", "S2.2"
"""Codes of the targets of the RPJMD that the offices serve."""
_LEVELS: dict[str, Level] = {
    "jpt": "outcome_antara",
    "kepala_daerah": "outcome",
    "administrator": "kendali_sedang",
    "pengawas": "kendali_sedang",
    "fungsional": "kendali_sedang",
}


@dataclass(frozen=True)
class Above:
    """A leader's plan as those below see it: its document, and the rows that were made of it by key."""

    document: PlanDocument
    results: Mapping[str, PlanResult] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    def row(self, result: PlannedResult) -> LeaderRow:
        """What a result below serves; of leading officials with the indicator (p. 59)."""
        first = result.indicators[0] if self.document.form == "jpt" else None
        own, measured = self.results.get(result.key), self.indicators.get(first.key) if first else None
        above = result.leader.goal_indicator_id if result.leader else None
        return LeaderRow(
            text=result.text,
            indicator_text=first.text if first else "",
            result_id=own.pk if own else None,
            indicator_id=measured.pk if measured else None,
            goal_indicator_id=result.goal_indicator_id or above,
        )


@dataclass(frozen=True)
class Wanted:
    """Whose plan, where, for how many months from `first` on."""

    scene: Scene
    slot: str
    unit: UnitSpec
    post: PostSpec
    first: date
    months: int

    @property
    def form(self) -> Form:
        return form_of(self.post.kind, self.post.is_head, self.unit.kind)

    def key(self, part: str) -> str:
        """The name of a row, the same on every machine."""
        text = f"{self.scene.code}:{self.slot}:{self.first.isoformat()}:{part}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@cache
def wording() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "plans.toml").read_text(encoding="utf-8"))


def document_of(
    wanted: Wanted, entries: Mapping[str, DictionaryEntry], aims: list[Aim], above: Above | None, top: list[Aim]
) -> PlanDocument:
    """The plan of a year, or of its part. `aims` are those the person carries: of the unit they head. `top` are those
    of the whole government, which somebody serves who has no leader with a plan."""
    own = [_result(wanted, number, row, entries) for number, row in enumerate(_rows(wanted))]
    promised = [_promised(wanted, number, aim) for number, aim in enumerate(aims)] if wanted.form == "jpt" else []
    if aims and not promised:
        own[0] = _carrying(own[0], aims[0])
    results = [*promised, *own]
    if above is not None:
        results = [_serving(each, above, wanted, aims) for each in results]
    elif top:
        results = [_serving_the_top(each, top, aims) for each in results]
    document = PlanDocument(form=wanted.form, results=tuple(results), behaviour=_expectations(wanted))
    return with_first(document)


def _rows(wanted: Wanted) -> list[dict[str, Any]]:
    """The results of the job in the words of the unit, and for leading officials what the other perspectives need."""
    rows = [dict(row) for row in jobs()[wanted.post.job]["results"]]
    if not wanted.post.is_head:
        return rows
    known = wording()["leaders"]
    names = [key for key in known if wanted.unit.key.startswith(key)]
    if names:
        rows[0]["text"], rows[0]["indicator"] = known[max(names, key=len)]
        rows[0].pop("entry", None)
    if wanted.form != "jpt":
        return rows
    for row, perspective in zip(rows, OWN_PERSPECTIVES, strict=True):
        row["perspective"] = perspective
    return [*rows, *({**row, "unit": "%", "gathering": "latest"} for row in wording()["leading"])]


def _result(wanted: Wanted, number: int, row: dict[str, Any], entries: Mapping[str, DictionaryEntry]) -> PlannedResult:
    return PlannedResult(
        key=wanted.key(f"r{number}"),
        text=row["text"],
        level=_LEVELS.get(wanted.post.kind, "kendali_tinggi") if wanted.form == "ja" else "outcome_antara",
        programme=jobs()[wanted.post.job].get("programme", "") if number == 0 else "",
        indicators=(_indicator(wanted, number, row, entries.get(row.get("entry", ""))),),
        steps=_steps(wanted, number),
    )


def _indicator(wanted: Wanted, number: int, row: dict[str, Any], entry: DictionaryEntry | None) -> PlannedIndicator:
    summed = row["gathering"] == Gathering.SUM
    leading = wanted.form == "jpt"
    return PlannedIndicator(
        key=wanted.key(f"i{number}"),
        text=row["indicator"],
        aspects=("kuantitas" if summed else "kualitas",),
        perspective=row.get("perspective", "") if leading else "",
        direction=row.get("direction", "higher"),
        gathering=row["gathering"],
        unit_label=row["unit"],
        target_milli=round(row["target"] * (wanted.months / 12 if summed else 1)) * 1000,
        baseline_milli=row["baseline"] * 1000 if "baseline" in row else None,
        measure=entry.measure if entry else "",
        entry_id=entry.pk if entry else None,
        manual=Manual("", entry.definition, entry.formula, "", entry.source, "bulanan") if entry and leading else None,
    )


def _promised(wanted: Wanted, number: int, aim: Aim) -> PlannedResult:
    """What the unit promised in its yearly agreement is a main result of its head (p. 27)."""
    source = aim.indicator
    indicator = PlannedIndicator(
        key=wanted.key(f"a{number}"),
        text=source.text,
        aspects=("kualitas",),
        perspective=source.perspective or "penerima_layanan",
        direction=source.direction,
        gathering=Gathering.LATEST,
        unit_label=source.unit_label,
        target_milli=aim.target_milli,
        target_max_milli=aim.target_max_milli,
        baseline_milli=aim.baseline_milli,
        measure=source.measure,
        manual=Manual("", "", source.formula, "outcome_antara", source.source, "triwulanan"),
    )
    return PlannedResult(
        key=wanted.key(f"p{number}"),
        text=aim.text,
        level="outcome" if source.outcome else "outcome_antara",
        goal_indicator_id=source.pk,
        indicators=(indicator,),
    )


def _carrying(result: PlannedResult, aim: Aim) -> PlannedResult:
    """The first result of who heads a unit below carries the unit's programme."""
    return replace(result, goal_indicator_id=aim.indicator.pk)


def _serving(result: PlannedResult, above: Above, wanted: Wanted, aims: list[Aim]) -> PlannedResult:
    """Which of the leader's results it serves: for heads like to like, for everybody else the leader's first."""
    rows = above.document.results
    if not rows:
        return result
    chosen = rows[0]
    if wanted.post.is_head:
        if any(i.unit_label == "dialog" for i in result.indicators):
            chosen = next((row for row in rows if any(i.unit_label == "dialog" for i in row.indicators)), chosen)
        else:
            parents = {aim.parent for aim in aims}
            chosen = next((row for row in rows if _goal_of(row, wanted) in parents), chosen)
    return replace(result, leader=above.row(chosen))


def _serving_the_top(result: PlannedResult, top: list[Aim], aims: list[Aim]) -> PlannedResult:
    """Under a state official, who makes no plan, a leading official's result serves a target of the RPJMD."""
    parents = [each for aim in aims for each in top if each.goal == aim.parent]
    public = any(each.perspective == "penerima_layanan" for each in result.indicators)
    usual = next(each for each in top if each.goal == (SERVICE_TARGET if public else OFFICE_TARGET))
    aim = parents[0] if result.goal_indicator_id and parents else usual
    row = LeaderRow(aim.text, aim.indicator.text, goal_indicator_id=aim.indicator.pk)
    return replace(result, leader=row)


def _goal_of(row: PlannedResult, wanted: Wanted) -> str:
    return wanted.scene.goal_codes.get(row.goal_indicator_id or 0, "")


def _steps(wanted: Wanted, number: int) -> tuple[Step, ...]:
    """Half-yearly steps of a whole year's plan, in the words of the job's tasks."""
    tasks = jobs()[wanted.post.job]["tasks"]
    year, text = wanted.first.year, tasks[number % len(tasks)]
    days = (("semester I", date(year, 6, 30)), ("semester II", date(year, 12, 15)))
    return tuple(Step(f"{text}, {half}", day.isoformat()) for half, day in days if day >= wanted.first)


def _expectations(wanted: Wanted) -> dict[str, str]:
    dice = wanted.scene.dice(f"expectation:{wanted.slot}:{wanted.first.year}")
    if dice.random() > 0.35:
        return {}
    code, texts = dice.choice(sorted(wording()["expectations"].items()))
    return {code: dice.choice(texts)}
