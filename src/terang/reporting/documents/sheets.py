"""What the forms of planning print (PermenPANRB 6/2022 Formats A.1.1–A.1.8), as plain JSON values for Typst.

Pure: a plan document and the circumstances in, one sheet per form out. Forms are Indonesian whatever the reader's
language. An empty text prints nothing; the hints of the regulation are never printed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from terang.planning.plans.presenting import (
    BehaviourRow,
    IndicatorRow,
    ResultRow,
    present,
    rhythm_label,
    target_text,
)
from terang.rules.plans import Consequence, PlanDocument, PlannedIndicator, PlannedResult, Report
from terang.web.numbers import longdate

Sheet = dict[str, Any]
FORMATS = {
    ("jpt", "kualitatif"): "A.1.1",
    ("jpt", "kuantitatif"): "A.1.2",
    ("ja", "kualitatif"): "A.1.6",
    ("ja", "kuantitatif"): "A.1.7",
}
_WHOM = {
    "jpt": "BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI",
    "ja": "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
}
DOTS = "…………………"


@dataclass(frozen=True)
class Party:
    """One who signs, as printed in the identity block."""

    name: str = ""
    nip: str = ""
    rank: str = ""
    post: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Proof:
    """What the foot of each page says: a QR code as SVG (empty for drafts), the short code, and lines of text."""

    qr: str = ""
    code: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Occasion:
    """The circumstances of a form. `end` is exclusive; `mark` is printed across the page (DRAF), empty for issued."""

    agency: str
    start: date
    end: date
    employee: Party = Party()
    appraiser: Party = Party()
    place: str = ""
    day: date | None = None
    mark: str = ""
    proof: Proof = Proof()

    @property
    def period(self) -> str:
        """ "1 JANUARI SD 31 DESEMBER TAHUN 2026", with both years where they differ."""
        last = self.end - timedelta(days=1)
        with override("id"):
            begins, ends = longdate(self.start).upper(), longdate(last).upper()
        if self.start.year != last.year:
            return f"{begins} SD {ends}"
        year = f" {last.year}"
        return f"{begins.removesuffix(year)} SD {ends.removesuffix(year)} TAHUN{year}"


def plan_sheet(document: PlanDocument, occasion: Occasion) -> Sheet:
    """The SKP in the format of its form and approach."""
    with override("id"):
        rows = present(document)
        number = FORMATS[document.form, document.approach]
        leading, narrative = document.form == "jpt", document.approach == "kualitatif"
        boss = occasion.appraiser.post
        return base_sheet("plan", f"SKP · Format {number}", occasion) | {
            "format": number,
            "titles": [
                f"FORMAT {number}",
                "SASARAN KINERJA PEGAWAI",
                f"PENDEKATAN HASIL KERJA {document.approach.upper()}",
                _WHOM[document.form],
            ],
            "period": [f"PERIODE PENILAIAN: {occasion.period}"],
            "main": [planned_row(row, boss, named=leading or narrative, narrative=narrative) for row in rows.main],
            "additional": [
                planned_row(row, boss, named=leading or narrative, narrative=narrative) for row in rows.additional
            ],
            "behaviour": [behaviour_row(row) for row in rows.behaviour],
        }


def behaviour_row(row: BehaviourRow) -> Sheet:
    """A value with its guides and the leader's expectation."""
    return {
        "name": row.value.name,
        "guides": list(row.value.guides),
        "expectation": [line.strip("-• ") for line in row.expectation.splitlines() if line.strip()],
    }


def planned_row(row: ResultRow, boss: str, *, named: bool, narrative: bool) -> Sheet:
    """A result as the forms print it. `named`: with the post of who gave it, `boss` where nobody is named."""
    giver = row.assigned_by or (boss if named else "")
    leader = row.leader
    return {
        "number": row.number,
        "text": row.text,
        "assigned": giver,
        "word": "Penugasan" if narrative else "penugasan",
        "leader": "" if leader is None else "\n".join(filter(None, (leader.text, _measured(leader.indicator_text)))),
        "indicators": [_indicator(each, narrative=narrative) for each in row.indicators] or [_NOTHING],
    }


_NOTHING = {"text": "", "target": "", "aspect": "", "perspective": ""}


def _measured(text: str) -> str:
    return f"Indikator Kinerja Individu: {text}" if text else ""


def _indicator(row: IndicatorRow, *, narrative: bool) -> Sheet:
    told = f"{row.text} (target {row.target})" if narrative and row.target else row.text
    return {
        "text": told,
        "target": row.target,
        "aspect": ", ".join(row.aspects),
        "perspective": row.perspective,
    }


def annex_sheet(document: PlanDocument, occasion: Occasion) -> Sheet:
    """The annex to every SKP: support, accountability, consequences (A.1.8)."""
    with override("id"):
        return base_sheet("annex", "Lampiran SKP · Format A.1.8", occasion) | {
            "titles": ["FORMAT A.1.8", "LAMPIRAN SASARAN KINERJA PEGAWAI"],
            "period": ["PERIODE PENILAIAN:", occasion.period],
            "resources": [each.text for each in document.resources] or [""],
            "reports": [_report(each) for each in document.reports] or [""],
            "consequences": [_consequence(each) for each in _good_first(document.consequences)] or [""],
        }


def _report(report: Report) -> str:
    text = report.what
    if report.rhythm:
        text = f"{text} dilaporkan {rhythm_label(report.rhythm)}"
    return f"{text}, berikut data yang dilaporkan adalah {report.evidence}" if report.evidence else text


def _good_first(consequences: Sequence[Consequence]) -> list[Consequence]:
    return sorted(consequences, key=lambda each: not each.positive)


def _consequence(consequence: Consequence) -> str:
    """As the hint of the form begins it, unless the text says the condition itself."""
    if consequence.text.lower().startswith(("apabila", "jika", "bila")):
        return consequence.text
    condition = "memenuhi" if consequence.positive else "tidak memenuhi"
    return f"Apabila {condition} ekspektasi Pimpinan maka: {consequence.text}"


def manual_sheets(document: PlanDocument, occasion: Occasion) -> list[Sheet]:
    """The manual of each indicator that has one, a page each (A.1.3)."""
    with override("id"):
        return [_manual(result, indicator, occasion) for result, indicator in _with_manual(document)]


def _with_manual(document: PlanDocument) -> Iterable[tuple[PlannedResult, PlannedIndicator]]:
    for _, result in document.printed_results:
        yield from ((result, indicator) for indicator in result.indicators if indicator.manual)


def _manual(result: PlannedResult, indicator: PlannedIndicator, occasion: Occasion) -> Sheet:
    manual = indicator.manual
    assert manual is not None
    target = target_text(indicator)
    return base_sheet("manual", "Manual indikator · Format A.1.3", occasion) | {
        "titles": [
            "FORMAT A.1.3",
            "MANUAL INDIKATOR KINERJA",
            "SKP PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI",
        ],
        "period": [f"PERIODE PENILAIAN: {occasion.period}"],
        "result": result.text,
        "indicator": f"{indicator.text}\nTarget: {target}" if target else indicator.text,
        "purpose": manual.purpose,
        "definition": manual.definition,
        "formula": manual.formula,
        "unit": indicator.unit_label,
        "level": manual.level or result.level,
        "source": manual.source,
        "rhythm": manual.rhythm,
    }


@dataclass(frozen=True)
class MatrixRow:
    """A person of the matrix; `cells` has the texts under each head, in the order of the heads."""

    name: str
    post: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class MatrixSplit:
    """One table of the matrix: who splits, the heads (IKI of the leader or results of the team's head), the people."""

    owner: str
    post: str
    heads: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def matrix_sheet(splits: Sequence[MatrixSplit], occasion: Occasion) -> Sheet:
    """The role-result matrix, and below it those of the teams (A.1.5)."""
    return base_sheet("matrix", "Matriks pembagian peran dan hasil · Format A.1.5", occasion) | {
        "titles": ["FORMAT A.1.5", "MATRIKS PEMBAGIAN PERAN DAN HASIL"],
        "splits": [asdict(split) for split in splits],
    }


@dataclass(frozen=True)
class Workblock:
    """One head of the matrix as a workblock; what nobody has written stays empty, to be filled in by hand."""

    initiative: str = ""
    target: str = ""
    owner: str = ""
    people: str = ""
    time: str = ""
    beneficiaries: str = ""
    purpose: str = ""
    budget: str = ""
    routine: tuple[str, ...] = ()
    transforming: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()


def workblock_sheets(workblocks: Sequence[Workblock], occasion: Occasion) -> list[Sheet]:
    """A page for each workblock (A.1.4)."""
    page = base_sheet("workblock", "Workblock · Format A.1.4", occasion)
    return [page | asdict(each) for each in workblocks]


def base_sheet(kind: str, name: str, occasion: Occasion) -> Sheet:
    """What every form needs: its template, its name, both people, place and day, the foot."""
    return {
        "kind": kind,
        "name": name,
        "agency": occasion.agency,
        "employee": asdict(occasion.employee),
        "appraiser": asdict(occasion.appraiser),
        "place": occasion.place or DOTS,
        "date": DOTS,
        "mark": occasion.mark,
        "proof": asdict(occasion.proof),
    } | (dated(occasion.day) if occasion.day else {})


def dated(day: date) -> Sheet:
    """The day beside the signatures, to be laid over a sheet."""
    with override("id"):
        return {"date": longdate(day)}
