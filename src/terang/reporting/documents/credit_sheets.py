"""Conversion, accumulation and decision of credit points as plain JSON for Typst, with the columns of the tables of
PerBKN 3/2023. In Indonesian whatever the language of the reader."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from django.utils.translation import override

from terang.evaluation.credit.account import CONVERSION, Line, level_label, sums_by_kind, thawed
from terang.evaluation.credit.models import CreditDecision, GrantKind
from terang.registry.people.selectors import main_posts
from terang.reporting.documents.facts import party, place_of
from terang.reporting.documents.ranks import rank_label
from terang.reporting.documents.sheets import Party, Proof, Sheet
from terang.rules.regulations.credit import Standing, standing
from terang.rules.regulations.rounding import half_up
from terang.web.numbers import decimal, longdate, percent, points

ROWS = (
    (GrantKind.BASIC, "Angka Kredit dasar yang diberikan"),
    (GrantKind.OLD, "Angka Kredit Jabatan Fungsional lama"),
    (GrantKind.ADJUSTED, "Angka Kredit penyesuaian/penyetaraan"),
    (CONVERSION, "Angka Kredit konversi"),
    (GrantKind.EDUCATION, "Angka Kredit yang diperoleh dari peningkatan pendidikan"),
)
BLANK = "–"


def credit_sheets(decision: CreditDecision) -> list[Sheet]:
    """The sheets in the order they are filed; without the conversion where no evaluation added anything. One query."""
    with override("id"):
        lines = [thawed(row) for row in decision.lines]
        before = [thawed(row) for row in decision.before]
        fresh = [line for line in lines if line.is_conversion and line not in before]
        tables = [
            ("Konversi Predikat Kinerja ke Angka Kredit", _converted(fresh), []),
            ("Akumulasi Angka Kredit", _accumulated(lines), []),
            ("Penetapan Angka Kredit", _laid_down(before, lines), _reached(decision)),
        ]
        signer = party(decision.set_by, main_posts([decision.set_by_id], decision.set_on).get(decision.set_by_id))
        return [_sheet(decision, signer, *each) for each in tables[0 if fresh else 1 :]]


def _sheet(
    decision: CreditDecision, signer: Party, title: str, table: dict[str, Any], after: Sequence[list[str]]
) -> Sheet:
    employee = decision.employee
    return {
        "kind": "credit",
        "name": title,
        "title": title,
        "number": decision.letter,
        "agency": employee.agency.name,
        "about": _about(decision),
        "table": table,
        "after": list(after),
        "signer": asdict(signer),
        "place": place_of(employee.agency),
        "date": longdate(decision.set_on),
        "mark": "",
        "proof": asdict(Proof()),
    }


def _about(decision: CreditDecision) -> list[list[str]]:
    """What the registry does not know (KARPEG, place of birth, date of the rank) is left to be written by hand."""
    employee = decision.employee
    born = f"{employee.nip[6:8]}-{employee.nip[4:6]}-{employee.nip[:4]}"
    sex = "Laki-laki" if employee.nip[14] == "1" else "Perempuan"
    post = f"{decision.post_title} ({level_label(decision.level)})"
    return [
        ["Nama", employee.name],
        ["NIP", employee.nip],
        ["Nomor seri KARPEG", BLANK],
        ["Tempat, tanggal lahir", f"{BLANK}, {born}"],
        ["Jenis kelamin", sex],
        ["Pangkat/golongan ruang, TMT", f"{rank_label(decision.rank) or BLANK}, {BLANK}"],
        ["Jabatan, TMT", f"{post}, {longdate(decision.post_since)}"],
        ["Unit kerja", decision.unit.name],
        ["Instansi", employee.agency.name],
    ]


def _table(
    heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]], total: Sequence[str]
) -> dict[str, Any]:
    return {"heads": list(heads), "widths": list(widths), "rows": [list(row) for row in rows], "total": list(total)}


def _converted(lines: Sequence[Line]) -> dict[str, Any]:
    heads = ("Masa penilaian", "Predikat", "Persentase", "Koefisien per tahun", "Angka Kredit yang didapat")
    rows = [(line.span, line.label, *_how(line), points(line.points)) for line in lines]
    return _table(heads, (4, 3, 3, 3, 3), rows, ("Jumlah", "", "", "", _sum(lines)))


def _how(line: Line) -> tuple[str, str]:
    share = percent(line.percent * 100)
    coefficient = decimal(int(line.coefficient * 100), 100, 2)
    return (share if line.months == 12 else f"{line.months}/12 × {share}"), coefficient


def _accumulated(lines: Sequence[Line]) -> dict[str, Any]:
    heads = ("Tahun", "Bulan", "Predikat", "Persentase", "Koefisien per tahun", "Angka Kredit yang didapat")
    held = [line for line in lines if line.is_conversion]
    rows = [
        (str(line.year), line.span.removesuffix(f" {line.year}"), line.label, *_how(line), points(line.points))
        for line in held
    ]
    return _table(heads, (2, 4, 3, 3, 3, 3), rows, ("Jumlah Angka Kredit", "", "", "", "", _sum(held)))


def _laid_down(before: Sequence[Line], lines: Sequence[Line]) -> dict[str, Any]:
    old, now = sums_by_kind(before), sums_by_kind(lines)
    rows = [(label, *_three(old.get(kind), now.get(kind)), _remark(kind, lines)) for kind, label in ROWS]
    total = ("Jumlah Angka Kredit kumulatif", *_three(sum(old.values()) or None, sum(now.values()) or None), "")
    return _table(("Penetapan Angka Kredit", "Lama", "Baru", "Jumlah", "Keterangan"), (6, 2, 2, 2, 4), rows, total)


def _three(old: Fraction | int | None, now: Fraction | int | None) -> tuple[str, str, str]:
    """Before, added, both. The added one is the difference of the printed two, so that the row adds up."""
    was, is_now = half_up(Fraction(old or 0), 2), half_up(Fraction(now or 0), 2)
    return tuple(points(each) if each else BLANK for each in (was, is_now - was, is_now))  # type: ignore[return-value]


def _remark(kind: str, lines: Sequence[Line]) -> str:
    return "; ".join(line.document for line in lines if line.kind == kind and line.document)


def _reached(decision: CreditDecision) -> list[list[str]]:
    found = standing(decision.level, decision.total, decision.set_on, rank=decision.rank)
    return [*_goal("pangkat", found, found.next_rank), *_goal("jenjang", found, found.next_level)]


def _goal(word: str, found: Standing, need: Any) -> list[list[str]]:
    if need is None:
        return []
    over = found.accumulated - need
    sign = "Kelebihan" if over >= 0 else "Kekurangan"
    return [
        [f"Angka Kredit minimal untuk kenaikan {word}", points(need)],
        [f"{sign} Angka Kredit untuk kenaikan {word}", points(abs(over))],
    ]


def _sum(lines: Sequence[Line]) -> str:
    return points(half_up(sum((line.exact for line in lines), Fraction(0)), 2))
