"""Sensible beginnings of a plan's annex (Format A.1.8 p. 61), added by one click and adapted. Texts of the document
itself, so they are written in Indonesian and never translated."""

from dataclasses import replace
from typing import Any

from terang.rules.plans import Consequence, PlanDocument, Report, Resource
from terang.web.asked import asked_int

RESOURCES = (
    Resource("pendampingan", "Pendampingan pimpinan sekurang-kurangnya sekali sebulan"),
    Resource("peralatan", "Komputer dan jaringan yang dapat dipakai setiap hari kerja"),
    Resource("sdm", "Rekan kerja pengganti pada saat cuti atau tugas luar"),
    Resource("anggaran", "Anggaran kegiatan sesuai dokumen pelaksanaan anggaran"),
    Resource("sarana", "Ruang kerja dan ruang layanan yang memadai"),
)
REPORTS = (
    Report("Kemajuan seluruh hasil kerja", "bulanan", "Catatan kegiatan beserta bukti dukung di Terang"),
    Report("Capaian indikator terhadap target", "triwulanan", "Rekapitulasi capaian dan data pendukung"),
    Report("Hasil kerja yang tidak rutin", "sewaktu", "Laporan atau naskah hasil kerja"),
)
CONSEQUENCES = (
    Consequence(True, "Pengembangan kompetensi dan penugasan baru bila seluruh hasil kerja utama tercapai"),
    Consequence(True, "Penghargaan sesuai ketentuan instansi bila hasil kerja melampaui ekspektasi"),
    Consequence(False, "Bimbingan kinerja dan penyesuaian penugasan bila hasil kerja utama tidak tercapai"),
)
OFFERED: dict[str, tuple[Any, ...]] = {"resources": RESOURCES, "reports": REPORTS, "consequences": CONSEQUENCES}
FIRST = (RESOURCES[:2], REPORTS[:1], (CONSEQUENCES[0], CONSEQUENCES[2]))
"""What one click puts into an empty annex."""


def with_first(document: PlanDocument) -> PlanDocument:
    """The document with the usual annex wherever a part of it is still empty."""
    resources, reports, consequences = FIRST
    return replace(
        document,
        resources=document.resources or resources,
        reports=document.reports or reports,
        consequences=document.consequences or consequences,
    )


def with_suggestion(document: PlanDocument, code: str) -> PlanDocument:
    """The document with one suggestion more, named `resources-1`; as it was where there is no such one."""
    part, _mark, number = code.partition("-")
    offered = OFFERED.get(part, ())
    place = asked_int(number)
    if place is None or place >= len(offered):
        return document
    rows, one = getattr(document, part), offered[place]
    change: dict[str, Any] = {part: (*rows, one)}
    return document if one in rows else replace(document, **change)


def open_suggestions(document: PlanDocument) -> dict[str, list[tuple[str, Any]]]:
    """What the document does not have yet, by part of the annex, each with its code."""
    return {
        part: [(f"{part}-{place}", row) for place, row in enumerate(rows) if row not in getattr(document, part)]
        for part, rows in OFFERED.items()
    }
