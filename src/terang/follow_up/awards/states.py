"""The states of a call and of a nomination; who moves them, and where to.

–            open_call     → terbuka      the personnel agency
terbuka      name_committee → terbuka     the personnel agency; also while votes are cast, for who has a conflict
terbuka      start_voting  → pemungutan   the personnel agency, once every nomination was checked
pemungutan   close_voting  → diputus      the chair, where one nomination leads
pemungutan   close_voting  → seri         the chair, where several lead
seri         break_tie     → diputus      the chair, with a reason
diputus      announce      → diumumkan    the chair, with a reason for everybody; awards are made
terbuka, pemungutan, seri, diputus  cancel → batal   the personnel agency, with a reason

–            nominate  → diajukan   who answers for all who are nominated, none of them
diajukan     admit     → diterima   a second person, the personnel agency, where every condition is met
diajukan     leave_out → ditolak    the same, with a reason
diajukan     withdraw  → ditarik    who nominated
"""

from datetime import date

from django.utils.translation import gettext

from terang.follow_up.awards.models import Call, CallState, Nomination, NominationState
from terang.web.errors import NotNow, Stale
from terang.web.numbers import longdate

UNFINISHED = (CallState.OPEN, CallState.VOTING, CallState.TIED, CallState.DECIDED)


def require_state(call: Call, *states: CallState) -> None:
    """Raises NotNow, telling the state it is in."""
    if call.state not in states:
        told = gettext("Status penjaringan ini: %(state)s. Langkah ini tidak dapat dilakukan.")
        raise NotNow(told % {"state": call.get_state_display()})


def is_nominating(call: Call, today: date) -> bool:
    return call.state == CallState.OPEN and today <= call.nominate_until


def require_nominating(call: Call, today: date) -> None:
    """Raises NotNow where nobody is nominated any more."""
    require_state(call, CallState.OPEN)
    if today > call.nominate_until:
        raise NotNow(gettext("Usulan ditutup %(day)s.") % {"day": longdate(call.nominate_until)})


def require_proposed(row: Nomination) -> None:
    """Raises NotNow where the nomination was checked or withdrawn."""
    if row.state != NominationState.PROPOSED:
        told = gettext("Status usulan ini: %(state)s. Langkah ini tidak dapat dilakukan.")
        raise NotNow(told % {"state": row.get_state_display()})


def require_version(row: Call | Nomination, version: int) -> None:
    """Raises Stale where the page was drawn from another version of the row."""
    if row.version != version:
        raise Stale(gettext("Data ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
