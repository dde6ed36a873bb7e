"""The states of a copy of evidence, and who moves it.

–          start  → menunggu   personnel agency or regional head
menunggu   take   → disiapkan  the worker
disiapkan  finish → siap       the worker; everything is there
disiapkan  fail   → gagal      the worker
siap       drop   → dihapus    time: not used for `KEPT_DAYS`
gagal      again  → menunggu   personnel agency or regional head; also from dihapus, and where the worker is gone
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext

from terang.evaluation.replay.models import CopyState, EvidenceCopy
from terang.web.errors import NotNow

RUNNING = (CopyState.WAITING, CopyState.MAKING)
KEPT_DAYS = 30
"""Days without use after which a copy is deleted; what was tried stays, and can be prepared again."""
ALIVE = timedelta(seconds=60)
"""A worker that prepares a copy shows a sign of life with every batch."""


def is_stalled(copy: EvidenceCopy, now: datetime) -> bool:
    """Whether no worker has shown a sign of life for a minute although the copy is not finished."""
    return copy.state in RUNNING and now - (copy.beaten_at or copy.asked_at) > ALIVE


def require_ready(copy: EvidenceCopy) -> None:
    """Raises NotNow where there is nothing to replay on: not yet, not any more, or because nobody was there."""
    if copy.state != CopyState.READY:
        raise NotNow(gettext("Bukti untuk putar ulang ini belum siap atau sudah dihapus. Buka halamannya."))
    if not copy.people:
        raise NotNow(gettext("Pada waktu ini tidak ada orang yang dinilai. Pilih waktu lain."))


def require_gone(copy: EvidenceCopy, now: datetime) -> None:
    """Raises NotNow while the copy is there or being made."""
    if copy.state in (CopyState.READY, *RUNNING) and not is_stalled(copy, now):
        raise NotNow(gettext("Bukti ini sedang disiapkan atau sudah siap."))
