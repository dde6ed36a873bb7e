"""What a plan must be before it is submitted, and what is worth a second look (PermenPANRB 6/2022 Lampiran II).

An error keeps a plan from being submitted; a hint never does.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from terang.rules.plans.behaviour import VALUE_CODES
from terang.rules.plans.document import (
    ASPECTS,
    PERSPECTIVES,
    PlanDocument,
    PlannedIndicator,
    PlannedResult,
)
from terang.rules.plans.problem import Problem
from terang.rules.plans.promises import Promised, promise_problems
from terang.rules.plans.wording import absolute_words, wording_hint
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

PERSPECTIVE_WORDS = {
    "penerima_layanan": Sentence(_("Penerima Layanan")),
    "proses_bisnis": Sentence(_("Proses Bisnis")),
    "penguatan_internal": Sentence(_("Penguatan Internal")),
    "anggaran": Sentence(_("Anggaran")),
}
LEADING_LEVELS = ("outcome", "outcome_antara", "kendali_rendah")
LOWEST_LEVELS = {"administrator": "kendali_sedang", "pengawas": "kendali_sedang", "pelaksana": "kendali_tinggi"}
"""The lowest recommended level by kind of post (p. 44)."""
_ORDER = (*LEADING_LEVELS, "kendali_sedang", "kendali_tinggi")
MANY_RESULTS = 12


@dataclass(frozen=True)
class Setting:
    """What a check must know beside the document.

    `promised` are the indicators of the unit's yearly agreement, which a leading official must carry as main (p. 27).
    `post_kind` is the kind of post (`PostKind`), empty where unknown.
    """

    post_kind: str = ""
    promised: tuple[Promised, ...] = ()


def problems(document: PlanDocument, setting: Setting | None = None) -> tuple[Problem, ...]:
    """Every finding, errors first, otherwise in order of the document."""
    found = [*_whole(document, setting or Setting())]
    for result in document.results:
        found += _result(document, result, setting or Setting())
    return tuple(sorted(found, key=lambda problem: problem.severity != "error"))


def errors(document: PlanDocument, setting: Setting | None = None) -> tuple[Problem, ...]:
    """Only what keeps the plan from being submitted."""
    return tuple(problem for problem in problems(document, setting) if problem.severity == "error")


def open_assignments(document: PlanDocument) -> tuple[PlannedResult, ...]:
    """Work given by a leader who is not the appraiser, and not yet approved by the appraiser (A3 p. 46)."""
    return tuple(each for each in document.results if each.from_elsewhere and each.approved is None)


def _whole(document: PlanDocument, setting: Setting) -> Iterator[Problem]:
    if not document.main_results:
        yield _error("no_main", _("Belum ada hasil kerja utama."), _("Tambahkan sekurang-kurangnya satu."), "", "p. 50")
    keys = Counter(key for result in document.results for key in (result.key, *(i.key for i in result.indicators)))
    if any(count > 1 for count in keys.values()):
        yield _error("same_key", _("Dua baris memakai kunci yang sama."), _("Muat ulang halaman, lalu coba lagi."))
    if document.form == "jpt":
        yield from _perspectives(document)
        yield from promise_problems(document, setting.promised)
    for code in document.behaviour:
        if code not in VALUE_CODES:
            yield Problem(
                "unknown_value",
                "error",
                Sentence(_("Nilai “%(code)s” tidak dikenal."), {"code": code}),
                Sentence(_("Hapus ekspektasi khusus ini.")),
                part="perilaku",
            )
    if len(document.results) > MANY_RESULTS:
        message = Sentence(_("Rencana ini memuat %(count)s hasil kerja."), {"count": len(document.results)})
        yield Problem("many", "hint", message, Sentence(_("Pilih yang paling penting; sisanya dapat digabung.")))
    if not (document.resources and document.reports and document.consequences):
        message = Sentence(_("Lampiran SKP belum lengkap."))
        advice = Sentence(_("Sepakati dukungan sumber daya, skema pertanggungjawaban, dan konsekuensi."))
        yield Problem("annex", "hint", message, advice, part="lampiran", source="Pasal 11–13; p. 60")


def _perspectives(document: PlanDocument) -> Iterator[Problem]:
    met = {indicator.perspective for result in document.results for indicator in result.indicators}
    for code in PERSPECTIVES:
        if code not in met:
            message = Sentence(
                _("Perspektif %(perspective)s belum ada indikatornya."), {"perspective": PERSPECTIVE_WORDS[code]}
            )
            advice = Sentence(_("Pilih perspektif ini pada sekurang-kurangnya satu indikator."))
            yield Problem(f"perspective_{code}", "error", message, advice, source="p. 29")


def _result(document: PlanDocument, result: PlannedResult, setting: Setting) -> Iterator[Problem]:
    key = result.key
    if not result.text.strip():
        yield _error("no_text", _("Hasil kerja ini belum ditulis."), _("Tulis hasil yang dijanjikan."), key)
    if not result.indicators:
        yield _error(
            "no_indicator",
            _("Hasil kerja ini belum punya indikator."),
            _("Tambahkan ukuran keberhasilannya."),
            key,
            "p. 50",
        )
    if result.acting and not result.main:
        yield _error(
            "acting_additional",
            _("Penugasan sebagai Plt. atau Plh. selalu hasil kerja utama."),
            _("Ubah jenisnya menjadi utama."),
            key,
            "p. 50",
        )
    if result.from_elsewhere and result.approved is not True:
        yield from _assignment(result)
    yield from _level(document, result, setting)
    if hint := wording_hint(result.text):
        yield Problem("wording", "hint", hint, Sentence(""), key, source="p. 47, 120")
    if document.form == "ja" and result.leader is None and not result.assigned_by:
        message = Sentence(_("Hasil kerja ini belum dikaitkan dengan hasil kerja pimpinan."))
        advice = Sentence(_("Kaitkan bila rencana pimpinan sudah ada; tidak menghalangi pengajuan."))
        yield Problem("no_leader_row", "hint", message, advice, key, source="p. 59")
    for indicator in result.indicators:
        yield from _indicator(document, result, indicator)


def _assignment(result: PlannedResult) -> Iterator[Problem]:
    if result.approved is None:
        message = Sentence(
            _("Penugasan dari %(post)s menunggu persetujuan penilai Anda."), {"post": result.assigned_by}
        )
        yield Problem(
            "approval_open",
            "hint",
            message,
            Sentence(_("Penilai menyetujui atau menolaknya sebelum menyepakati rencana.")),
            result.key,
            source="p. 46",
        )
    else:
        yield _error(
            "approval_refused",
            _("Penugasan ini tidak disetujui penilai."),
            _("Hapus hasil kerja ini dari rencana."),
            result.key,
            "p. 46",
        )


def _level(document: PlanDocument, result: PlannedResult, setting: Setting) -> Iterator[Problem]:
    if not result.level:
        if document.form == "jpt":
            yield _error(
                "level_empty",
                _("Tingkat kendali hasil kerja ini belum dipilih."),
                _("Pilih outcome, outcome antara, atau output kendali rendah."),
                result.key,
                "p. 28",
            )
        return
    if document.form == "jpt" and result.level not in LEADING_LEVELS:
        yield _error(
            "level_leading",
            _("Hasil kerja pimpinan sekurang-kurangnya setingkat output kendali rendah."),
            _("Pilih outcome, outcome antara, atau output kendali rendah."),
            result.key,
            "p. 28",
        )
    lowest = LOWEST_LEVELS.get(setting.post_kind)
    if lowest and _ORDER.index(result.level) > _ORDER.index(lowest):
        message = Sentence(_("Tingkat kendali ini lebih rendah daripada yang disarankan untuk jenis jabatan ini."))
        advice = Sentence(_("Sebaiknya sekurang-kurangnya output kendali sedang."))
        yield Problem("level_low", "hint", message, advice, result.key, source="p. 44")


def _indicator(document: PlanDocument, result: PlannedResult, indicator: PlannedIndicator) -> Iterator[Problem]:
    key = indicator.key
    if not indicator.text.strip():
        yield _error("indicator_text", _("Indikator ini belum ditulis."), _("Tulis apa yang diukur."), key)
    if indicator.target_milli is None and not indicator.target_text.strip():
        yield _error(
            "no_target", _("Indikator ini belum punya target."), _("Isi target yang disepakati."), key, "p. 50"
        )
    if not indicator.aspects or not set(indicator.aspects) <= set(ASPECTS):
        yield _error(
            "aspects",
            _("Pilih sekurang-kurangnya satu aspek."),
            _("Kuantitas, kualitas, waktu, atau biaya."),
            key,
            "Pasal 9(2)",
        )
    yield from _numbers(indicator)
    if document.form == "ja":
        yield from _absolute(result, indicator)


def _numbers(indicator: PlannedIndicator) -> Iterator[Problem]:
    low, high = indicator.target_milli, indicator.target_max_milli
    if high is not None and (low is None or high < low):
        yield _error(
            "range",
            _("Batas atas target lebih kecil daripada batas bawahnya."),
            _("Tulis angka yang kecil dahulu."),
            indicator.key,
        )
    if indicator.direction == "range" and low is not None and high is None:
        yield _error("range_end", _("Rentang ini belum punya batas atas."), _("Isi batas atas target."), indicator.key)
    if indicator.direction == "impact" and low is not None and indicator.baseline_milli in (None, low):
        yield _error(
            "baseline",
            _("Dampak diukur dari keadaan awal yang berbeda dari target."),
            _("Isi keadaan awal."),
            indicator.key,
        )


def _absolute(result: PlannedResult, indicator: PlannedIndicator) -> Iterator[Problem]:
    word = absolute_words(indicator.text) or absolute_words(indicator.target_text)
    if word and not (result.main and result.vital):
        message = Sentence(_("Target memakai kata mutlak “%(word)s”."), {"word": word})
        advice = Sentence(
            _("Pakai rentang, kecuali hasil utama yang menyangkut nyawa, cedera, keamanan, atau kerugian besar.")
        )
        yield Problem("absolute", "hint", message, advice, indicator.key, source="p. 51")


def _error(code: str, message: str, advice: str, row_key: str = "", source: str = "") -> Problem:
    return Problem(code, "error", Sentence(message), Sentence(advice), row_key, source=source)
