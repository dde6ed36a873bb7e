"""Differences between two versions in words a person reads: values of the document become text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult
from terang.rules.plans.behaviour import VALUES
from terang.rules.plans.differences import Difference, differences
from terang.web.numbers import percent, quantity
from terang.web.sentences import said

WORDS = {"added": _("ditambah"), "removed": _("dihapus"), "changed": _("diubah")}
SIGNS = {"added": "plus", "removed": "close", "changed": "edit"}
KINDS = {"added": "ok", "removed": "wrong", "changed": "attention"}
APPROACHES = {"kuantitatif": _("Kuantitatif"), "kualitatif": _("Kualitatif")}
FORMS = {"jpt": _("JPT dan pimpinan unit kerja mandiri"), "ja": _("Jabatan administrasi dan fungsional")}
PARTS = {"hasil": _("Hasil kerja"), "perilaku": _("Perilaku kerja"), "lampiran": _("Lampiran SKP")}
UNSEEN = ("goal_indicator_id", "measure")
"""Fields that name a row of Terang, not a word of the plan."""


@dataclass(frozen=True)
class Change:
    """One change to look at: `word`, `icon` and `kind` say what happened; `before` and `after` are texts, empty where
    there was none."""

    word: str
    icon: str
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
    for each in differences(old, new):
        if each.field not in UNSEEN:
            rows.setdefault((each.part, each.row_key, _row_text(each)), []).append(_change(each))
    return tuple(ChangedRow(str(PARTS[part]), text, tuple(found)) for (part, _key, text), found in rows.items())


def _row_text(difference: Difference) -> str:
    if difference.part == "perilaku":
        return next((value.name for value in VALUES if value.code == difference.row_key), difference.row_key)
    return difference.row


def _change(difference: Difference) -> Change:
    kind = difference.kind
    return Change(
        word=str(WORDS[kind]),
        icon=SIGNS[kind],
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
    return ", ".join(part for part in (study.level, study.institution) if part)


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
    "target_milli": quantity,
    "target_max_milli": quantity,
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
