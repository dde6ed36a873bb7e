"""Whether a statement names a result, an activity or only a category (PermenPANRB 6/2022 Anak Lampiran 1 p. 120–122).

A hint for the writer, never a verdict: it reads the form of Indonesian words, not their meaning, and stays silent where
the form says nothing.
"""

import re
from typing import Literal

from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

Statement = Literal["pencapaian", "aktivitas", "kategori", ""]

_VERB = re.compile(r"^me(m|n|ng|ny|l|r|w|y)[a-z]{2,}$")
_PASSIVE = re.compile(r"^(di|ter)[a-z]{4,}$")
_ACTION_NOUN = re.compile(r"^pe(m|n|ng|ny|r|l)?[a-z]{3,}an$")
_NO_VERB = {"mekanisme", "metode", "media", "medis", "menteri", "mental", "memori", "mereka", "menara", "meningitis"}
_NO_PASSIVE = {
    "terhadap", "terkait", "tertentu", "terpadu", "terbatas", "terbuka", "terbaru", "termasuk", "terapi", "teritorial",
    "terminal", "dinas", "digital", "direktur", "direktorat", "diagnosa", "diagnosis", "disiplin", "distrik", "dialog",
    "diklat", "dimensi", "dinamika", "disabilitas", "difabel", "divisi", "diabetes", "distribusi", "diseminasi",
    "diversi", "digitalisasi",
}  # fmt: skip
_ACTIONS = {
    "fasilitasi", "asistensi", "sosialisasi", "monitoring", "evaluasi", "koordinasi", "supervisi", "verifikasi",
    "validasi", "konsultasi", "publikasi", "dokumentasi", "inventarisasi", "rekapitulasi", "diseminasi", "bimbingan",
    "digitalisasi", "pelatihan",
}  # fmt: skip
_CATEGORIES = {"layanan", "pelayanan", "program", "kegiatan", "urusan", "administrasi", "bidang", "hubungan", "tugas"}
_MARKS = (
    "tidak ada", "tidak terjadi", "kepuasan", "tepat waktu", "sesuai", "yang tepat", "akurat", "siap", "meningkat",
    "menurun", "berkurang", "bertambah", "mendapat", "memperoleh", "ide dan inovasi", "nihil", "bebas", "lengkap",
    "selesai", "berfungsi", "layak", "terbit", "paling lama", "paling lambat",
)  # fmt: skip
_BEFORE_A_PURPOSE = {"untuk", "dalam", "guna", "yang", "dan", "agar", "atau"}

ABSOLUTE = ("semua", "selalu", "tidak pernah", "setiap", "seluruh", "100%", "100 %")
"""Words of a target that leave no room; ideally not used by administrators and functionals (p. 51)."""


def statement(text: str) -> Statement:
    """What a statement names; empty where its form says nothing."""
    words = re.findall(r"[a-z0-9%-]+", text.lower())
    if not words:
        return ""
    first = words[0]
    if _is_verb(first) and not first.endswith("nya") and first not in _MARKS:
        return "aktivitas"
    if _achieves(words):
        return "pencapaian"
    if first in _CATEGORIES:
        return "kategori"
    if first in _ACTIONS or _ACTION_NOUN.match(first):
        return "aktivitas" if _has_object(words) else "kategori"
    return "kategori" if len(words) <= 2 else ""


def wording_hint(text: str) -> Sentence | None:
    """What to think about, as a sentence; None where the statement names a result or says nothing."""
    kind = statement(text)
    if kind == "aktivitas":
        return Sentence(_("Ini tampak seperti kegiatan. Tulis hasilnya: apa yang ada atau berubah sesudah dikerjakan?"))
    if kind == "kategori":
        return Sentence(_("Ini baru nama bidang pekerjaan. Tulis hasil yang ingin dicapai di dalamnya."))
    return None


def absolute_words(text: str) -> str:
    """The first word of an absolute target in the text; empty where there is none."""
    lower = text.lower()
    return next((word for word in ABSOLUTE if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lower)), "")


def _is_verb(word: str) -> bool:
    return bool(_VERB.match(word)) and word not in _NO_VERB


def _achieves(words: list[str]) -> bool:
    text = f" {' '.join(words)} "
    if any(f" {mark} " in text or text.startswith(f" {mark}nya ") for mark in _MARKS):
        return True
    if words[0].endswith("nya") and (_is_verb(words[0]) or _PASSIVE.match(words[0])):
        return True
    if any(_PASSIVE.match(word) and word not in _NO_PASSIVE for word in words):
        return True
    pairs = zip(words[1:], words, strict=False)
    return any(_is_verb(word) and before not in _BEFORE_A_PURPOSE for word, before in pairs)


def _has_object(words: list[str]) -> bool:
    rest = [word for word in words[1:] if word not in ("dan", "serta", "atau")]
    return any(word not in _ACTIONS and not _ACTION_NOUN.match(word) for word in rest)
