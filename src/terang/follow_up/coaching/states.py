"""The states of a guidance and of its sessions, who moves them, and where to.

guidance
–            open     → diusulkan    the employee, or the appraiser; one key of theirs is turned with it
diusulkan    accept   → berjalan     the other; both keys, where the appraiser chose somebody else as guide
diusulkan    decline  → ditolak      the other, with a reason
berjalan     conclude → disimpulkan  the guide: what came of it, once a session was done
disimpulkan  confirm  → selesai      the employee
disimpulkan  differ   → berjalan     the employee, with a reason

session
–            propose → diusulkan   either names day, place and time
diusulkan    agree   → disepakati  the other
diusulkan, disepakati  move   → diusulkan  either names another day
diusulkan, disepakati  cancel → batal      either, with a reason
disepakati   write   → disepakati  either, from its day on; clears both keys
disepakati   confirm → selesai     with the second key
"""

from django.utils.translation import gettext

from terang.follow_up.coaching.models import Guidance, GuidanceSession, GuidanceState
from terang.web.errors import NotNow, Stale


def require_state(row: Guidance | GuidanceSession, *states: str) -> None:
    """Raises NotNow, telling the state it is in."""
    if row.state not in states:
        told = gettext("Statusnya sekarang: %(state)s. Langkah ini tidak dapat dilakukan.")
        raise NotNow(told % {"state": row.get_state_display()})


def require_running(guidance: Guidance) -> None:
    require_state(guidance, GuidanceState.RUNNING)


def require_version(row: object, version: int) -> None:
    """Raises Stale where the page was drawn from another version of the row."""
    if getattr(row, "version") != version:  # noqa: B009
        raise Stale(gettext("Halaman ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
