"""The states of an entry, who moves it, and where to. Drawn in docs from this table."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.work.models import Entry, EntryState
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Move:
    """One verb: the states it starts from, the state it leads to, and who owns it."""

    sources: tuple[EntryState, ...]
    target: EntryState
    owner: str


MOVES = {
    "submit": Move((), EntryState.SUBMITTED, "pegawai"),
    "accept": Move((EntryState.SUBMITTED,), EntryState.ACCEPTED, "pejabat penilai"),
    "return": Move((EntryState.SUBMITTED,), EntryState.RETURNED, "pejabat penilai"),
    "resubmit": Move((EntryState.RETURNED,), EntryState.SUBMITTED, "pegawai"),
    "withdraw": Move((EntryState.RETURNED,), EntryState.WITHDRAWN, "pegawai"),
}
"""Every move there is. An accepted entry is evidence and stays as it is; a withdrawn one stays to be read."""

_WHY_NOT = {
    EntryState.SUBMITTED: _("Kegiatan ini masih menunggu atasan, jadi belum perlu diperbaiki."),
    EntryState.ACCEPTED: _("Kegiatan ini sudah diterima dan menjadi bukti; isinya tidak dapat diubah lagi."),
    EntryState.RETURNED: _("Kegiatan ini sudah dikembalikan dan menunggu perbaikan pegawai."),
    EntryState.WITHDRAWN: _("Kegiatan ini sudah ditarik penulisnya dan tidak dihitung lagi."),
}


REPORTED = tuple(state for state in EntryState if state != EntryState.WITHDRAWN)
"""States in which an entry says that its day was reported; one that was withdrawn says nothing any more."""


def counted(prefix: str = "") -> Q:
    """Entries that count: accepted ones, and those whose answer is late and was passed on, until they are answered.

    Silence of the appraiser never costs the person. `prefix` is the path to the entry, for example `entries__`.
    """
    waiting = Q(**{f"{prefix}state": EntryState.SUBMITTED, f"{prefix}escalated_at__isnull": False})
    return Q(**{f"{prefix}state": EntryState.ACCEPTED}) | waiting


def counts(entry: Entry) -> bool:
    """Whether this entry counts, as `counted`."""
    return entry.state == EntryState.ACCEPTED or unanswered(entry)


def unanswered(entry: Entry) -> bool:
    """Whether the appraiser let the last day of an answer pass, and has not answered since."""
    return entry.state == EntryState.SUBMITTED and entry.escalated_at is not None


def may_move(entry: Entry, verb: str) -> bool:
    """Whether the entry's state allows the verb."""
    return entry.state in MOVES[verb].sources


def require_move(entry: Entry, verb: str) -> None:
    """Raises NotNow, with what to know instead, where the state does not allow the verb."""
    if not may_move(entry, verb):
        raise NotNow(str(_WHY_NOT[EntryState(entry.state)]))


def require_version(entry: Entry, version: int) -> None:
    """Raises Stale where the page was drawn from another version of the entry."""
    if entry.version != version:
        raise Stale(gettext("Kegiatan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu putuskan lagi."))
