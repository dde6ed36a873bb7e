"""The states of a draft, who moves it, and where to.

–             begin     → draf          the personnel agency
draf          keep      → draf          its author; also while sent back
draf          submit    → diajukan      its author, once nothing is wrong with it; also after it was sent back
diajukan      withdraw  → draf          its author
diajukan      send_back → dikembalikan  a second person, with a reason
diajukan      approve   → terbit        a second person: it becomes the next version
draf          discard   → dibuang       its author; also while sent back
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.drafts.models import DraftState, PolicyDraft
from terang.web.errors import NotNow, Stale

DRAFT, SUBMITTED, RETURNED = DraftState.DRAFT, DraftState.SUBMITTED, DraftState.RETURNED
PUBLISHED, DISCARDED = DraftState.PUBLISHED, DraftState.DISCARDED

MOVES = {
    "keep": (DRAFT, RETURNED),
    "submit": (DRAFT, RETURNED),
    "discard": (DRAFT, RETURNED),
    "withdraw": (SUBMITTED,),
    "send_back": (SUBMITTED,),
    "approve": (SUBMITTED,),
}
"""The states each verb starts from."""

_WHY_NOT = {
    DRAFT: _("Draf ini masih disusun."),
    SUBMITTED: _("Draf ini sedang menunggu persetujuan. Tarik dahulu bila perlu diubah."),
    RETURNED: _("Draf ini dikembalikan kepada penyusunnya."),
    PUBLISHED: _("Draf ini sudah terbit sebagai kebijakan. Perubahan dibuat sebagai versi baru."),
    DISCARDED: _("Draf ini sudah dibuang."),
}


def require_move(draft: PolicyDraft, verb: str, seen: int) -> None:
    """Raises NotNow where the state does not allow the verb, and Stale where the page was older than the draft."""
    if draft.state not in MOVES[verb]:
        raise NotNow(str(_WHY_NOT[DraftState(draft.state)]))
    if draft.version != seen:
        raise Stale(gettext("Draf ini sudah berubah sejak halaman ini dibuka. Muat ulang, lalu ulangi perubahan Anda."))
