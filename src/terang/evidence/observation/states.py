"""The states of an observation, who moves it, and where to.

–                         plan         → direncanakan             who leads the person, or the personnel agency
direncanakan              prepare      → direncanakan             either side; turns the own key, takes back the other's
direncanakan              agree        → disepakati               the other side
direncanakan, disepakati  reschedule   → direncanakan             either side, with a reason
direncanakan, disepakati  cancel       → dibatalkan               who planned it, or an observer, with a reason
disepakati                save, give   → disepakati               an observer, alone
disepakati                give         → menunggu_nilai_bersama   the last of two observers
disepakati                give         → menunggu_umpan_balik     the only observer
menunggu_nilai_bersama    settle       → menunggu_umpan_balik     either of the two, after talking
menunggu_umpan_balik      settle       → menunggu_umpan_balik     either of the two puts it right
menunggu_umpan_balik      tell         → umpan_balik_diberikan    an observer
umpan_balik_diberikan     reply, reflect → (stays)                the observed person
umpan_balik_diberikan     accept       → selesai                  the observed person
umpan_balik_diberikan     lapse        → selesai                  Terang, once the last day to contest has passed
umpan_balik_diberikan     contest      → minta_pengamat_lain      the observed person, with a reason
minta_pengamat_lain       uncontest    → umpan_balik_diberikan    the observed person
minta_pengamat_lain       renew        → dicabut                  who plans; a new one begins with another observer
selesai                   reply, reflect → (stays)                the observed person
selesai                   follow       → (stays)                  a second observation is planned
disepakati                replace      → disepakati               who plans and did not observe; an open sheet
disepakati                withdraw     → dicabut                  the same, with a reason, once a sheet was given
menunggu …, told ones, selesai  withdraw → dicabut                the same, with a reason
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from terang.evidence.observation.models import Observation, ObservationState
from terang.web.errors import NotNow, Stale

S = ObservationState


@dataclass(frozen=True)
class Move:
    """One verb: the states it starts from, those it may lead to (empty: stays), and whether it is about a version."""

    sources: tuple[ObservationState, ...]
    targets: tuple[ObservationState, ...] = ()


MOVES = {
    "prepare": Move((S.PLANNED,)),
    "agree": Move((S.PLANNED,), (S.AGREED,)),
    "reschedule": Move((S.PLANNED, S.AGREED), (S.PLANNED,)),
    "cancel": Move((S.PLANNED, S.AGREED), (S.CANCELLED,)),
    "save": Move((S.AGREED,)),
    "give": Move((S.AGREED,), (S.AGREED, S.MARKED, S.SETTLED)),
    "settle": Move((S.MARKED, S.SETTLED), (S.SETTLED,)),
    "tell": Move((S.SETTLED,), (S.TOLD,)),
    "reply": Move((S.TOLD, S.FINISHED)),
    "reflect": Move((S.TOLD, S.FINISHED)),
    "accept": Move((S.TOLD,), (S.FINISHED,)),
    "lapse": Move((S.TOLD,), (S.FINISHED,)),
    "contest": Move((S.TOLD,), (S.CONTESTED,)),
    "uncontest": Move((S.CONTESTED,), (S.TOLD,)),
    "renew": Move((S.CONTESTED,), (S.WITHDRAWN,)),
    "follow": Move((S.FINISHED,)),
    "replace": Move((S.AGREED,)),
    "withdraw": Move((S.AGREED, S.MARKED, S.SETTLED, S.TOLD, S.CONTESTED, S.FINISHED), (S.WITHDRAWN,)),
}
"""Every verb but `plan`, which begins in PLANNED."""

_WHY_NOT = {
    S.PLANNED: _("Tujuan dan yang dicari belum disepakati keduanya."),
    S.AGREED: _("Observasi ini sudah disepakati dan menunggu lembar pengamatnya."),
    S.MARKED: _("Kedua pengamat sudah menyerahkan lembarnya dan membicarakan nilai bersama."),
    S.SETTLED: _("Nilainya sudah tetap; pengamat memberi umpan balik."),
    S.TOLD: _("Umpan balik sudah diberikan."),
    S.CONTESTED: _("Yang diamati meminta pengamat lain; tunggu keputusannya."),
    S.FINISHED: _("Observasi ini sudah selesai."),
    S.WITHDRAWN: _("Observasi ini sudah dicabut dan tidak dihitung."),
    S.CANCELLED: _("Observasi ini sudah dibatalkan."),
}


def may_move(observation: Observation, verb: str) -> bool:
    """Whether the observation's state allows the verb."""
    return observation.state in MOVES[verb].sources


def why_not(observation: Observation) -> str:
    """What its state means for who would like to do something else with it."""
    return str(_WHY_NOT[S(observation.state)])


def has_begun(observation: Observation) -> bool:
    """Whether a sheet was given: from then on it is withdrawn, not called off. No query once the sheets are read."""
    return observation.state != S.AGREED or any(sheet.given_at for sheet in observation.sheets.all())


def require_move(observation: Observation, verb: str) -> None:
    """Raises NotNow, with what to know instead, where the state does not allow the verb."""
    if not may_move(observation, verb):
        raise NotNow(why_not(observation))


def require_version(observation: Observation, version: int | None) -> None:
    """Raises Stale where the page was drawn from another version; None asks for none."""
    if version is not None and observation.version != version:
        raise Stale(str(_("Observasi ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi.")))
