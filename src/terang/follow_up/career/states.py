"""The states of a declared fact, of a pool and of a proposal; who moves them, and where to.

–          declare  → menunggu      the person or the personnel agency, with a document
menunggu   confirm  → sah           a second person of the personnel agency
menunggu   return   → dikembalikan  the second person, with a reason
sah        contest  → disanggah     the employee, with a reason; it counts on, marked
disanggah  uphold   → sah           a person of the personnel agency other than who gave it, with an answer
disanggah  withdraw → dicabut       the same, with an answer; it counts no more

–          open_pool  → terbuka     the personnel agency, for a post that is or will soon be empty
terbuka    close_pool → ditutup     the personnel agency, with a reason, while nobody is proposed
terbuka    decide     → diputus     with the decision on its proposal

–          propose    → diusulkan   the personnel agency; with a reason where it is against the list
diusulkan  decide     → ditetapkan  a second authorised person, with reason, decree and day
diusulkan  decide     → ditolak     the same, with a reason
"""

from django.utils.translation import gettext

from terang.follow_up.career.models import (
    Declaration,
    DeclarationState,
    Pool,
    PoolState,
    Proposal,
    ProposalState,
)
from terang.web.errors import NotNow, Stale

Row = Declaration | Pool | Proposal
State = DeclarationState | PoolState | ProposalState


def require_state(row: Row, state: State) -> None:
    """Raises NotNow, telling the state it is in."""
    if row.state != state:
        told = gettext("Statusnya sekarang: %(state)s. Langkah ini tidak dapat dilakukan.")
        raise NotNow(told % {"state": row.get_state_display()})


def require_version(row: Row, version: int) -> None:
    """Raises Stale where the page was drawn from another version of the row."""
    if row.version != version:
        raise Stale(gettext("Data ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
