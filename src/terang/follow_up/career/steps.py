"""Kept conditions in words: what is asked, what there is, where its proof opens, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, gettext_noop

from terang.evaluation.appraisals.models import Predicate
from terang.follow_up.career.checks import Kept, missing
from terang.follow_up.career.values import EDUCATION, LEADERSHIP, SANCTIONS
from terang.registry.people.models import PostKind
from terang.rules.regulations.promotion import MET, UNKNOWN
from terang.rules.regulations.source import rule_set
from terang.web.numbers import longdate, points

HAND_IN = gettext_noop("Belum ada datanya. Serahkan dokumennya kepada kepegawaian agar dicatat.")
_TITLES = {
    "rank": gettext_noop("Golongan sekarang diketahui"),
    "years": gettext_noop("Paling sedikit %(asked)s tahun dalam pangkat sekarang"),
    "predicate": gettext_noop("Predikat %(year)s paling rendah %(asked)s"),
    "discipline": gettext_noop("Tidak sedang menjalani hukuman disiplin"),
    "education": gettext_noop("Pendidikan mengizinkan golongan %(asked)s"),
    "credit": gettext_noop("Angka kredit cukup untuk langkah berikutnya"),
    "box": gettext_noop("Kotak talenta %(asked)s"),
    "post": gettext_noop("Jabatan asal: %(asked)s"),
    "grade": gettext_noop("Golongan paling rendah %(asked)s"),
    "schooling": gettext_noop("Pendidikan paling rendah %(asked)s"),
    "training": gettext_noop("Pelatihan kepemimpinan paling rendah %(asked)s"),
    "integrity": gettext_noop("Tidak sedang menjalani hukuman disiplin, dan tidak sedang dipersoalkan"),
    "age": gettext_noop("Usia paling tinggi %(asked)s tahun"),
}
_UNKNOWN = {
    "predicate": gettext_noop("Belum ada predikat akhir %(year)s di Terang. Serahkan dokumen evaluasinya."),
    "rank": gettext_noop("Minta kepegawaian melengkapi golongan Anda di data pegawai."),
    "grade": gettext_noop("Minta kepegawaian melengkapi golongan Anda di data pegawai."),
    "credit": gettext_noop("Jenjang jabatan atau angka kredit belum diketahui. Tanyakan kepada kepegawaian."),
    "post": gettext_noop("Minta kepegawaian melengkapi jenjang jabatan Anda di data pegawai."),
    "age": gettext_noop("Minta kepegawaian memeriksa NIP Anda di data pegawai."),
}
_TODO = {
    "predicate": gettext_noop("Predikat tahun yang sudah lewat tidak berubah lagi; tahun berikutnya yang menentukan."),
    "discipline": gettext_noop("Menunggu sampai masa hukuman berakhir."),
    "integrity": gettext_noop("Menunggu sampai masa hukuman berakhir."),
    "education": gettext_noop("Kenaikan reguler berhenti di sini; naik dengan pendidikan yang lebih tinggi."),
    "credit": gettext_noop("Angka kredit bertambah dari predikat setiap tahun."),
    "training": gettext_noop("Minta pelatihan kepemimpinan yang sesuai melalui rencana pengembangan Anda."),
}
_WORDS = {
    "rank": gettext_noop("golongan"),
    "years": gettext_noop("masa dalam pangkat"),
    "predicate": gettext_noop("predikat %(year)s"),
    "discipline": gettext_noop("hukuman disiplin"),
    "education": gettext_noop("pendidikan"),
    "credit": gettext_noop("angka kredit"),
    "box": gettext_noop("kotak talenta"),
    "post": gettext_noop("jabatan asal"),
    "grade": gettext_noop("golongan"),
    "schooling": gettext_noop("pendidikan"),
    "training": gettext_noop("pelatihan kepemimpinan"),
    "integrity": gettext_noop("integritas"),
    "age": gettext_noop("usia"),
}
"""Each condition in a word, for a cell of a table."""


@dataclass(frozen=True)
class Step:
    """One condition as a line of the checklist. `state` is met, not_met or unknown; `url` opens the proof."""

    title: str
    state: str
    has: str
    url: str
    todo: str
    contested: bool

    @property
    def word(self) -> str:
        words = {MET: gettext("terpenuhi"), UNKNOWN: gettext("belum diketahui")}
        return words.get(self.state, gettext("belum terpenuhi"))

    @property
    def kind(self) -> str:
        return {MET: "ok", UNKNOWN: "quiet"}.get(self.state, "attention")


def steps_of(checks: Iterable[Kept]) -> list[Step]:
    """In the order of the rule."""
    return [_step(each) for each in checks]


def in_words(checks: Iterable[Kept]) -> str:
    """What is missing, a word each."""
    told = [(_WORDS[code], year) for code, year in map(_code, missing(checks))]
    return ", ".join(gettext(word) % {"year": year} for word, year in told)


def of_all(checks: Sequence[Kept]) -> str:
    """How many conditions are met."""
    told = {"met": len(checks) - len(missing(checks)), "all": len(checks)}
    return gettext("%(met)s dari %(all)s") % told


def short(checks: Iterable[Kept]) -> str:
    """What is missing, in a sentence."""
    return "; ".join(_title(each) for each in missing(checks))


def met(checks: Iterable[Kept]) -> str:
    """What is there, with what proves it, in one cell."""
    rows = [(each, _has(each)) for each in checks if each["state"] == MET]
    return "; ".join(f"{_title(each)}: {has}" if has else _title(each) for each, has in rows)


def _step(kept: Kept) -> Step:
    todo = "" if kept["state"] == MET else _todo(kept)
    return Step(_title(kept), kept["state"], _has(kept), kept["url"], todo, kept["contested"])


def _code(kept: Kept) -> tuple[str, str]:
    code, _dot, year = kept["code"].partition(".")
    return code, year


def _title(kept: Kept) -> str:
    code, year = _code(kept)
    return gettext(_TITLES[code]) % {"asked": _worded(code, kept["asked"]), "year": year}


def _worded(code: str, word: str) -> str:
    """A code of the rule as people say it."""
    if code == "predicate":
        return str(Predicate(word).label)
    if code == "post":
        return ", ".join(_post(each) for each in word.split(","))
    words = {"schooling": EDUCATION, "training": LEADERSHIP, "discipline": SANCTIONS, "integrity": SANCTIONS}
    return str(words.get(code, {}).get(word, word))


def _post(word: str) -> str:
    if word in PostKind.values:
        return str(PostKind(word).label)
    level = rule_set("credit").values["levels"].get(word)
    return str(level["label"]) if level else word


def _has(kept: Kept) -> str:
    code, _year = _code(kept)
    has = kept["has"]
    if not has:
        return ""
    if code == "years":
        return gettext("sejak %(day)s") % {"day": longdate(date.fromisoformat(has))}
    if code == "education":
        told = {"education": str(EDUCATION.get(kept["value"], "")), "ceiling": has}
        return gettext("%(education)s, paling tinggi %(ceiling)s") % told
    if code == "credit":
        gap = Decimal(has)
        return gettext("kurang %(points)s") % {"points": points(gap)} if gap else gettext("sudah cukup")
    if code == "age":
        return gettext("%(age)s tahun") % {"age": has}
    return _worded(code, has)


def _todo(kept: Kept) -> str:
    code, year = _code(kept)
    if code == "integrity" and kept["contested"]:
        return gettext("Menunggu jawaban atas sanggahannya.")
    if kept["state"] == UNKNOWN:
        return gettext(_UNKNOWN.get(code, HAND_IN)) % {"year": year}
    if kept["by"]:
        day = longdate(date.fromisoformat(kept["by"]))
        told = gettext("Dengan predikat seperti terakhir, cukup sekitar %(day)s.")
        return (told if code == "credit" else gettext("Terpenuhi mulai %(day)s.")) % {"day": day}
    return gettext(_TODO[code]) if code in _TODO else ""
