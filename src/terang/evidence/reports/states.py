"""The states of a report, who moves it, and where to.

–                        open     → draf           the employee
draf, dikembalikan       submit   → diajukan       the employee; the figures are frozen
diajukan                 return   → dikembalikan   either reader, with a note
diajukan                 rate     → diajukan       a reader, while another has not rated yet
diajukan                 rate     → dinilai        the last reader
dinilai                  finish   → selesai        the employee, or the days for a second look are over
selesai                  publish  → diumumkan      at once, to those the terms name

A second look (at most one) is asked for and given in `dinilai`; the report waits for it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.reports.models import Report, ReportState
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Move:
    """One verb: the states it starts from, the state it leads to (None: stays), and who owns it."""

    sources: tuple[ReportState, ...]
    target: ReportState | None
    owner: str


MOVES = {
    "open": Move((), ReportState.DRAFT, "pegawai"),
    "save": Move((ReportState.DRAFT, ReportState.RETURNED), None, "pegawai"),
    "submit": Move((ReportState.DRAFT, ReportState.RETURNED), ReportState.SUBMITTED, "pegawai"),
    "return": Move((ReportState.SUBMITTED,), ReportState.RETURNED, "pembaca"),
    "take": Move((ReportState.SUBMITTED, ReportState.RATED), None, "tim pengawas"),
    "rate": Move((ReportState.SUBMITTED,), ReportState.RATED, "pembaca"),
    "look": Move((ReportState.RATED,), None, "pembaca kedua"),
    "ask": Move((ReportState.RATED,), None, "pegawai"),
    "finish": Move((ReportState.RATED,), ReportState.FINISHED, "pegawai"),
    "publish": Move((ReportState.FINISHED,), ReportState.PUBLISHED, "sistem"),
}

_WHY_NOT = {
    ReportState.DRAFT: _("Laporan ini masih ditulis oleh pegawainya."),
    ReportState.SUBMITTED: _("Laporan ini sedang dibaca. Isinya dapat diubah bila pembaca mengembalikannya."),
    ReportState.RETURNED: _("Laporan ini sudah dikembalikan dan sedang dilengkapi pegawai."),
    ReportState.RATED: _("Laporan ini sudah dinilai oleh semua pembacanya."),
    ReportState.FINISHED: _("Laporan ini sudah selesai dan tidak berubah lagi."),
    ReportState.PUBLISHED: _("Laporan ini sudah diumumkan dan tidak berubah lagi."),
}


def target_of(verb: str) -> ReportState:
    """The state a verb leads to; only for verbs that lead to one."""
    found = MOVES[verb].target
    assert found is not None
    return found


def may_move(report: Report, verb: str) -> bool:
    """Whether the report's state allows the verb."""
    return report.state in MOVES[verb].sources


def why_not(report: Report) -> str:
    """What the report's state means for who would like to do something else with it."""
    return str(_WHY_NOT[ReportState(report.state)])


def require_move(report: Report, verb: str) -> None:
    """Raises NotNow, with what to know instead, where the state does not allow the verb."""
    if not may_move(report, verb):
        raise NotNow(why_not(report))


def require_version(report: Report, version: int) -> None:
    """Raises Stale where the page was drawn from another version."""
    if report.version != version:
        raise Stale(gettext("Laporan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
