"""What the forms of carrying out and of feedback print (PermenPANRB 6/2022 Formats B.1.1–B.1.5), as plain JSON values.

Pure: a plan document, what was reached of it and what was said in, one sheet out. Results, actions and words keep the
order and the numbers of the plan. Givers of feedback are named by their part, as in the regulation's examples
(p. 203–237), never by name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import override

from terang.planning.plans.presenting import PlanRows, ResultRow, present
from terang.reporting.documents.sheets import Occasion, Sheet, base_sheet, behaviour_row, planned_row
from terang.rules.plans import PlanDocument
from terang.web.numbers import longdate

FORMATS = {
    ("jpt", "kualitatif"): "B.1.3",
    ("ja", "kualitatif"): "B.1.3",
    ("jpt", "kuantitatif"): "B.1.4",
    ("ja", "kuantitatif"): "B.1.5",
}
_WHOM = {
    "B.1.3": [],
    "B.1.4": ["BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI"],
    "B.1.5": ["BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL"],
}
_ROMAN = ("I", "II", "III", "IV")
FINAL = "AKHIR"
NOTHING_YET = "Belum ada realisasi yang tercatat."


@dataclass(frozen=True)
class Action:
    """A step of the plan or a task of the work room, and what was reached of it (empty: it is not recorded apart).
    `reached` tells whether all of it is; None for a step."""

    text: str
    realised: str = ""
    reached: bool | None = None


@dataclass(frozen=True)
class Said:
    """One feedback: the part of who spoke, the day, the symbol (empty: none), the words, what it is about where it
    belongs to no row."""

    giver: str
    day: date
    symbol: str = ""
    words: str = ""
    about: str = ""


@dataclass(frozen=True)
class Recorded:
    """Everything beside the plan, by the keys of its results and indicators, and by the code of a value. `others` is
    feedback on the work as a whole and on results the plan no longer has."""

    actions: Mapping[str, Sequence[Action]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    proofs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    on_results: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    on_values: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    others: Sequence[Said] = ()


@dataclass(frozen=True)
class Time:
    """The period a record is about: a month, quarter or semester from `start` (`kind` as in a policy), or the whole
    plan ("AKHIR"), whatever is recorded of it so far."""

    kind: str
    start: date
    end: date
    final: bool = False

    @property
    def options(self) -> list[Sheet]:
        """The period line of the form: every period of the kind, the chosen one marked. A month stands alone."""
        if self.kind == "month":
            with override("id"):
                name = longdate(self.start).split()[1].upper()
            return _options([] if self.final else [name], "BULAN ", None if self.final else 0)
        count = {"quarter": 4, "semester": 2}.get(self.kind, 0)
        word = "TRIWULAN " if self.kind == "quarter" else "SEMESTER "
        return _options(_ROMAN[:count], word, None if self.final or not count else (self.start.month - 1) * count // 12)


def _options(names: Sequence[str], word: str, chosen: int | None) -> list[Sheet]:
    periods = [
        {"before": "/" if place else word, "text": name, "chosen": place == chosen} for place, name in enumerate(names)
    ]
    return [*periods, {"before": "-" if periods else "", "text": FINAL, "chosen": chosen is None}]


def actions_sheet(document: PlanDocument, recorded: Recorded, occasion: Occasion) -> Sheet:
    """The action plan of each result (B.1.1)."""
    return _actions("B.1.1", "RENCANA AKSI", document, recorded, occasion)


def documented_sheet(document: PlanDocument, recorded: Recorded, occasion: Occasion, time: Time) -> Sheet:
    """The action plan with what was reached and its evidence (B.1.2), of the time alone."""
    sheet = _actions("B.1.2", "PENDOKUMENTASIAN KINERJA", document, recorded, occasion)
    within = Occasion(agency=occasion.agency, start=time.start, end=time.end)
    return sheet | {"period": ["PERIODE PENILAIAN:", within.period]}


def _actions(number: str, title: str, document: PlanDocument, recorded: Recorded, occasion: Occasion) -> Sheet:
    with override("id"):
        rows = present(document)
        return base_sheet("actions", f"{title.capitalize()} · Format {number}", occasion) | {
            "format": number,
            "titles": [f"FORMAT {number}", title],
            "period": ["PERIODE PENILAIAN:", occasion.period],
            "results": [_action_row(row, recorded) for row in rows.results],
        }


def _action_row(row: ResultRow, recorded: Recorded) -> Sheet:
    actions = recorded.actions.get(row.key, ())
    values = [f"{each.text}: {recorded.values[each.key]}" for each in row.indicators if each.key in recorded.values]
    return {
        "number": row.number,
        "text": row.text,
        "actions": [each.text for each in actions],
        "realised": [each.realised for each in actions],
        "more": [*values, *recorded.proofs.get(row.key, ())],
    }


def feedback_sheet(document: PlanDocument, recorded: Recorded, occasion: Occasion, time: Time) -> Sheet:
    """Results with what was reached, and every feedback at what it is about (B.1.3, B.1.4 or B.1.5)."""
    with override("id"):
        rows, number = present(document), FORMATS[document.form, document.approach]
        return base_sheet("record", f"Rekaman umpan balik · Format {number}", occasion) | {
            "format": number,
            "titles": [
                f"FORMAT {number}",
                "REKAMAN INFORMASI UMPAN BALIK BERKELANJUTAN",
                f"PENDEKATAN HASIL KERJA {document.approach.upper()}",
                *_WHOM[number],
            ],
            "options": time.options,
            "period": [f"PERIODE PENILAIAN: {occasion.period}"],
            "main": [_told_row(row, document, recorded, occasion) for row in rows.main],
            "additional": [_told_row(row, document, recorded, occasion) for row in rows.additional],
            "behaviour": _behaviour(rows, recorded),
            "others": [_said(each) for each in recorded.others],
        }


def _told_row(row: ResultRow, document: PlanDocument, recorded: Recorded, occasion: Occasion) -> Sheet:
    """A result with its indicators, what was reached of each, and what was said about the result."""
    narrative = document.approach == "kualitatif"
    sheet = planned_row(row, occasion.appraiser.post, named=False, narrative=narrative)
    values = [recorded.values.get(each.key, "") for each in row.indicators] or [""]
    for indicator, value in zip(sheet["indicators"], values, strict=True):
        indicator["realised"] = value
    proofs = [*_counted(recorded.actions.get(row.key, ())), *recorded.proofs.get(row.key, ())]
    said = recorded.on_results.get(row.key, ())
    return sheet | {"assigned": "", "proofs": proofs, "feedback": [_said(each) for each in said]}


def _counted(actions: Sequence[Action]) -> list[str]:
    """How many tasks of the action plan are reached: each of them stands on Format B.1.2."""
    known = [each.reached for each in actions if each.reached is not None]
    return [f"{sum(known)} dari {len(known)} tugas rencana aksi selesai"] if known else []


def _behaviour(rows: PlanRows, recorded: Recorded) -> list[Sheet]:
    return [
        behaviour_row(row) | {"feedback": [_said(each) for each in recorded.on_values.get(row.value.code, ())]}
        for row in rows.behaviour
    ]


def _said(said: Said) -> Sheet:
    with override("id"):
        return {
            "giver": said.giver,
            "day": longdate(said.day),
            "symbol": said.symbol,
            "words": said.words,
            "about": said.about,
        }
