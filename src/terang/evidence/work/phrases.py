"""Ready words for giving an entry back: the usual situations, and what the appraiser wrote lately."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terang.evidence.work.models import Entry

OWN_SHOWN = 3
OWN_SEARCHED = 40
"""Notes of one's own that are looked through for different ones."""
OWN = "catatan-"


@dataclass(frozen=True)
class Phrase:
    """One ready sentence for one situation."""

    code: str
    situation: str | Promise
    text: str | Promise


PHRASES = (
    Phrase("bukti", _("Bukti belum ada"), _("Lampirkan bukti hasilnya, misalnya foto atau berkas.")),
    Phrase("hasil", _("Hasil belum jelas"), _("Tuliskan hasilnya: apa yang selesai dan untuk siapa.")),
    Phrase("jumlah", _("Jumlah perlu diperiksa"), _("Periksa lagi jumlah dan satuannya.")),
    Phrase("tanggal", _("Tanggal perlu diperiksa"), _("Periksa lagi tanggal dan lama kegiatannya.")),
    Phrase("sasaran", _("Hasil kerja lain"), _("Kegiatan ini lebih cocok untuk hasil kerja yang lain. Pilih lagi.")),
    Phrase("ganda", _("Tampak dua kali"), _("Kegiatan ini tampak sama dengan yang lain. Jelaskan bedanya.")),
)
"""In the order in which they are offered."""


def own_phrases(appraiser_id: int) -> dict[str, str]:
    """The appraiser's own last different notes, latest first, by a key that stays theirs. One query."""
    ready = {str(phrase.text) for phrase in PHRASES}
    rows = Entry.objects.filter(decided_by_id=appraiser_id).exclude(note="").order_by("-decided_at", "-id")
    found: dict[str, str] = {}
    for pk, note in rows.values_list("pk", "note")[:OWN_SEARCHED]:
        if note not in ready and note not in found.values():
            found[f"{OWN}{pk}"] = note
        if len(found) == OWN_SHOWN:
            break
    return found


def offered(appraiser_id: int) -> dict[str, str]:
    """Every sentence to choose from by its key: the ready ones, then one's own. One query."""
    return {phrase.code: str(phrase.text) for phrase in PHRASES} | own_phrases(appraiser_id)


def combined(phrase: str, note: str) -> str:
    """The phrase with what the appraiser adds; either alone where the other is empty."""
    return " ".join(part for part in (phrase.strip(), note.strip()) if part)
