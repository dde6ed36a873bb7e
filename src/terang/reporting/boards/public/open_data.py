"""The figures of the public pages as tables for machines: each with its columns, its licence, as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.publication import public_due_on, public_words, published_complaints
from terang.registry.organization.models import Agency
from terang.reporting.boards.public.facts import government_facts
from terang.web.kept import Drawn
from terang.web.places import degrees
from terang.web.spreadsheets import guarded

LICENCE = "CC-BY-4.0"
LICENCE_NAME = "Creative Commons Attribution 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
MOST_REPORTS = 5_000


@dataclass(frozen=True)
class DataTable:
    """One table: its columns (name → meaning), and its rows by the same names. What is missing is empty, never 0."""

    name: str
    title: Any
    columns: Mapping[str, Any]
    rows: Callable[[Agency], Iterable[dict[str, Any]]]
    tells_reports: bool = False


def _services(agency: Agency) -> Iterable[dict[str, Any]]:
    facts = government_facts(agency)
    for each in facts.services:
        yield {
            "kode": each.code,
            "layanan": each.name,
            "unit": each.unit,
            "janji": each.limit,
            "janji_menit_kerja": each.standard_minutes,
            "biaya": each.fee,
            "dari_rumah": each.online,
            "dasar": each.decree,
            "periode": facts.months,
            "selesai": each.finished,
            "nilai_tengah_menit_kerja": each.median_minutes,
            "tepat_waktu_persen": _hundredths(each.timely_bp),
        }


def _satisfaction(agency: Agency) -> Iterable[dict[str, Any]]:
    for each in government_facts(agency).indexes:
        yield {
            "unit": each.unit,
            "seluruh_pemerintah": each.unit_pk == 0,
            "periode": each.period,
            "ikm": _hundredths(each.ikm),
            "mutu": each.grade or None,
            "responden": each.respondents,
            "bobot_unsur": "1/9" if each.weights == "exact" else each.weights,
            "diumumkan": each.published,
            "revisi": each.revision if each.published else None,
        }


def _states(agency: Agency) -> Iterable[dict[str, Any]]:
    truths = government_facts(agency).truths
    for state in truths.states:
        yield {"kelompok": "status", "nama": state.label, "banyak": state.count}
    told = ("answered", "confirmed", "silent", "awaited", "disputed", "denied", "timely", "late", "judged")
    for name, label in zip(told, TRUTHS, strict=True):
        yield {"kelompok": "dua_kebenaran", "nama": str(label), "banyak": getattr(truths, name)}


TRUTHS = (
    _("dijawab unit"),
    _("dibenarkan pelapor"),
    _("ditutup karena pelapor diam"),
    _("menunggu pelapor"),
    _("dibuka kembali dan belum dibenarkan"),
    _("pernah dinyatakan belum selesai"),
    _("dijawab tepat waktu"),
    _("lewat batas dan belum dijawab"),
    _("sudah dapat dinilai waktunya"),
)


def _units(agency: Agency) -> Iterable[dict[str, Any]]:
    for each in government_facts(agency).units:
        yield {
            "unit": each.name,
            "laporan": each.total,
            "dijawab": each.answered,
            "dibenarkan_pelapor": each.confirmed,
            "dinyatakan_belum_selesai": each.denied,
        }


def _reports(agency: Agency) -> Iterable[dict[str, Any]]:
    rows = published_complaints(agency).select_related("category", "unit", "reporter")
    for each in rows.order_by("-received_on", "tracking_code")[:MOST_REPORTS]:
        yield {
            "nomor": each.tracking_code,
            "diterima": each.received_on.isoformat(),
            "kategori": each.category.name if each.category else None,
            "judul": public_words(each, each.title),
            "tempat": public_words(each, each.address) or None,
            "lintang": degrees(each.latitude_micro, coarse=each.is_anonymous),
            "bujur": degrees(each.longitude_micro, coarse=each.is_anonymous),
            "unit": each.unit.name if each.unit else None,
            "status": each.get_state_display(),
            "batas_jawaban": public_due_on(each).isoformat(),
            "dijawab": each.answered_on.isoformat() if each.answered_on else None,
            "dibuka_kembali": each.reopened_count,
            "ditutup_oleh": each.closed_by or None,
        }


def _hundredths(value: int | None) -> float | None:
    return None if value is None else value / 100


TABLES = {
    table.name: table
    for table in (
        DataTable(
            "layanan",
            _("Layanan, janji, dan waktu sebenarnya"),
            {
                "kode": _("kode layanan"),
                "layanan": _("nama layanan"),
                "unit": _("unit yang melayani"),
                "janji": _("waktu paling lama yang dijanjikan"),
                "janji_menit_kerja": _("janji itu dalam menit kerja"),
                "biaya": _("biaya"),
                "dari_rumah": _("dapat diajukan dari rumah"),
                "dasar": _("nomor keputusan standar layanan"),
                "periode": _("bulan yang dihitung"),
                "selesai": _("permohonan yang selesai"),
                "nilai_tengah_menit_kerja": _("separuh permohonan selesai dalam waktu ini; kosong bila kurang dari 5"),
                "tepat_waktu_persen": _("bagian yang selesai dalam waktu janji; kosong bila kurang dari 5"),
            },
            _services,
        ),
        DataTable(
            "kepuasan",
            _("Indeks Kepuasan Masyarakat (IKM)"),
            {
                "unit": _("unit yang dinilai"),
                "seluruh_pemerintah": _("nilai untuk seluruh pemerintah daerah"),
                "periode": _("masa survei"),
                "ikm": _("indeks 25–100; kosong bila jawaban terlalu sedikit"),
                "mutu": _("mutu A–D menurut PermenPANRB 14/2017"),
                "responden": _("banyak jawaban; kosong bila terlalu sedikit"),
                "bobot_unsur": _("bobot setiap unsur"),
                "diumumkan": _("hasil resmi yang diumumkan; selain itu hitungan berjalan tiga bulan"),
                "revisi": _("nomor revisi hasil yang diumumkan"),
            },
            _satisfaction,
        ),
        DataTable(
            "pengaduan",
            _("Pengaduan menurut status dan menurut dua pihak"),
            {
                "kelompok": _("status, atau dua_kebenaran"),
                "nama": _("nama status atau ukuran"),
                "banyak": _(
                    "banyak laporan dalam 365 hari terakhir; laporan rahasia dan berkadar pengawasan tidak ikut"
                ),
            },
            _states,
        ),
        DataTable(
            "pengaduan-unit",
            _("Pengaduan menurut unit"),
            {
                "unit": _("unit yang menjawab"),
                "laporan": _("laporan dalam 365 hari terakhir"),
                "dijawab": _("yang sudah dijawab unit"),
                "dibenarkan_pelapor": _("yang dibenarkan selesai oleh pelapor"),
                "dinyatakan_belum_selesai": _("yang pernah dinyatakan belum selesai oleh pelapor"),
            },
            _units,
        ),
        DataTable(
            "laporan-warga",
            _("Laporan warga yang ditampilkan"),
            {
                "nomor": _("nomor laporan"),
                "diterima": _("tanggal diterima"),
                "kategori": _("kategori"),
                "judul": _("judul, tanpa nama dan nomor"),
                "tempat": _("tempat kejadian"),
                "lintang": _("lintang; untuk laporan anonim dibulatkan sampai kira-kira 100 meter"),
                "bujur": _("bujur; untuk laporan anonim dibulatkan sampai kira-kira 100 meter"),
                "unit": _("unit yang menjawab"),
                "status": _("status"),
                "batas_jawaban": _("batas jawaban akhir"),
                "dijawab": _("tanggal jawaban akhir pertama"),
                "dibuka_kembali": _("berapa kali dibuka kembali oleh pelapor"),
                "ditutup_oleh": _("warga bila dibenarkan, waktu bila pelapor diam"),
            },
            _reports,
            tells_reports=True,
        ),
    )
}


def as_csv(table: DataTable, agency: Agency) -> Drawn:
    """Semicolons and a byte-order mark, as spreadsheets here expect; no cell can act as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(table.columns)
    for row in table.rows(agency):
        writer.writerow([_cell(row.get(name)) for name in table.columns])
    name = f"{table.name}-{agency.code}.csv"
    return Drawn("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", file_name=name)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(value).replace(".", ",") if isinstance(value, float) else guarded(value)


def as_json(table: DataTable, agency: Agency) -> Drawn:
    """The rows with what is needed to read them alone."""
    told = {
        "tabel": table.name,
        "pemerintah_daerah": agency.name,
        "kode_wilayah": agency.code,
        "lisensi": LICENCE,
        "lisensi_url": LICENCE_ADDRESS,
        "kolom": {name: str(meaning) for name, meaning in table.columns.items()},
        "baris": list(table.rows(agency)),
    }
    return Drawn(json.dumps(told, ensure_ascii=False, indent=1), "application/json; charset=utf-8")
