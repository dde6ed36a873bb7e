"""Differences between two versions in words a person reads: values of the document become text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.planning.measuring import Direction, Gathering
from terang.planning.plans.presenting import (
    aspect_labels,
    level_label,
    perspective_label,
    resource_label,
    rhythm_label,
    target_text,
)
from terang.planning.plans.study import study_facts
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult
from terang.rules.plans.behaviour import VALUES
from terang.rules.plans.differences import Difference, differences
from terang.rules.sentences import Sentence, mark
from terang.web.numbers import percent, quantity
from terang.web.sentences import said

WORDS = {"added": _("ditambah"), "removed": _("dihapus"), "changed": _("diubah")}
KINDS = {"added": "ok", "removed": "wrong", "changed": "attention"}
APPROACHES = {"kuantitatif": _("Kuantitatif"), "kualitatif": _("Kualitatif")}
FORMS = {"jpt": _("JPT dan pimpinan unit kerja mandiri"), "ja": _("Jabatan administrasi dan fungsional")}
PARTS = {"hasil": _("Hasil kerja"), "perilaku": _("Perilaku kerja"), "lampiran": _("Lampiran SKP")}
UNSEEN = ("goal_indicator_id", "measure")
"""Fields that name a row of Terang, not a word of the plan."""
TARGET_FIELDS = ("target_milli", "target_max_milli", "target_text", "unit_label")
TARGET = Sentence(mark("Target"))


@dataclass(frozen=True)
class Change:
    """One change to look at: `word` and `kind` (of the badge, which adds an icon) say what happened; `before` and
    `after` are texts, empty where there was none."""

    word: str
    kind: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRow:
    """A row of the plan with its changes; `text` is the row as the new version has it, empty for the whole plan."""

    part: str
    text: str
    changes: tuple[Change, ...]


def compare(old: PlanDocument, new: PlanDocument) -> tuple[ChangedRow, ...]:
    """Every changed row once, in the order of `rules.plans.differences`."""
    rows: dict[tuple[str, str, str], list[Change]] = {}
    for each in _with_whole_targets(differences(old, new), old, new):
        rows.setdefault((each.part, each.row_key, _row_text(each)), []).append(_change(each))
    return tuple(ChangedRow(str(PARTS[part]), text, tuple(found)) for (part, _key, text), found in rows.items())


def _with_whole_targets(found: Iterable[Difference], old: PlanDocument, new: PlanDocument) -> Iterator[Difference]:
    """The differences, those of an indicator's numbers told once, as the whole target that is printed."""
    before, after, told = _indicators(old), _indicators(new), set()
    for each in found:
        if each.field in TARGET_FIELDS and each.row_key in before and each.row_key in after:
            texts = target_text(before[each.row_key]), target_text(after[each.row_key])
            if each.row_key not in told and texts[0] != texts[1]:
                told.add(each.row_key)
                yield replace(each, label=TARGET, field="target", before=texts[0], after=texts[1])
        elif each.field not in UNSEEN:
            yield each


def _indicators(document: PlanDocument) -> dict[str, PlannedIndicator]:
    return {each.key: each for result in document.results for each in result.indicators}


def _row_text(difference: Difference) -> str:
    if difference.part == "perilaku":
        return next((value.name for value in VALUES if value.code == difference.row_key), difference.row_key)
    return difference.row


def _change(difference: Difference) -> Change:
    kind = difference.kind
    return Change(
        word=str(WORDS[kind]),
        kind=KINDS[kind],
        label=said(difference.label),
        before=value_text(difference.field, difference.before),
        after=value_text(difference.field, difference.after),
    )


def value_text(field: str, value: Any) -> str:
    """A value of the document as text; empty for what was not written."""
    if value is None and field != "approved":
        return ""
    if isinstance(value, PlannedResult):
        return "\n".join([value.text, *(_measured(each) for each in value.indicators)])
    if isinstance(value, PlannedIndicator):
        return _measured(value)
    told = _TOLD.get(field)
    return told(value) if told else str(value)


def _measured(indicator: PlannedIndicator) -> str:
    target = target_text(indicator)
    return f"{indicator.text}: {target}" if target else indicator.text


def _yes(value: bool) -> str:
    return gettext("ya") if value else gettext("tidak")


def _approval(value: bool | None) -> str:
    if value is None:
        return gettext("menunggu")
    return gettext("disetujui") if value else gettext("tidak disetujui")


def _study(study: Any) -> str:
    return "\n".join(f"{label}: {text}" for label, text in study_facts(study))


_TOLD: Mapping[str, Callable[[Any], str]] = {
    "main": lambda value: gettext("utama") if value else gettext("tambahan"),
    "level": level_label,
    "approved": _approval,
    "acting": _yes,
    "leader": lambda row: " · ".join(part for part in (row.text, row.indicator_text) if part),
    "steps": lambda steps: "\n".join(f"{step.text} ({step.due_on})" if step.due_on else step.text for step in steps),
    "aspects": lambda codes: ", ".join(aspect_labels(codes)),
    "perspective": perspective_label,
    "direction": lambda code: str(Direction(code).label) if code in Direction.values else code,
    "gathering": lambda code: str(Gathering(code).label) if code in Gathering.values else code,
    "baseline_milli": quantity,
    "share_bp": percent,
    "manual": lambda manual: manual.definition or manual.purpose or gettext("diisi"),
    "approach": lambda code: str(APPROACHES[code]),
    "form": lambda code: str(FORMS[code]),
    "resources": lambda rows: "\n".join(f"{resource_label(row.kind)}: {row.text}" for row in rows),
    "reports": lambda rows: "\n".join(f"{row.what}, {rhythm_label(row.rhythm)}" for row in rows),
    "consequences": lambda rows: "\n".join(
        f"{gettext('Positif') if row.positive else gettext('Negatif')}: {row.text}" for row in rows
    ),
    "study": _study,
}
