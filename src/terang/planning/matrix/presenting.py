"""How the states of a matrix are written on screen."""

from typing import Any

from django.utils.translation import gettext

from terang.planning.matrix.coverage import Coverage, Covered
from terang.planning.matrix.models import CellState, MatrixCell, MatrixMember, MemberState, Strategy
from terang.planning.matrix.offers import Kind
from terang.web.numbers import quantity
from terang.web.sentences import said


def cell_badge(cell: MatrixCell) -> tuple[str, str]:
    """Words and tone beside a part in the leader's table; empty words where nothing is to be said."""
    if cell.state == CellState.TAKEN and cell.changed_since_taken:
        return gettext("berubah sesudah masuk SKP"), "attention"
    if cell.state == CellState.TAKEN:
        return gettext("masuk SKP"), "ok"
    if cell.state == CellState.PROPOSED:
        return gettext("usulan"), "attention"
    return (gettext("dipersoalkan"), "wrong") if cell.state == CellState.DISPUTED else ("", "")


def member_badges(member: MatrixMember, gone: bool) -> list[tuple[str, str]]:
    """Words and tone beside a person."""
    told = []
    if member.leads_team:
        told.append((gettext("ketua tim"), "ok"))
    if member.state == MemberState.ASKED:
        told.append((gettext("menunggu penilainya"), "attention"))
    if member.state == MemberState.REFUSED:
        told.append((gettext("tidak disetujui penilainya"), "wrong"))
    if member.outside and member.state == MemberState.IN:
        told.append((gettext("dari unit lain"), "quiet"))
    if gone:
        told.append((gettext("bukan lagi bawahan langsung"), "attention"))
    return told


def offer_badge(kind: Kind) -> tuple[str, str]:
    """Words and tone of an offer on the member's page."""
    told: dict[str, tuple[str, str]] = {
        "new": (gettext("baru"), "attention"),
        "changed": (gettext("diubah pimpinan"), "attention"),
        "unlinked": (gettext("sudah di SKP Anda, belum terkait"), "attention"),
        "taken": (gettext("masuk SKP"), "ok"),
        "disputed": (gettext("menunggu jawaban pimpinan"), "quiet"),
        "proposed": (gettext("usulan Anda, menunggu pimpinan"), "quiet"),
        "withdrawn": (gettext("tidak lagi diberikan"), "wrong"),
        "waiting": (gettext("menunggu persetujuan penilai Anda"), "quiet"),
    }
    return told[kind]


def split_words(covered: Covered) -> str:
    """The running check of a split: "9 of 10 ton are split"; empty where nothing is split by number."""
    column, missing = covered.column, covered.missing_milli
    if column.target_milli is None or (missing is None and column.strategy != Strategy.LOAD):
        return ""
    done = column.target_milli - (column.target_milli if missing is None else missing)
    words = {"done": quantity(done), "target": quantity(column.target_milli), "unit": column.unit_label}
    return (gettext("%(done)s dari %(target)s %(unit)s terbagi") % words).replace("  ", " ")


def finding_words(covered: Covered) -> list[str]:
    """What to look at in a column, in the reader's language."""
    return [said(finding) for finding in covered.findings]


def coverage_words(coverage: Coverage) -> list[tuple[str, str]]:
    """The state of a whole matrix in a few words with their tones: columns, parts, people."""
    told: list[tuple[str, str]] = []
    if coverage.uncarried:
        words = gettext("%(n)s hasil belum dipegang siapa pun") % {"n": coverage.uncarried}
        told.append((words, "attention"))
    elif coverage.columns:
        told.append((gettext("semua hasil sudah dipegang"), "ok"))
    if coverage.uneven:
        told.append((gettext("%(n)s pembagian belum genap") % {"n": coverage.uneven}, "attention"))
    if coverage.without_role and coverage.columns:
        told.append((gettext("%(n)s orang belum punya peran") % {"n": len(coverage.without_role)}, "quiet"))
    return told


def split_data(covered: Covered, on_page_milli: int) -> dict[str, Any]:
    """What the browser needs to count while numbers are typed: the target and what stands on other pages."""
    missing = covered.missing_milli
    target = covered.column.target_milli or 0
    done = 0 if missing is None else target - missing
    return {"target": target, "elsewhere": done - on_page_milli}
