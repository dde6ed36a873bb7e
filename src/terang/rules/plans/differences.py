"""How two wordings of a plan differ: row by row by their keys, field by field in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from terang.rules.plans.document import PlanDocument, PlannedIndicator, PlannedResult
from terang.rules.plans.problem import Part
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

Kind = Literal["added", "removed", "changed"]

_RESULT_LABELS = {
    "text": _("Rencana hasil kerja"),
    "main": _("Utama atau tambahan"),
    "level": _("Tingkat kendali"),
    "programme": _("Program pemerintah"),
    "assigned_by": _("Penugasan dari"),
    "approved": _("Persetujuan penilai"),
    "acting": _("Sebagai Plt. atau Plh."),
    "vital": _("Alasan target mutlak"),
    "leader": _("Hasil kerja pimpinan"),
    "goal_indicator_id": _("Indikator sasaran"),
    "steps": _("Rencana aksi"),
}
_INDICATOR_LABELS = {
    "text": _("Indikator"),
    "aspects": _("Aspek"),
    "perspective": _("Perspektif"),
    "direction": _("Arah"),
    "gathering": _("Pengumpulan"),
    "unit_label": _("Satuan"),
    "target_milli": _("Target"),
    "target_max_milli": _("Batas atas target"),
    "baseline_milli": _("Keadaan awal"),
    "target_text": _("Target dalam kata"),
    "share_bp": _("Andil"),
    "measure": _("Ukuran Terang"),
    "manual": _("Manual indikator"),
    "goal_indicator_id": _("Indikator sasaran"),
}
_DOCUMENT_LABELS = {
    "approach": _("Pendekatan"),
    "form": _("Bentuk SKP"),
    "resources": _("Dukungan sumber daya"),
    "reports": _("Skema pertanggungjawaban"),
    "consequences": _("Konsekuensi"),
    "study": _("Tugas belajar"),
}


@dataclass(frozen=True)
class Difference:
    """One change. `field` names what changed (empty where a whole row came or went), `before` and `after` its values as
    the document holds them; `row` is the text of the row for a reader."""

    kind: Kind
    part: Part
    label: Sentence
    row_key: str = ""
    row: str = ""
    field: str = ""
    before: Any = None
    after: Any = None


def differences(old: PlanDocument, new: PlanDocument) -> tuple[Difference, ...]:
    """Everything that differs, results first. Two equal documents differ in nothing; the order of results counts
    only by number within main and additional."""
    return (
        *_rows(_by_key(old.results), _by_key(new.results), _("Hasil kerja"), _RESULT_LABELS),
        *_indicators(old, new),
        *_values(old.behaviour, new.behaviour),
        *_fields(old, new, _DOCUMENT_LABELS, "lampiran", "", ""),
    )


def _by_key(rows: Iterable[PlannedResult | PlannedIndicator]) -> dict[str, Any]:
    return {row.key: row for row in rows}


def _indicators(old: PlanDocument, new: PlanDocument) -> Iterator[Difference]:
    for result in new.results:
        before = old.result(result.key)
        if before is not None:
            known, wanted = _by_key(before.indicators), _by_key(result.indicators)
            yield from _rows(known, wanted, _("Indikator"), _INDICATOR_LABELS)


def _rows(old: Mapping[str, Any], new: Mapping[str, Any], name: str, labels: Mapping[str, str]) -> Iterator[Difference]:
    for key, row in new.items():
        if key not in old:
            yield Difference("added", "hasil", Sentence(name), key, row.text, after=row)
        else:
            yield from _fields(old[key], row, labels, "hasil", key, row.text)
    for key, row in old.items():
        if key not in new:
            yield Difference("removed", "hasil", Sentence(name), key, row.text, before=row)


def _values(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Difference]:
    for code in sorted({*old, *new}):
        before, after = old.get(code, ""), new.get(code, "")
        if before != after:
            kind: Kind = "added" if not before else "changed" if after else "removed"
            label = Sentence(_("Ekspektasi khusus pimpinan"))
            yield Difference(kind, "perilaku", label, code, "", "behaviour", before, after)


def _fields(old: Any, new: Any, labels: Mapping[str, str], part: Part, key: str, row: str) -> Iterator[Difference]:
    for each in fields(new):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if each.name in labels and before != after:
            yield Difference("changed", part, Sentence(labels[each.name]), key, row, each.name, before, after)
