"""What the rules found, in words: each condition with what there is, where its proof opens, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from terang.evaluation.appraisals.models import Predicate
from terang.follow_up.awards.gathering import Service
from terang.follow_up.career.gathering import Known
from terang.follow_up.career.models import Subject
from terang.follow_up.career.values import SANCTIONS
from terang.rules.awards import Medal, Terms, eligibility, medal
from terang.rules.regulations.promotion import MET, UNKNOWN, Condition
from terang.web.numbers import longdate

_PROOFS = {
    "tenure": Subject.SERVICE_SINCE,
    "service": Subject.SERVICE_SINCE,
    "clean": Subject.DISCIPLINE,
    "discipline": Subject.DISCIPLINE,
    "leave": Subject.UNPAID_LEAVE,
    "paper.rank": Subject.RANK_SINCE,
    "paper.post": "post",
}


@dataclass(frozen=True)
class Line:
    """One condition in words. `url` opens its proof, empty where there is none; `contested` marks a proof that the
    employee contests."""

    title: str
    state: str
    has: str
    url: str
    todo: str
    contested: bool = False

    @property
    def word(self) -> str:
        words = {MET: gettext("terpenuhi"), UNKNOWN: gettext("belum diketahui")}
        return words.get(self.state, gettext("belum terpenuhi"))

    @property
    def kind(self) -> str:
        return {MET: "ok", UNKNOWN: "quiet"}.get(self.state, "attention")


def lines_of(service: Service, terms: Terms, today: date) -> list[Line]:
    """What a call asks of one person."""
    return [_line(service, each) for each in eligibility(service.facts, terms, today)]


def frozen_lines(conditions: Sequence[dict[str, str]]) -> list[Line]:
    """What was said when the nomination was admitted, without ways to the proofs."""
    found = []
    for row in conditions:
        told = Condition(row["code"], row["state"], row["asked"], row["has"])
        found.append(Line(_title(told), told.state, _has(told, None), "", ""))
    return found


def medal_lines(service: Service, today: date) -> list[Line]:
    """What the next medal asks of one person."""
    return [_line(service, each) for each in medal(service.facts, today).conditions]


def medal_name(found: Medal) -> str:
    return gettext("Satyalancana Karya Satya %(grade)s Tahun") % {"grade": found.grade.upper()}


def terms_told(terms: Terms) -> list[str]:
    """What a call asks, a sentence each."""
    told = []
    if terms.tenure_years:
        told.append(_title(Condition("tenure", MET, str(terms.tenure_years))))
    if terms.least_predicate:
        words = {"asked": Predicate(terms.least_predicate).label, "years": terms.predicate_years}
        told.append(gettext("Predikat paling rendah %(asked)s dalam %(years)s tahun terakhir") % words)
    if terms.clean_years:
        told.append(_title(Condition("clean", MET, str(terms.clean_years))))
    return told


def _line(service: Service, condition: Condition) -> Line:
    code, _dot, _year = condition.code.partition(".")
    place = condition.code if code == "predicate" else _PROOFS.get(condition.code, "")
    known = service.proofs.get(place)
    return Line(
        _title(condition),
        condition.state,
        _has(condition, known),
        known.url if known else "",
        "" if condition.state == MET else _todo(condition),
        bool(known and known.contested),
    )


def _title(condition: Condition) -> str:
    code, _dot, year = condition.code.partition(".")
    told = {
        "tenure": gettext("Masa kerja paling sedikit %(asked)s tahun"),
        "service": gettext("Masa kerja terus-menerus %(asked)s tahun"),
        "predicate": gettext("Predikat %(year)s paling rendah %(asked)s"),
        "clean": gettext("Tanpa hukuman disiplin selama %(asked)s tahun terakhir"),
        "discipline": gettext("Pernyataan tidak sedang dijatuhi hukuman disiplin"),
        "leave": gettext("Pernyataan tidak cuti di luar tanggungan negara"),
        "paper": gettext("SK pangkat terakhir") if year == "rank" else gettext("SK jabatan terakhir"),
    }[code]
    asked = str(Predicate(condition.asked).label) if code == "predicate" else condition.asked
    return told % {"asked": asked, "year": year}


def _has(condition: Condition, known: Known | None) -> str:
    code = condition.code.partition(".")[0]
    if code == "paper":
        return known.shown if known else ""
    if not condition.has:
        return ""
    if code == "predicate":
        return str(Predicate(condition.has).label)
    if condition.has in SANCTIONS:
        return str(SANCTIONS[condition.has])
    day = longdate(date.fromisoformat(condition.has))
    if code in ("clean", "discipline", "leave"):
        return gettext("pernyataan %(day)s") % {"day": day}
    return gettext("dihitung sejak %(day)s") % {"day": day}


def _todo(condition: Condition) -> str:
    code, _dot, year = condition.code.partition(".")
    if condition.by is not None:
        return gettext("Terpenuhi mulai %(day)s.") % {"day": longdate(condition.by)}
    if condition.state == UNKNOWN:
        told = {
            "tenure": gettext("Serahkan SK CPNS atau kontrak pertama kepada kepegawaian agar dicatat."),
            "service": gettext("Serahkan SK CPNS kepada kepegawaian agar dicatat."),
            "predicate": gettext("Belum ada predikat akhir %(year)s. Serahkan dokumen evaluasinya."),
            "clean": gettext("Minta surat pernyataan yang umurnya tidak lebih dari setahun."),
            "discipline": gettext("Minta surat pernyataan yang umurnya tidak lebih dari setahun."),
            "leave": gettext("Minta surat pernyataan yang umurnya tidak lebih dari setahun."),
        }.get(code, gettext("Belum ada. Serahkan kepada kepegawaian agar dicatat."))
        return told % {"year": year} if code == "predicate" else told
    return {
        "predicate": gettext("Predikat tahun yang sudah lewat tidak berubah lagi."),
        "service": gettext("Hitungan dimulai lagi sesudah hukuman atau cuti itu berakhir."),
        "leave": gettext("Hitungan dimulai lagi sesudah cuti itu berakhir."),
    }.get(code, gettext("Menunggu sampai masa hukuman berakhir."))
