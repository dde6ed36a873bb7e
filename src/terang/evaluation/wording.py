"""Words for what was computed: labels in the reader's language, and a plain sentence for every measure.

A sentence says what was divided by what: "Dari 21 hari wajib hadir, 20 hari hadir: 20/21 = 95,2 %."
"""

from typing import Protocol

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from terang.rules.catalogue import MEASURES, MISSING_REASONS, SIGNALS
from terang.rules.policies import Aspect, Instrument, InstrumentAspect, Variant
from terang.web.numbers import decimal, grouped, percent, quantity, score

HUNDREDTH = 100

TERMS: dict[str, tuple[str, ...]] = {
    "plan_achievement": ("skp", "iki"),
    "outcome_impact": ("skp", "iki"),
    "task_completion": ("rencana-aksi",),
    "programme_contribution": ("rencana-aksi",),
    "reporting_regularity": ("hari-kerja",),
    "attendance_rate": ("hari-kerja",),
    "punctuality": ("hari-kerja",),
    "services_completed": ("standar-pelayanan",),
    "service_timeliness": ("standar-pelayanan",),
    "service_speed": ("standar-pelayanan",),
    "citizen_satisfaction": ("ikm",),
    "inspection_compliance": ("standar-pelayanan",),
    "peer_review": ("perilaku-kerja",),
    "superior_review": ("perilaku-kerja",),
    "subordinate_review": ("perilaku-kerja",),
}
"""Terms of `web.glossary` by measure."""


class Numbers(Protocol):
    """What a sentence is made from: the value in basis points and the two sides of its division."""

    value_bp: int | None
    numerator: int | None
    denominator: int | None
    n: int


def label(item: Aspect | Variant | Instrument | InstrumentAspect) -> str:
    """The name a policy gives to one of its parts, in the reader's language."""
    return item.label_en if _english() else item.label


def measure_label(code: str) -> str:
    """The name of a measure in the reader's language; the code itself where a policy names one no longer kept."""
    spec = MEASURES.get(code)
    if spec is None:
        return code
    return spec.label_en if _english() else spec.label


def signal_label(code: str) -> str:
    """The name of a guard: a signal's or a measure's."""
    signal = SIGNALS.get(code)
    if signal is None:
        return measure_label(code)
    return signal.label_en if _english() else signal.label


def formula(code: str) -> str:
    """How a measure is computed, in one sentence."""
    return _(MEASURES[code].formula) if code in MEASURES else ""


def terms_of(code: str) -> tuple[str, ...]:
    """The codes of the glossary's terms a reader of this measure may not know."""
    return TERMS.get(code, ())


def reason(code: str) -> str:
    """Why a value is missing, or what stands in for it."""
    return _(MISSING_REASONS[code])


def _english() -> bool:
    return (get_language() or "id").startswith("en")


def sentence(code: str, numbers: Numbers) -> str:
    """The value of one measure as a sentence with its numbers. Empty where the value is missing."""
    if numbers.value_bp is None or numbers.numerator is None or not numbers.denominator:
        return ""
    words = {"a": grouped(numbers.numerator), "b": grouped(numbers.denominator), "value": percent(numbers.value_bp)}
    match code:
        case "attendance_rate":
            return _("Dari %(b)s hari wajib hadir, %(a)s hari hadir: %(a)s/%(b)s = %(value)s.") % words
        case "punctuality":
            return _("Dari %(b)s hari hadir, %(a)s hari tepat waktu: %(a)s/%(b)s = %(value)s.") % words
        case "reporting_regularity":
            return _("Dari %(b)s hari wajib lapor, %(a)s hari dilaporkan tepat waktu: %(a)s/%(b)s = %(value)s.") % words
        case "services_completed":
            return _("Norma beban kerja %(b)s permohonan, selesai %(a)s: %(a)s/%(b)s = %(value)s.") % words
        case "service_timeliness":
            return _("Dari %(b)s permohonan yang selesai, %(a)s sesuai standar waktu: %(a)s/%(b)s = %(value)s.") % words
        case "service_speed":
            return _("Dua kali standar dikurangi waktu: %(a)s menit, dibagi standar %(b)s menit = %(value)s.") % words
        case "complaint_response":
            return (
                _(
                    "Dari %(b)s pengaduan yang jatuh tempo, "
                    "%(a)s dijawab tepat waktu dan tidak dibantah: %(a)s/%(b)s = %(value)s."
                )
                % words
            )
        case "inspection_compliance":
            return _("Dari %(b)s butir yang diperiksa, %(a)s terpenuhi: %(a)s/%(b)s = %(value)s.") % words
        case "observation_score":
            return _of_points(numbers)
        case "citizen_satisfaction":
            return _of_answers(numbers)
        case _:
            return _of_mean(code, numbers)


def _of_points(numbers: Numbers) -> str:
    words = {
        "a": quantity(numbers.numerator),
        "b": quantity(numbers.denominator),
        "value": percent(numbers.value_bp),
        "n": grouped(numbers.n),
    }
    return _("Dari %(b)s poin tertinggi, diperoleh %(a)s poin: %(a)s/%(b)s = %(value)s.") % words


def _of_answers(numbers: Numbers) -> str:
    """The IKM: every element's mean counts the same, so with blanks the quotient of the sums only comes near it."""
    words = {
        "n": grouped(numbers.n),
        "a": grouped(numbers.numerator or 0),
        "b": grouped(numbers.denominator or 1),
        "mean": decimal(numbers.numerator or 0, numbers.denominator or 1, 2),
        "ikm": decimal(numbers.value_bp or 0, HUNDREDTH, 2),
    }
    return (
        _(
            "%(n)s warga menjawab. Jumlah jawaban %(a)s dari %(b)s isian, rata-rata %(mean)s dari 4. "
            "Rata-rata sembilan unsur dikalikan 25 = IKM %(ikm)s."
        )
        % words
    )


def _of_mean(code: str, numbers: Numbers) -> str:
    words = {
        "a": percent(numbers.numerator),
        "b": grouped(numbers.denominator or 0),
        "value": percent(numbers.value_bp),
        "n": grouped(numbers.n),
    }
    match code:
        case "plan_achievement":
            return _("Jumlah capaian %(b)s indikator adalah %(a)s, dibagi %(b)s = %(value)s.") % words
        case "task_completion" | "programme_contribution":
            return _("Jumlah penyelesaian %(b)s tugas adalah %(a)s, dibagi %(b)s = %(value)s.") % words
        case "outcome_impact":
            return _("Dampak %(n)s indikator masyarakat menurut porsi Anda dalam rencana: rata-rata %(value)s.") % words
        case "report_rating":
            return _("Nilai pembaca laporan, masing-masing dikalikan porsinya: %(value)s.") % words
        case _:
            return _("%(n)s jawaban. Jumlah rata-rata %(b)s aspek adalah %(a)s, dibagi %(b)s = %(value)s.") % words


def cause(verb: str) -> str:
    """What led to a change of the score, so that "sejak … pukul 10.42" can follow it."""
    return {
        "work.entry_accepted": _("kegiatan diterima"),
        "work.entry_returned": _("kegiatan dikembalikan"),
        "work.entry_submitted": _("kegiatan dilaporkan"),
        "work.entry_resubmitted": _("kegiatan diperbaiki"),
        "work.entry_withdrawn": _("kegiatan ditarik"),
        "citizens.survey_answered": _("warga menilai layanan"),
        "citizens.request_completed": _("layanan selesai"),
        "citizens.request_reopened": _("layanan dibuka kembali"),
        "oversight.point_confirmed": _("temuan terkonfirmasi"),
        "oversight.point_withdrawn": _("temuan dicabut"),
        "reports.report_rated": _("laporan dinilai"),
        "reports.report_looked_at_again": _("laporan ditinjau kembali"),
        "plans.plan_agreed": _("rencana disepakati"),
    }.get(verb, _room_changes().get(verb.partition(".")[0], _("perhitungan terakhir")))


def _room_changes() -> dict[str, str]:
    return {
        "work": _("kegiatan berubah"),
        "attendance": _("kehadiran tercatat"),
        "citizens": _("data layanan berubah"),
        "colleagues": _("hasil penilaian rekan dibuka"),
        "observation": _("hasil observasi berubah"),
        "oversight": _("hasil pengawasan berubah"),
        "reports": _("laporan kinerja berubah"),
        "plans": _("rencana berubah"),
        "people": _("data pegawai berubah"),
    }


def version(number: int) -> str:
    return _("versi %(number)s") % {"number": number}


def points(value_bp: int | None) -> str:
    """A contribution in points of 100."""
    return score(value_bp)


def working_days(count: int) -> str:
    return ngettext("%(count)s hari kerja", "%(count)s hari kerja", count) % {"count": count}


def rating(suggested: str) -> str:
    """A suggested rating in the words of the regulation."""
    return {
        "above": _("Di atas ekspektasi"),
        "meets": _("Sesuai ekspektasi"),
        "below": _("Di bawah ekspektasi"),
    }.get(suggested, _("Belum ada saran: bukti belum cukup"))
