"""Small changes of a plan document, and writing one such change safely. A document is replaced whole, never changed."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from terang.planning.plans.models import PlanVersion
from terang.planning.plans.services import write_document
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, Step, from_json

Change = Callable[[PlanDocument], PlanDocument]


def rewrite(*, actor: Viewer, version: PlanVersion, seen: int, change: Change) -> PlanVersion:
    """Writes one change of the plan. The same click a second time finds its work done and is no error.

    Raises what `write_document` raises: Stale where the plan moved on otherwise since `seen`.
    """
    before = from_json(version.document)
    after = change(before)
    if after == before and version.version in (seen, seen + 1):
        return version
    return write_document(actor=actor, version=version, seen=seen, document=after)


def with_result(document: PlanDocument, result: PlannedResult) -> PlanDocument:
    """The document with this result in the place of the one with its key, else at the end."""
    if document.result(result.key) is None:
        return replace(document, results=(*document.results, result))
    return replace(document, results=tuple(result if each.key == result.key else each for each in document.results))


def without_result(document: PlanDocument, key: str) -> PlanDocument:
    """The document without the result; as it was where there is none."""
    return replace(document, results=tuple(each for each in document.results if each.key != key))


def placed(document: PlanDocument, key: str, number: int) -> PlanDocument:
    """The result at a printed number (from 1). Main ones stand before additional ones, so it moves among its own."""
    result = document.result(key)
    if result is None:
        return document
    rest = [each for _number, each in document.printed_results if each.key != key]
    rest.insert(max(number - 1, 0), result)
    return replace(document, results=tuple(sorted(rest, key=lambda each: not each.main)))


def in_year(result: PlannedResult, year: int) -> PlannedResult:
    """The result with the days of its steps in another year."""
    return replace(result, steps=tuple(Step(step.text, _in_year(step.due_on, year)) for step in result.steps))


def _in_year(day: str, year: int) -> str:
    if not day:
        return ""
    old = date.fromisoformat(day)
    return old.replace(year=year, day=28 if (old.month, old.day) == (2, 29) else old.day).isoformat()


def own_indicators(result: PlannedResult, form: str) -> PlannedResult:
    """The result with indicators that fit the form: perspectives and manuals only on `jpt`."""
    if form == "jpt":
        return result
    return replace(result, indicators=tuple(replace(i, perspective="", manual=None) for i in result.indicators))


def added(document: PlanDocument, results: Collection[PlannedResult]) -> PlanDocument:
    """The document with results whose indicators are not in it yet, by the row of the dictionary or the promise."""
    entries = {indicator.entry_id for indicator in _indicators(document)}
    goals = {result.goal_indicator_id for result in document.results}
    goals |= {indicator.goal_indicator_id for indicator in _indicators(document)}
    new = [each for each in results if not _known(each, entries, goals)]
    return replace(document, results=(*document.results, *new))


def _indicators(document: PlanDocument) -> list[PlannedIndicator]:
    return [indicator for result in document.results for indicator in result.indicators]


def _known(result: PlannedResult, entries: Collection[int | None], goals: Collection[int | None]) -> bool:
    if result.goal_indicator_id is not None:
        return result.goal_indicator_id in goals
    return any(i.entry_id is not None and i.entry_id in entries for i in result.indicators)
