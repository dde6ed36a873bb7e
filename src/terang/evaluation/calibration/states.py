"""The states of a session and of a proposal in it, who moves them, and where to.

–          open      → terbuka      the head above the raters
terbuka    close     → ditutup      the leader, once nothing waits; a note
terbuka    cancel    → dibatalkan   the leader, with a reason; nothing of it counts

–          propose   → diusulkan    anybody in the session, with a reason
diusulkan  object    → diusulkan    the rater, with a word against it
diusulkan  confirm   → disetujui    a second person (`access.why_not_confirm`)
diusulkan  decline   → ditolak      the leader, about what somebody else proposed, with a word
diusulkan  withdraw  → ditarik      who proposed it
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.calibration.models import CalibrationSession, Placement, Proposal, ProposalState, SessionState
from terang.web.errors import NotNow, Stale

_ENDED = {
    SessionState.CLOSED: _("Sesi penyelarasan ini sudah ditutup dan tidak berubah lagi."),
    SessionState.CANCELLED: _("Sesi penyelarasan ini sudah dibatalkan."),
}
_SETTLED = {
    ProposalState.CONFIRMED: _("Usulan ini sudah disetujui."),
    ProposalState.DECLINED: _("Usulan ini sudah diputus tidak diikuti."),
    ProposalState.WITHDRAWN: _("Usulan ini sudah ditarik."),
}


def require_running(session: CalibrationSession) -> None:
    """Raises NotNow where the session has ended."""
    if session.state != SessionState.OPEN:
        raise NotNow(str(_ENDED[SessionState(session.state)]))


def require_unsettled(proposal: Proposal) -> None:
    """Raises NotNow where the proposal was decided or taken back."""
    if proposal.state != ProposalState.OPEN:
        raise NotNow(str(_SETTLED[ProposalState(proposal.state)]))


def require_version(row: CalibrationSession | Placement | Proposal, version: int) -> None:
    """Raises Stale where the page was drawn from another version of the row."""
    if row.version != version:
        raise Stale(gettext("Sesi ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
