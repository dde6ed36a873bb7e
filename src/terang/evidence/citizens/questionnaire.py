"""The questions of the satisfaction survey and the exact words of their answers (PermenPANRB 14/2017)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terang.rules.tables import ELEMENTS


@dataclass(frozen=True)
class Question:
    """One element: what is asked, and the words for 1, 2, 3 and 4."""

    text: Promise
    words: tuple[Promise, Promise, Promise, Promise]

    @property
    def choices(self) -> list[tuple[str, Promise]]:
        return [(str(number), word) for number, word in enumerate(self.words, 1)]


_FIT = (_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai"))

QUESTIONS: dict[str, Question] = {
    "syarat": Question(_("Apakah persyaratannya sesuai dengan jenis layanan?"), _FIT),
    "prosedur": Question(
        _("Apakah prosedurnya mudah?"), (_("Tidak mudah"), _("Kurang mudah"), _("Mudah"), _("Sangat mudah"))
    ),
    "waktu": Question(
        _("Apakah layanannya cepat?"), (_("Tidak cepat"), _("Kurang cepat"), _("Cepat"), _("Sangat cepat"))
    ),
    "biaya": Question(
        _("Bagaimana kewajaran biayanya?"), (_("Sangat mahal"), _("Cukup mahal"), _("Murah"), _("Gratis"))
    ),
    "produk": Question(_("Apakah hasilnya sesuai dengan yang dijanjikan standar pelayanan?"), _FIT),
    "kompetensi": Question(
        _("Apakah petugasnya mampu?"),
        (_("Tidak kompeten"), _("Kurang kompeten"), _("Kompeten"), _("Sangat kompeten")),
    ),
    "perilaku": Question(
        _("Apakah petugasnya sopan dan ramah?"),
        (
            _("Tidak sopan dan ramah"),
            _("Kurang sopan dan ramah"),
            _("Sopan dan ramah"),
            _("Sangat sopan dan ramah"),
        ),
    ),
    "pengaduan": Question(
        _("Bagaimana pengaduan, saran, dan masukan ditangani?"),
        (
            _("Tidak ada"),
            _("Ada tetapi tidak berfungsi"),
            _("Berfungsi kurang maksimal"),
            _("Dikelola dengan baik"),
        ),
    ),
    "sarana": Question(_("Bagaimana sarana dan prasarananya?"), (_("Buruk"), _("Cukup"), _("Baik"), _("Sangat baik"))),
}
"""By element, never by number: two orders of the eighth and ninth question are in use."""

assert tuple(QUESTIONS) == ELEMENTS
