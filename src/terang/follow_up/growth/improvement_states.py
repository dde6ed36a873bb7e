"""The states of a chance to improve, who moves it, and where to.

disusun    write     → disusun    the leader
disusun    propose   → diusulkan  the leader: what is to be reached, what is offered
diusulkan  agree     → berjalan   the employee
diusulkan  return    → disusun    the employee, with a reason
diusulkan  begin     → berjalan   the leader, where the employee stayed silent beyond the term
berjalan   check     → berjalan   leader, then employee, once a month
berjalan   extend    → berjalan   the leader, with a reason
berjalan   evaluate  → dinilai    the leader: better, or not, with the evidence
dinilai    answer    → pulih      the employee agrees that it is better
dinilai    answer    → berjalan   the employee does not see it as better yet
dinilai    answer    → lanjut     not better, with the employee's word
dinilai    pass_on   → pulih, lanjut  the leader, where the employee stayed silent beyond the term
lanjut     prepare   → lanjut     the personnel agency
lanjut     decide    → lanjut, diputus  the official, or a second person by the document
"""

from django.utils.translation import gettext_lazy as _

from terang.follow_up.growth.models import CaseState, ImprovementCase
from terang.web.errors import NotNow

S = CaseState
OPEN = (S.PLANNED, S.PROPOSED, S.RUNNING, S.EVALUATED, S.FURTHER)
SOURCES: dict[str, tuple[CaseState, ...]] = {
    "write": (S.PLANNED,),
    "propose": (S.PLANNED,),
    "agree": (S.PROPOSED,),
    "return": (S.PROPOSED,),
    "begin": (S.PROPOSED,),
    "view": OPEN,
    "check": (S.RUNNING,),
    "extend": (S.RUNNING,),
    "evaluate": (S.RUNNING,),
    "answer": (S.EVALUATED,),
    "pass_on": (S.EVALUATED,),
    "prepare": (S.FURTHER,),
    "decide": (S.FURTHER,),
}
_WHY_NOT = {
    S.PLANNED: _("Rencananya masih disusun pimpinan."),
    S.PROPOSED: _("Rencana ini menunggu persetujuan pegawai dan tidak diubah dahulu."),
    S.RUNNING: _("Masa perbaikan sedang berjalan."),
    S.EVALUATED: _("Penilaian akhirnya menunggu tanggapan pegawai."),
    S.RECOVERED: _("Sudah dinyatakan membaik dan ditutup."),
    S.FURTHER: _("Kasus ini ada pada kepegawaian dan pejabat yang memutus."),
    S.DECIDED: _("Kasus ini sudah diputus dan tidak berubah lagi."),
}


def may_move(case: ImprovementCase, verb: str) -> bool:
    return case.state in SOURCES[verb]


def require_move(case: ImprovementCase, verb: str) -> None:
    """Raises NotNow, with what to know instead, where the state does not allow the verb."""
    if not may_move(case, verb):
        raise NotNow(str(_WHY_NOT[CaseState(case.state)]))
