"""The states of an appraisal, who moves it, and where to.

–            save      → draf         the appraiser; after the window the appraiser's superior
draf         decide    → ditetapkan   the same; both ratings, and a reason where one is due
draf         carry     → selesai      the employee, moved, agrees to keep the earlier result the appraiser proposed
ditetapkan   reopen    → draf         the same, while nothing was handed over
ditetapkan   hand_over → diserahkan   the same; a reason where the spread leaves the pattern
diserahkan   receive   → diterima     the employee; the days for an objection begin
diserahkan   receive   → selesai      the employee, where the regulation calls the result final
diterima     accept    → selesai      the employee, or the days for an objection are over
diterima     object    → keberatan    the employee, with reasons
keberatan    answer    → keberatan    the appraiser explains
keberatan    resolve   → selesai      the rater's superior keeps or changes the result
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Alignment, Appraisal, AppraisalState
from terang.web.errors import NotNow, Stale

DRAFT, DECIDED, HANDED = AppraisalState.DRAFT, AppraisalState.DECIDED, AppraisalState.HANDED
RECEIVED, OBJECTED, FINAL = AppraisalState.RECEIVED, AppraisalState.OBJECTED, AppraisalState.FINAL

TOLD = (HANDED, RECEIVED, OBJECTED, FINAL)
"""What the employee knows of: until it is handed over, an appraisal is the appraiser's own paper."""


@dataclass(frozen=True)
class Move:
    """One verb: the states it starts from, the states it may lead to, and who owns it."""

    sources: tuple[AppraisalState, ...]
    targets: tuple[AppraisalState, ...]
    owner: str


MOVES = {
    "save": Move((DRAFT,), (DRAFT,), "penilai"),
    "decide": Move((DRAFT,), (DECIDED,), "penilai"),
    "carry": Move((DRAFT,), (FINAL,), "pegawai"),
    "reopen": Move((DECIDED,), (DRAFT,), "penilai"),
    "hand_over": Move((DECIDED,), (HANDED,), "penilai"),
    "receive": Move((HANDED,), (RECEIVED, FINAL), "pegawai"),
    "accept": Move((RECEIVED,), (FINAL,), "pegawai"),
    "object": Move((RECEIVED,), (OBJECTED,), "pegawai"),
    "answer": Move((OBJECTED,), (OBJECTED,), "penilai"),
    "resolve": Move((OBJECTED,), (FINAL,), "atasan penilai"),
}

_WHY_NOT = {
    DRAFT: _("Penilaian ini masih disusun."),
    DECIDED: _("Penilaian ini sudah ditetapkan. Buka kembali dahulu bila perlu diubah."),
    HANDED: _("Penilaian ini sudah diserahkan dan menunggu diterima pegawai."),
    RECEIVED: _("Penilaian ini sudah diterima pegawai."),
    OBJECTED: _("Penilaian ini sedang dalam keberatan."),
    FINAL: _("Penilaian ini sudah selesai dan tidak berubah lagi."),
}


_NOT_WHILE = {
    "reopen": (Alignment.OPEN, Alignment.CLOSED),
    "hand_over": (Alignment.OPEN,),
}
"""What calibration holds back: what is compared stands still, and what was compared is not changed by one person."""
_WHY_HELD = {
    Alignment.OPEN: _(
        "Penilaian ini sedang diselaraskan. Sesudah sesi penyelarasan ditutup, penilaian dapat diserahkan."
    ),
    Alignment.CLOSED: _(
        "Penilaian ini sudah diselaraskan bersama penilai lain dan tidak dibuka kembali. Serahkan kepada pegawainya."
    ),
}


def may_move(appraisal: Appraisal, verb: str) -> bool:
    """Whether the appraisal's state allows the verb, and no calibration holds it back."""
    return appraisal.state in MOVES[verb].sources and appraisal.alignment not in _NOT_WHILE.get(verb, ())


def require_move(appraisal: Appraisal, verb: str) -> None:
    """Raises NotNow, with what to know instead, where state or calibration do not allow the verb."""
    if appraisal.state not in MOVES[verb].sources:
        raise NotNow(str(_WHY_NOT[AppraisalState(appraisal.state)]))
    if not may_move(appraisal, verb):
        raise NotNow(str(_WHY_HELD[Alignment(appraisal.alignment)]))


def require_version(row: object, version: int) -> None:
    """Raises Stale where the page was drawn from another version of an appraisal or an objection."""
    if getattr(row, "version", None) != version:
        raise Stale(gettext("Penilaian ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
