"""What Terang offers to write down: drafts of the last days, each with the purpose it most likely serves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from terang.evidence.drafts import Draft
from terang.evidence.work.hooks import made_drafts
from terang.evidence.work.models import DroppedDraft, Entry
from terang.evidence.work.purposes import Purpose, key_of
from terang.registry.people.models import Employee

DAYS = 7
"""Drafts are made of today and the six days before."""
REMEMBERED = 200
"""Entries from drafts that are looked at to learn which purpose a kind of draft serves."""


@dataclass(frozen=True)
class Offer:
    """A draft with the purpose suggested for it; None where the person has to choose."""

    draft: Draft
    purpose: Purpose | None


def offers(
    employee: Employee, today: date, purposes: dict[str, Purpose], recent: Collection[Entry] = ()
) -> list[Offer]:
    """Drafts not recorded and not dropped yet, latest first; neither is one whose purpose was served by hand on its day
    (`recent`: entries that stand). Two queries and those of the rooms."""
    drafts = made_drafts(employee, today - timedelta(days=DAYS - 1), today + timedelta(days=1))
    if not drafts:
        return []
    written = Entry.objects.filter(employee=employee).exclude(source="").select_related(None).order_by("-day", "-id")
    remembered = list(written.only("source", "task_id", "indicator_id", "result_id")[:REMEMBERED])
    dropped = DroppedDraft.objects.filter(employee=employee, source__in=[draft.source for draft in drafts])
    gone = {*dropped.values_list("source", flat=True), *(entry.source for entry in remembered)}
    chosen = {entry.source.rpartition(":")[0]: key_of(entry) for entry in reversed(remembered)}
    open_ones = [draft for draft in drafts if draft.source not in gone]
    found = [Offer(draft, _suggested(draft, purposes, chosen)) for draft in open_ones]
    by_hand = {(entry.day, key_of(entry)) for entry in recent if not entry.source}
    return [each for each in found if not each.purpose or (each.draft.day, each.purpose.key) not in by_hand]


def _suggested(draft: Draft, purposes: dict[str, Purpose], chosen: dict[str, str]) -> Purpose | None:
    """The task it is; what the person chose last for this kind; the indicator with its measure; the only one there is
    with its unit."""
    if draft.task_id:
        return purposes.get(f"t{draft.task_id}")
    if found := purposes.get(chosen.get(draft.kind, "")):
        return found
    indicators = [each for each in purposes.values() if each.indicator]
    by_measure = [each for each in indicators if draft.measure and each.measure == draft.measure]
    unit = draft.unit_label.casefold()
    by_unit = [each for each in indicators if unit and each.unit_label.casefold() == unit]
    return next((found[0] for found in (by_measure, by_unit) if len(found) == 1), None)
