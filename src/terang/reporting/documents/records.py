"""A plan as it was carried out and talked about: what Formats B.1.1 to B.1.5 print, from the rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import override

from terang.evaluation.periods import period_title, spans
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import policy_on
from terang.evidence.dialogue.models import Feedback, GiverKind, Topic
from terang.evidence.dialogue.selectors import feedback_between
from terang.evidence.work.realisation import Reached, Tally, TaskDone, reached
from terang.planning.measuring import Direction
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanVersion
from terang.registry.people.selectors import appraiser_of
from terang.reporting.documents.facts import day_of, plan_occasion
from terang.reporting.documents.models import Kind
from terang.reporting.documents.record_sheets import (
    Action,
    Recorded,
    Said,
    Time,
    actions_sheet,
    documented_sheet,
    feedback_sheet,
)
from terang.reporting.documents.sheets import Occasion, Sheet
from terang.rules.plans import PlanDocument, from_json
from terang.web.numbers import longdate, quantity, with_unit

RECEIPTS = 8
"""So many numbers of entries with proof are printed for one result; the others are counted."""
WHOLE = "akhir"
_GIVERS = {
    GiverKind.LEADER: "Pimpinan",
    GiverKind.SUBORDINATE: "Pegawai di bawahnya",
    GiverKind.PEER: "Rekan kerja",
    GiverKind.OTHER: "Pegawai unit lain",
    GiverKind.STAKEHOLDER: "Stakeholder terkait",
}


def times_of(plan: Plan, today: date) -> dict[str, Time]:
    """The periods a record of the plan can be about by their name in addresses ("2026-10-01", "akhir"), those that
    have begun, the latest first; then the whole plan. One query."""
    first, after = plan.period_start, plan.period_end
    day = min(max(today, first), after - timedelta(days=1))
    version = policy_on(plan.employee.agency_id, day)
    kind = rules_of(version).period_kind if version else "quarter"
    whole = Time(kind, first, after, final=True)
    if kind == "year":
        return {WHOLE: whole}
    begun = [each for each in spans(kind, first, day + timedelta(days=1)) if each.start < after]
    times = [Time(kind, max(each.start, first), min(each.end, after)) for each in reversed(begun)]
    return {each.start.isoformat(): each for each in times} | {WHOLE: whole}


def time_title(time: Time) -> str:
    """The name of a period in the reader's language, "Triwulan IV 2026"."""
    return period_title(time.kind, time.start)


def record_sheet(version: PlanVersion, kind: str, time: Time) -> Sheet:
    """The sheet of a kind about a time, without a day beside the signature. At most 24 queries."""
    document, plan = from_json(version.document), version.plan
    occasion = replace(record_occasion(version, time), day=None)
    recorded = recorded_of(plan, document, time)
    if kind == Kind.ACTIONS:
        return actions_sheet(document, recorded, occasion)
    if kind == Kind.DOCUMENTED:
        return documented_sheet(document, recorded, occasion, time)
    return feedback_sheet(document, recorded, occasion, time)


def record_occasion(version: PlanVersion, time: Time) -> Occasion:
    """As of the plan, with who appraises at the end of the time, who need not be the one that agreed."""
    agency = version.plan.employee.agency
    today = day_of(timezone.now(), agency)
    found = appraiser_of(version.plan.employee_id, min(today, time.end - timedelta(days=1)))
    occasion = plan_occasion(version)
    if found is None or found.employee.pk == version.agreed_by_id:
        return occasion
    changed = PlanVersion(plan=version.plan, state=version.state, agreed_at=timezone.now(), agreed_by=found.employee)
    return replace(occasion, appraiser=plan_occasion(changed).appraiser)


def recorded_of(plan: Plan, document: PlanDocument, time: Time) -> Recorded:
    """Evidence that counts and feedback that stands, at the rows of the document. Nine queries."""
    today = day_of(timezone.now(), plan.employee.agency)
    done = reached(plan, time.start, time.end, today)
    results = {row.pk: row for row in plan.results.all()}
    indicators = Indicator.objects.filter(result__plan=plan)
    said = feedback_between(plan.employee_id, max(time.start, plan.period_start), min(time.end, plan.period_end))
    with override("id"):
        recorded = Recorded(
            actions=_actions(document, results.values(), done),
            values={row.key: _value(row, done.indicators[row.pk]) for row in indicators if row.pk in done.indicators},
            proofs={row.key: _proofs(done, row.pk) for row in results.values()},
        )
        return _spoken(recorded, said, {row.pk: row.key for row in results.values()}, document)


def _actions(document: PlanDocument, results: Iterable[PlanResult], done: Reached) -> dict[str, list[Action]]:
    """Steps agreed in the plan, then the tasks of the time. A task that is a step by its words stands once."""
    tasks = {row.key: done.tasks.get(row.pk, ()) for row in results}
    found: dict[str, list[Action]] = {}
    for result in document.results:
        own = tasks.get(result.key, ())
        named = {task.text for task in own}
        steps = [Action(_due(each.text, each.due_on)) for each in result.steps if each.text not in named]
        found[result.key] = [*steps, *(_task(each) for each in own)]
    return found


def _task(task: TaskDone) -> Action:
    reached = (task.done_milli or 0) >= task.planned_milli
    return Action(_due(task.text, task.due_on.isoformat()), _done(task), reached)


def _due(text: str, day: str) -> str:
    return f"{text} ({longdate(date.fromisoformat(day))})" if day else text


def _done(task: TaskDone) -> str:
    planned = with_unit(quantity(task.planned_milli), task.unit_label)
    if task.done_milli is None or task.last is None:
        return f"Belum ada dari {planned}"
    told = f"{quantity(task.done_milli)} dari {planned}, {longdate(task.last)}"
    return f"{told}; {_listed(task.receipts)}" if task.receipts else told


def _value(indicator: Indicator, milli: int) -> str:
    if indicator.direction == Direction.YES_NO:
        return "Ya" if milli >= 1000 else "Tidak"
    return with_unit(quantity(milli), indicator.unit_label)


def _proofs(done: Reached, result_id: int) -> list[str]:
    """Entries of no task: together, with their numbers where proof is attached."""
    tallies: Sequence[Tally] = done.others.get(result_id, ())
    if not tallies:
        return []
    accepted, waiting = sum(each.accepted for each in tallies), sum(each.unanswered for each in tallies)
    told = f"{accepted} kegiatan diterima atasan"
    if waiting:
        told += f", {waiting} terhitung karena jawabannya lewat waktu"
    proofs = done.receipts.get(result_id, ())
    return [told, _listed(proofs)] if proofs else [told]


def _listed(receipts: Sequence[str]) -> str:
    shown, more = ", ".join(receipts[:RECEIPTS]), len(receipts) - RECEIPTS
    return f"bukti dukung {shown}" + (f" dan {more} lainnya" if more > 0 else "")


def _spoken(recorded: Recorded, rows: Iterable[Feedback], keys: dict[int, str], document: PlanDocument) -> Recorded:
    printed = {result.key for result in document.results}
    on_results: dict[str, list[Said]] = defaultdict(list)
    on_values: dict[str, list[Said]] = defaultdict(list)
    others: list[Said] = []
    for row in rows:
        key = keys.get(row.result_id or 0, "")
        if row.topic == Topic.RESULT and key in printed:
            on_results[key].append(_said(row))
        elif row.topic == Topic.VALUE:
            on_values[row.value].append(_said(row))
        else:
            others.append(_said(row, about=row.about or "Pekerjaan pada umumnya"))
    return replace(recorded, on_results=on_results, on_values=on_values, others=others)


def _said(row: Feedback, about: str = "") -> Said:
    advice = f"Saran: {row.advice}" if row.advice else ""
    parts = [row.behaviour, row.situation, row.impact, advice, _evidence(row.evidence)]
    words = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)
    giver = row.said_by[:1].upper() + row.said_by[1:] if row.said_by else _GIVERS[GiverKind(row.giver_kind)]
    return Said(giver, row.day, row.symbol, words, about)


def _evidence(address: str) -> str:
    """Where the evidence lies, short enough for paper: a page of Terang by its path, the web by its host."""
    if not address:
        return ""
    parts = urlsplit(address)
    return f"Bukti: {parts.netloc or parts.path}"
