"""The states of a declared fact; who moves them, and where to.

–          declare  → menunggu      the personnel agency, with a document
menunggu   confirm  → sah           a second person of the personnel agency
menunggu   return   → dikembalikan  the second person, with a reason
sah        contest  → disanggah     the employee, with a reason; it counts on, marked
disanggah  uphold   → sah           a person of the personnel agency other than who gave it, with an answer
disanggah  withdraw → dicabut       the same, with an answer; it counts no more
"""

from django.utils.translation import gettext

from terang.follow_up.career.models import Declaration, DeclarationState
from terang.web.errors import NotNow, Stale


def require_state(row: Declaration, state: DeclarationState) -> None:
    """Raises NotNow, telling the state it is in."""
    if row.state != state:
        told = gettext("Status data ini: %(state)s. Langkah ini tidak dapat dilakukan.")
        raise NotNow(told % {"state": row.get_state_display()})


def require_version(row: Declaration, version: int) -> None:
    """Raises Stale where the page was drawn from another version of the row."""
    if row.version != version:
        raise Stale(gettext("Data ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
