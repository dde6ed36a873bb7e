"""The facts of one employee and month that a rule may read: code, column, unit, what an empty cell means.

A government that needs another one declares it in its rule; no code is written for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

Fact = int | str | date | None
"""A number in its unit, a code, a day; None where there is none."""

UNITS = ("rupiah", "share", "minutes", "days", "months", "count", "class", "code", "flag", "day")
"""share: basis points here, per cent in a file. flag: 1 or 0 here, ya or tidak in a file. day: a date."""

NUMBERS = ("rupiah", "share", "minutes", "days", "months", "count", "class", "flag")


@dataclass(frozen=True)
class FactSpec:
    """One fact. `column` heads it in a file (the code does too). `blank` is what an empty cell says, where it may be
    empty (`optional`); None says that there is none. `choices` of a code; empty: the rule says which. `recurring`:
    given once, it holds until it ends; any other holds for one month alone."""

    code: str
    column: str
    unit: str
    label: str
    optional: bool = False
    blank: Fact = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 10**12
    recurring: bool = False

    @property
    def numeric(self) -> bool:
        return self.unit in NUMBERS


def _required(code: str, column: str, unit: str, label: str, **more: object) -> FactSpec:
    return FactSpec(code, column, unit, label, **more)  # type: ignore[arg-type]


def _zero(code: str, column: str, unit: str, label: str, **more: object) -> FactSpec:
    return FactSpec(code, column, unit, label, optional=True, blank=0, **more)  # type: ignore[arg-type]


def _none(code: str, column: str, unit: str, label: str, **more: object) -> FactSpec:
    return FactSpec(code, column, unit, label, optional=True, **more)  # type: ignore[arg-type]


EMPLOYMENTS = ("pns", "cpns", "pppk", "pppk_paruh_waktu")
STATES = (
    "aktif", "cltn", "tugas_belajar", "mpp", "uang_tunggu", "ditahan", "banding", "diberhentikan_sementara", "titipan",
)  # fmt: skip
PTKP = ("TK/0", "TK/1", "TK/2", "TK/3", "K/0", "K/1", "K/2", "K/3")
_BP = {"most": 10_000}

_ALL = (
    _none("class", "kelas_jabatan", "class", _("kelas jabatan"), least=1, most=17),
    _none("basic_idr", "besaran_dasar", "rupiah", _("besaran dasar yang disebut dalam keputusan")),
    _required("employment", "status_pegawai", "code", _("status pegawai"), choices=EMPLOYMENTS),
    _none("state", "kedudukan", "code", _("kedudukan pegawai"), blank="aktif", choices=STATES),
    _none("rank", "golongan", "code", _("golongan")),
    _none("post_kind", "jenis_jabatan", "code", _("jenis jabatan"), blank=""),
    _none("category", "rumpun", "code", _("rumpun jabatan"), blank=""),
    _none("workload_idr", "besaran_beban", "rupiah", _("besaran beban kerja")),
    _none("performance_idr", "besaran_prestasi", "rupiah", _("besaran prestasi kerja")),
    _none("condition_idr", "besaran_kondisi", "rupiah", _("besaran kondisi kerja")),
    _none("place_idr", "besaran_tempat", "rupiah", _("besaran tempat bertugas")),
    _none("scarcity_idr", "besaran_kelangkaan", "rupiah", _("besaran kelangkaan profesi")),
    _none("other_idr", "besaran_lain", "rupiah", _("besaran pertimbangan objektif lain")),
    _zero("workload_bp", "persen_beban", "share", _("persentase beban kerja"), most=100_000),
    _zero("performance_bp", "persen_prestasi", "share", _("persentase prestasi kerja"), most=100_000),
    _zero("condition_bp", "persen_kondisi", "share", _("persentase kondisi kerja"), most=100_000),
    _zero("place_bp", "persen_tempat", "share", _("persentase tempat bertugas"), most=100_000),
    _zero("scarcity_bp", "persen_kelangkaan", "share", _("persentase kelangkaan profesi"), most=100_000),
    _none("balance_bp", "faktor_penyeimbang", "share", _("faktor penyeimbang"), blank=10_000, most=100_000),
    _required("work_days", "hari_kerja", "days", _("hari wajib kerja"), most=31),
    _zero("excluded_days", "hari_dikecualikan", "days", _("hari cuti yang mengurangi kehadiran"), most=31),
    _zero("cut_leave_days", "hari_cuti_dipotong", "days", _("hari cuti yang dipotong"), most=31),
    _required("presence_bp", "kehadiran", "share", _("kehadiran"), **_BP),
    _required("absent_days", "tanpa_keterangan", "days", _("hari tanpa keterangan"), most=31),
    _required("late_1", "tl1", "days", _("terlambat jenjang 1"), most=31),
    _required("late_2", "tl2", "days", _("terlambat jenjang 2"), most=31),
    _required("late_3", "tl3", "days", _("terlambat jenjang 3"), most=31),
    _required("late_4", "tl4", "days", _("terlambat jenjang 4"), most=31),
    _required("early_1", "psw1", "days", _("pulang sebelum waktu jenjang 1"), most=31),
    _required("early_2", "psw2", "days", _("pulang sebelum waktu jenjang 2"), most=31),
    _required("early_3", "psw3", "days", _("pulang sebelum waktu jenjang 3"), most=31),
    _required("early_4", "psw4", "days", _("pulang sebelum waktu jenjang 4"), most=31),
    _required("late_minutes", "menit_terlambat", "minutes", _("menit terlambat"), most=44_640),
    _required("early_minutes", "menit_pulang_cepat", "minutes", _("menit pulang sebelum waktu"), most=44_640),
    _zero("missing_punches", "tanpa_rekaman", "count", _("presensi yang tidak terekam"), most=200),
    _zero("roll_calls_missed", "apel_tidak_ikut", "count", _("apel atau upacara yang tidak diikuti"), most=200),
    _zero("inspections_missed", "sidak_tidak_ada", "count", _("tidak di tempat saat sidak tanpa alasan"), most=200),
    _zero("attire_faults", "pelanggaran_atribut", "count", _("pelanggaran pakaian atau atribut"), most=200),
    _zero("rejected_leaves", "cuti_ditolak", "count", _("izin atau cuti yang ditolak"), most=200),
    _zero("unproven_duties", "dinas_tanpa_bukti", "count", _("dinas luar tanpa bukti"), most=200),
    _zero("leave_days", "hari_cuti", "days", _("hari cuti"), most=31),
    _zero("important_leave_days", "hari_cuti_alasan_penting", "days", _("hari cuti alasan penting"), most=31),
    _zero("sick_days", "hari_sakit", "days", _("hari sakit pada bulan ini"), most=31),
    _zero("sick_months", "bulan_sakit", "months", _("bulan sakit berturut-turut"), most=99),
    _zero("long_leave_days", "hari_cuti_besar", "days", _("hari cuti besar sejak mulai"), most=999),
    _zero("long_leave_months", "bulan_cuti_besar", "months", _("bulan cuti besar sejak mulai"), most=99),
    _zero("hajj_days", "hari_cuti_ibadah", "days", _("hari cuti ibadah haji"), most=99),
    _zero("maternity_child", "persalinan_anak_ke", "count", _("cuti melahirkan anak ke-"), most=20),
    _required("productive_minutes", "menit_produktif", "minutes", _("menit kerja produktif"), most=44_640),
    _required("realisation_bp", "realisasi", "share", _("realisasi kinerja bulanan"), most=20_000),
    _zero("log_cut_bp", "potongan_harian", "share", _("potongan laporan harian"), **_BP),
    _required("achievement_bp", "capaian", "share", _("capaian kinerja"), most=20_000),
    _required("plan_score_bp", "nilai_skp", "share", _("nilai SKP"), most=20_000),
    _required("behaviour_score_bp", "nilai_perilaku", "share", _("nilai perilaku"), most=20_000),
    _none("score_bp", "nilai", "share", _("nilai kinerja"), most=20_000),
    _none("predicate", "predikat", "code", _("predikat kinerja")),
    _none("submitted_day", "tanggal_kirim", "count", _("tanggal penilaian dikirim"), least=1, most=31),
    _none("sanction", "hukuman", "code", _("hukuman disiplin"), blank=""),
    _none("sanction_since", "hukuman_berlaku", "day", _("hukuman berlaku sejak")),
    _none("sanctions", "hukuman_berjalan", "code", _("hukuman yang berjalan, masing-masing dengan harinya"), blank=""),
    _zero("attendance_waived", "tanpa_wajib_presensi", "flag", _("presensi tidak diwajibkan"), most=1),
    _zero("pay_hold", "tunda_bayar", "flag", _("pembayaran ditunda"), most=1),
    _none("award", "penghargaan", "code", _("penghargaan bulan ini"), blank=""),
    _zero("award_base_idr", "dasar_penghargaan", "rupiah", _("besaran dasar penghargaan")),
    _zero("bonus_idr", "bonus", "rupiah", _("bonus penghargaan")),
    _zero("profile_updated", "profil_dimutakhirkan", "flag", _("data diri dimutakhirkan"), most=1),
    _zero("competence_planned", "rencana_kompetensi", "flag", _("rencana kompetensi diisi"), most=1),
    _none("acting_class", "kelas_plt", "class", _("kelas jabatan yang dijabat sebagai Plt."), least=1, most=17),
    _none("acting_basic_idr", "besaran_plt", "rupiah", _("besaran dasar jabatan Plt.")),
    _zero("acting_idr", "tambahan_plt", "rupiah", _("tambahan Plt. menurut keputusan")),
    _zero("sanction_idr", "potongan_nominal", "rupiah", _("potongan sanksi dalam rupiah")),
    _zero("reduction_bp", "pengurangan_tahunan", "share", _("pengurangan tahunan"), **_BP),
    _zero("arrears_idr", "rapel", "rupiah", _("rapel")),
    _zero("overpaid_idr", "kelebihan_bayar", "rupiah", _("kelebihan bayar yang diputus dikembalikan")),
    _required("salary_idr", "gaji", "rupiah", _("gaji dan tunjangan bulan ini")),
    _required("salary_insurance_idr", "iuran_gaji", "rupiah", _("iuran BPJS yang sudah dipotong dari gaji")),
    _required("ptkp", "ptkp", "code", _("status PTKP"), choices=PTKP),
    _none("december_tax_idr", "pph_desember", "rupiah", _("PPh 21 Desember menurut perhitungan setahun")),
    _zero("alms_bp", "zakat", "share", _("zakat yang dipilih"), **_BP),
    _zero("other_deduction_idr", "potongan_lain", "rupiah", _("potongan lain")),
)

RECURRING = frozenset({
    "class", "basic_idr", "employment", "state", "rank", "post_kind", "category", "workload_idr", "performance_idr",
    "condition_idr", "place_idr", "scarcity_idr", "other_idr", "workload_bp", "performance_bp", "condition_bp",
    "place_bp", "scarcity_bp", "balance_bp", "sanction", "attendance_waived", "pay_hold", "acting_class",
    "acting_basic_idr", "acting_idr", "reduction_bp", "salary_idr", "salary_insurance_idr", "ptkp", "alms_bp",
})  # fmt: skip
"""Facts that hold until they end. All others are of one month."""

FACTS: dict[str, FactSpec] = {each.code: replace(each, recurring=each.code in RECURRING) for each in _ALL}
"""Every fact that all governments share, by code."""

PRESENCE = (
    "work_days", "presence_bp", "absent_days", "late_minutes", "early_minutes", "missing_punches",
    *(f"{kind}_{n}" for kind in ("late", "early") for n in (1, 2, 3, 4)), "leave_days", "sick_days", "excluded_days",
)  # fmt: skip
"""Facts that are counted from the days of presence."""


def sanctions_text(held: Iterable[tuple[str, date]]) -> str:
    """Several sanctions as one fact: "sedang_6 2026-02-16; sedang_9 2026-05-04"."""
    return "; ".join(f"{code} {since:%Y-%m-%d}" for code, since in held)


def sanctions_in(text: str) -> list[tuple[str, date]]:
    """The sanctions of such a text. Raises ValueError where it is none."""
    pairs = [each.strip().rsplit(" ", 1) for each in text.split(";") if each.strip()]
    if any(len(each) != 2 for each in pairs):
        raise ValueError(text)
    return [(code, date.fromisoformat(since)) for code, since in pairs]


def label_of(spec: FactSpec) -> Sentence:
    """The fact in words, to be said in the reader's language."""
    return Sentence(spec.label)
