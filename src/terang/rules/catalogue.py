"""The catalogue of measures and guards: what a policy may name, and the words every screen uses for it.

A measure always yields basis points (10,000 = 100 %) or is missing with a reason. The catalogue holds no arithmetic:
the function behind a code is `terang.rules.measures.<code>`. Adding a measure is one entry here and one file there.
"""

from dataclasses import dataclass

from terang.rules import tables
from terang.rules.sentences import mark as _

ParameterValue = int | str | bool


@dataclass(frozen=True)
class Parameter:
    """One setting a policy may give a measure. `choices` is empty where any value of the default's type is allowed."""

    name: str
    default: ParameterValue
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasureSpec:
    """One measure.

    `evidence` names the table of `terang.rules.tables` it reads. `unit` is what numerator and denominator count.
    `formula` is the sentence shown under "Mengapa?". `min_answers` is the fewest answers or records from which a value
    may be made; below it the measure is missing with reason `too_few_answers`. `opinion` marks what people think, as
    against what was counted.
    """

    code: str
    label: str
    label_en: str
    evidence: str
    unit: str
    formula: str
    min_answers: int = 1
    opinion: bool = False
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class Signal:
    """Something shown beside a measure so that it cannot be chased alone. A signal has no weight."""

    code: str
    label: str
    label_en: str


_INSTRUMENT = Parameter("instrument", "berakhlak", "kode instrumen penilaian pada kebijakan ini")

_MEASURES = (
    MeasureSpec(
        "plan_achievement",
        "Capaian rencana",
        "Plan achievement",
        tables.PLAN_RESULTS.name,
        "indikator",
        _("Rata-rata capaian indikator SKP: realisasi dibagi target, masing-masing dibatasi, yang kosong disebut."),
    ),
    MeasureSpec(
        "outcome_impact",
        "Dampak bagi masyarakat",
        "Impact on society",
        tables.PLAN_RESULTS.name,
        "indikator",
        _("Perubahan indikator masyarakat dari titik awal dibagi perubahan yang ditargetkan, menurut porsi pegawai."),
    ),
    MeasureSpec(
        "task_completion",
        "Penyelesaian tugas",
        "Task completion",
        tables.TASKS.name,
        "tugas",
        _("Rata-rata tugas yang jatuh tempo: diterima dibagi disepakati, paling banyak 100 % per tugas."),
    ),
    MeasureSpec(
        "programme_contribution",
        "Kontribusi pada program",
        "Contribution to programmes",
        tables.TASKS.name,
        "tugas",
        _("Seperti penyelesaian tugas, hanya untuk tugas yang mendukung program pemerintah daerah."),
    ),
    MeasureSpec(
        "reporting_regularity",
        "Keteraturan pelaporan",
        "Regular reporting",
        tables.REPORTING.name,
        "hari",
        _("Hari dengan laporan tepat waktu dibagi hari yang wajib dilaporkan, tanpa cuti dan gangguan sistem."),
    ),
    MeasureSpec(
        "report_rating",
        "Nilai laporan kinerja",
        "Rating of the performance report",
        tables.REPORT_RATINGS.name,
        "nilai pembaca",
        _("Nilai laporan dari atasan langsung dan tim pengawas, masing-masing dikalikan porsinya menurut kebijakan."),
        parameters=(
            Parameter("superior_share_bp", 6000, "porsi atasan langsung dalam basis poin"),
            Parameter("oversight_share_bp", 4000, "porsi tim pengawas dalam basis poin"),
        ),
    ),
    MeasureSpec(
        "attendance_rate",
        "Kehadiran",
        "Attendance",
        tables.ATTENDANCE.name,
        "hari",
        _("Hari hadir dibagi hari wajib hadir; cuti, tugas luar, dan gangguan mesin tidak dihitung."),
    ),
    MeasureSpec(
        "punctuality",
        "Ketepatan waktu hadir",
        "Punctuality",
        tables.ATTENDANCE.name,
        "hari",
        _("Hari hadir tanpa terlambat atau pulang cepat dibagi seluruh hari hadir."),
    ),
    MeasureSpec(
        "services_completed",
        "Layanan selesai",
        "Services completed",
        tables.SERVICES.name,
        "permohonan",
        _("Permohonan yang diselesaikan dibagi jumlah menurut norma beban kerja."),
    ),
    MeasureSpec(
        "service_timeliness",
        "Layanan tepat waktu",
        "Services on time",
        tables.SERVICES.name,
        "permohonan",
        _(
            "Permohonan yang selesai dalam standar waktu dibagi seluruh permohonan yang selesai; "
            "waktu menunggu pemohon tidak dihitung."
        ),
    ),
    MeasureSpec(
        "service_speed",
        "Kecepatan layanan",
        "Service speed",
        tables.SERVICES.name,
        "menit",
        _("Dua kali waktu standar dikurangi waktu yang dipakai, dibagi waktu standar; tepat standar berarti 100 %."),
    ),
    MeasureSpec(
        "citizen_satisfaction",
        "Kepuasan masyarakat (IKM)",
        "Citizen satisfaction (IKM)",
        tables.SURVEYS.name,
        "jawaban",
        _("Rata-rata sembilan unsur survei kepuasan (skala 1–4) dikalikan 25; jawaban kosong tidak diisi sendiri."),
        min_answers=5,
        opinion=True,
        parameters=(
            Parameter(
                "fallback",
                "none",
                "nilai pengganti bila jawaban sendiri terlalu sedikit: unit (rata-rata unit, disebutkan) atau none",
                ("none", "unit"),
            ),
        ),
    ),
    MeasureSpec(
        "complaint_response",
        "Tanggapan pengaduan",
        "Complaint response",
        tables.COMPLAINTS.name,
        "pengaduan",
        _("Pengaduan yang dijawab tepat waktu dan tidak dibantah warga dibagi pengaduan yang jatuh tempo."),
    ),
    MeasureSpec(
        "peer_review",
        "Penilaian rekan sejawat",
        "Peer review",
        tables.REVIEWS.name,
        "aspek",
        _("Jawaban rekan per aspek, dari nilai terendah skala (0 %) sampai tertinggi (100 %), lalu dirata-ratakan."),
        min_answers=3,
        opinion=True,
        parameters=(_INSTRUMENT,),
    ),
    MeasureSpec(
        "superior_review",
        "Penilaian atasan",
        "Review by the superior",
        tables.REVIEWS.name,
        "aspek",
        _("Jawaban atasan per aspek, dari nilai terendah skala (0 %) sampai tertinggi (100 %), lalu dirata-ratakan."),
        opinion=True,
        parameters=(_INSTRUMENT,),
    ),
    MeasureSpec(
        "subordinate_review",
        "Penilaian bawahan",
        "Review by subordinates",
        tables.REVIEWS.name,
        "aspek",
        _("Jawaban bawahan per aspek, dari nilai terendah skala (0 %) sampai tertinggi (100 %), lalu dirata-ratakan."),
        min_answers=3,
        opinion=True,
        parameters=(_INSTRUMENT,),
    ),
    MeasureSpec(
        "inspection_compliance",
        "Kepatuhan standar layanan",
        "Compliance at inspections",
        tables.INSPECTIONS.name,
        "butir periksa",
        _("Butir standar yang terpenuhi dibagi butir yang diperiksa saat inspeksi, setelah pegawai menanggapi."),
    ),
    MeasureSpec(
        "observation_score",
        "Nilai observasi",
        "Observation score",
        tables.OBSERVATIONS.name,
        "poin",
        _("Poin yang diperoleh dibagi poin tertinggi pada observasi, misalnya observasi pembelajaran di kelas."),
    ),
)

MEASURES: dict[str, MeasureSpec] = {spec.code: spec for spec in _MEASURES}
"""Every measure by code, in the order in which screens list them."""

_SIGNALS = (
    Signal("reopened_cases", "Kasus dibuka kembali", "Reopened cases"),
    Signal("response_rate", "Tingkat jawaban survei", "Survey response rate"),
    Signal("quality_sample", "Contoh mutu berkas", "Quality sample"),
    Signal("lookalike_entries", "Laporan yang mirip", "Look-alike entries"),
    Signal("entry_bursts", "Laporan menumpuk sekaligus", "Bursts of entries"),
    Signal("rater_spread", "Sebaran nilai penilai", "Spread of the rater"),
    Signal("reader_distance", "Selisih dua pembaca", "Distance between the two readers"),
    Signal("source_mix", "Asal jawaban", "Mix of sources"),
    Signal("volume_mix", "Ragam layanan", "Mix of services"),
    Signal("accepted_report", "Laporan diterima atasan", "Report accepted by the appraiser"),
    Signal("stated_share", "Porsi kontribusi dinyatakan", "Share stated in the plan"),
    Signal("confirmed_findings", "Hanya temuan terbukti", "Confirmed findings only"),
)

SIGNALS: dict[str, Signal] = {signal.code: signal for signal in _SIGNALS}
"""Every guard signal by code. A guard of a measure is one of these or another measure."""

MISSING_REASONS: dict[str, str] = {
    "ok": _("Ada bukti."),
    "no_evidence": _("Belum ada bukti pada periode ini."),
    "too_few_answers": _("Jawaban masih terlalu sedikit untuk dinilai."),
    "no_target": _("Belum ada target atau norma yang disepakati."),
    "no_source": _("Jenis bukti ini tidak dicatat di pemerintah daerah ini."),
    "not_applicable": _("Pekerjaan ini tidak melayani masyarakat secara langsung."),
    "unit_average": _("Jawaban sendiri terlalu sedikit; dipakai nilai unit kerja."),
}
"""The sentence for each `reason` of the tables `measure_values` and `components`."""
