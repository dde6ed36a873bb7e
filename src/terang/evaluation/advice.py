"""What pulls a total down, and what helps: for every measure one plain sentence of advice."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from terang.evaluation.contributions import half_up
from terang.rules.policies.model import FULL_BP

MOST_SHOWN = 3
WORTH_TELLING_BP = 50
"""Half a point of the total: less than that pulls nothing down."""


class Weighed(Protocol):
    measure: str
    score_bp: int | None
    effective_weight_bp: int


@dataclass(frozen=True)
class Drag:
    """A measure that pulls the total down by `lost_bp` against a full score."""

    measure: str
    score_bp: int
    lost_bp: int


def drags(components: Iterable[Weighed]) -> list[Drag]:
    """The measures that cost the most points, most first, at most three. Missing ones shared out cost nothing."""
    found = [
        Drag(each.measure, each.score_bp, half_up(each.effective_weight_bp * (FULL_BP - each.score_bp), FULL_BP))
        for each in components
        if each.score_bp is not None and each.score_bp < FULL_BP
    ]
    found.sort(key=lambda drag: -drag.lost_bp)
    return [drag for drag in found if drag.lost_bp >= WORTH_TELLING_BP][:MOST_SHOWN]


def advice(measure: str) -> str:
    """What somebody can do about a measure; empty where nothing general can be said."""
    match measure:
        case "plan_achievement":
            return _(
                "Laporkan hasil yang sudah ada pada indikatornya; bila target tidak lagi masuk akal, ajukan perubahan."
            )
        case "outcome_impact":
            return _(
                "Bahas dengan atasan langkah yang paling berpengaruh bagi masyarakat, dan laporkan angka terakhir."
            )
        case "task_completion" | "programme_contribution":
            return _("Selesaikan tugas yang jatuh tempo dan minta atasan memutus laporan yang menunggu.")
        case "reporting_regularity":
            return _("Laporkan kegiatan pada hari yang sama; cukup satu menit.")
        case "report_rating":
            return _("Baca catatan kedua pembaca dan lengkapi bukti pada laporan.")
        case "attendance_rate":
            return _("Ajukan cuti atau tugas luar sebelum harinya, dan periksa hari yang salah tercatat.")
        case "punctuality":
            return _("Periksa jam masuk; bila jam kerja tidak sesuai keadaan, bicarakan dengan atasan.")
        case "services_completed":
            return _("Bahas pembagian permohonan dan langkah yang dapat digabung.")
        case "service_timeliness" | "service_speed":
            return _("Lihat permohonan yang lewat standar: di langkah mana waktunya habis?")
        case "citizen_satisfaction":
            return _("Baca saran warga dan unsur yang paling rendah; tersedia pelatihan komunikasi dan pelayanan.")
        case "complaint_response":
            return _("Jawab pengaduan sebelum tenggat dan tanyakan kepada warga apakah sudah selesai.")
        case "peer_review" | "superior_review" | "subordinate_review":
            return _("Minta umpan balik tentang aspek yang paling rendah dan sepakati satu langkah.")
        case "observation_score":
            return _("Baca umpan balik observasi, coba sasarannya, lalu minta observasi kedua.")
        case "inspection_compliance":
            return _("Tanggapi temuan dan perlihatkan perbaikannya.")
        case _:
            return ""
