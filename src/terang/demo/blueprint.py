"""The shape of a demo government: units and posts as in real life, grown by more schools and health centres."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CODES = ("makassar", "palu", "aceh_tenggara", "semarang", "mamuju")
IN_SHIFTS = "puskesmas2"
"""The unit that works round the clock, by roster."""
SCHOOL_STAFF = 18
HEALTH_STAFF = 28


@dataclass(frozen=True)
class PostSpec:
    """Posts of one title in a unit. `job` names a section of jobs.toml."""

    title: str
    kind: str
    job: str
    seats: int = 1
    is_head: bool = False
    level: str = ""
    category: str = ""


@dataclass(frozen=True)
class UnitSpec:
    """A unit under `parent` (a key), with its posts; the first one heads it."""

    key: str
    kind: str
    name: str
    parent: str | None
    posts: tuple[PostSpec, ...]
    serves_public: bool = False
    services: tuple[str, ...] = field(default=())


def _head(title: str, kind: str = "administrator") -> PostSpec:
    return PostSpec(title, kind, "pimpinan", is_head=True)


def _staff(title: str, job: str, seats: int, level: str = "ahli_pertama", category: str = "") -> PostSpec:
    return PostSpec(title, "fungsional" if level else "pelaksana", job, seats, level=level, category=category)


@cache
def government(code: str) -> dict[str, Any]:
    """The figures and names of one demo government, from governments/<code>.toml."""
    return tomllib.loads((FOLDER / "governments" / f"{code}.toml").read_text(encoding="utf-8"))


@cache
def jobs() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "jobs.toml").read_text(encoding="utf-8"))


def units(facts: dict[str, Any], employees: int) -> list[UnitSpec]:
    """All units of a government, parents first, holding about `employees` people."""
    specs = [*_core(facts), *_health(facts), *_education(facts), *_territory(facts)]
    missing = employees - sum(post.seats for spec in specs for post in spec.posts)
    number = 3
    while missing > 0:
        spec = _school(f"school{number}", f"SD Negeri Pembina {number}", SCHOOL_STAFF)
        if number % 3 == 0:
            spec = _health_centre(f"puskesmas{number}", f"Puskesmas Pembantu {number}", HEALTH_STAFF)
        specs.append(spec)
        missing -= sum(post.seats for post in spec.posts)
        number += 1
    return specs


def _core(facts: dict[str, Any]) -> list[UnitSpec]:
    return [
        UnitSpec(
            "root",
            "pemerintah",
            facts["name"],
            None,
            (PostSpec(facts["head"], "kepala_daerah", "pimpinan", is_head=True),),
        ),
        UnitSpec(
            "secretariat",
            "sekretariat",
            "Sekretariat Daerah",
            "root",
            (_head("Sekretaris Daerah", "jpt"), _staff("Analis Kebijakan", "umum", 1)),
        ),
        UnitSpec("personnel", "badan", facts["personnel"], "root", (_head("Kepala Badan", "jpt"),)),
        UnitSpec(
            "personnel.performance",
            "bidang",
            "Bidang Penilaian Kinerja",
            "personnel",
            (_head("Kepala Bidang Penilaian Kinerja"), _staff("Analis SDM Aparatur", "kepegawaian", 3)),
        ),
        UnitSpec(
            "inspectorate",
            "inspektorat",
            "Inspektorat Daerah",
            "root",
            (_head("Inspektur", "jpt"), _staff("Auditor", "pengawasan", 3, "ahli_muda")),
        ),
        UnitSpec(
            "dukcapil",
            "dinas",
            "Dinas Kependudukan dan Pencatatan Sipil",
            "root",
            (_head("Kepala Dinas", "jpt"),),
            serves_public=True,
        ),
        UnitSpec(
            "dukcapil.register",
            "bidang",
            "Bidang Pelayanan Pendaftaran Penduduk",
            "dukcapil",
            (_head("Kepala Bidang Pendaftaran Penduduk"), _staff("Operator Layanan Operasional", "dukcapil", 5, "")),
            serves_public=True,
            services=("ktp", "kk"),
        ),
        UnitSpec(
            "dukcapil.civil",
            "bidang",
            "Bidang Pelayanan Pencatatan Sipil",
            "dukcapil",
            (_head("Kepala Bidang Pencatatan Sipil"), _staff("Pengadministrasi Perkantoran", "dukcapil", 3, "")),
            serves_public=True,
            services=("akta-lahir",),
        ),
        UnitSpec(
            "licensing",
            "dinas",
            "Dinas Penanaman Modal dan PTSP",
            "root",
            (_head("Kepala Dinas", "jpt"),),
            serves_public=True,
        ),
        UnitSpec(
            "licensing.permits",
            "bidang",
            "Bidang Pelayanan Perizinan",
            "licensing",
            (_head("Kepala Bidang Perizinan"), _staff("Penata Perizinan", "perizinan", 4)),
            serves_public=True,
            services=("izin-usaha",),
        ),
        UnitSpec(
            "finance", "badan", "Badan Pengelolaan Keuangan dan Aset Daerah", "root", (_head("Kepala Badan", "jpt"),)
        ),
        UnitSpec(
            "finance.budget",
            "bidang",
            "Bidang Anggaran",
            "finance",
            (_head("Kepala Bidang Anggaran"), _staff("Analis Keuangan Pusat dan Daerah", "keuangan", 3)),
        ),
    ]


def _health(facts: dict[str, Any]) -> list[UnitSpec]:
    return [
        UnitSpec("health", "dinas", "Dinas Kesehatan", "root", (_head("Kepala Dinas", "jpt"),)),
        UnitSpec(
            "health.public",
            "bidang",
            "Bidang Kesehatan Masyarakat",
            "health",
            (_head("Kepala Bidang Kesehatan Masyarakat"), _staff("Epidemiolog Kesehatan", "kesmas", 3)),
        ),
        *(_health_centre(f"puskesmas{i}", name, 6) for i, name in enumerate(facts["puskesmas"], 1)),
    ]


def _education(facts: dict[str, Any]) -> list[UnitSpec]:
    return [
        UnitSpec("education", "dinas", "Dinas Pendidikan", "root", (_head("Kepala Dinas", "jpt"),)),
        UnitSpec(
            "education.basic",
            "bidang",
            "Bidang Pendidikan Dasar",
            "education",
            (_head("Kepala Bidang Pendidikan Dasar"), _staff("Analis Kebijakan Pendidikan", "pendidikan", 3)),
        ),
        *(_school(f"school{i}", name, 5) for i, name in enumerate(facts["schools"], 1)),
    ]


def _territory(facts: dict[str, Any]) -> list[UnitSpec]:
    return [
        UnitSpec("district", "kecamatan", facts["district"], "root", (_head("Camat"),), serves_public=True),
        UnitSpec(
            "district.service",
            "seksi",
            "Seksi Pelayanan Umum",
            "district",
            (
                _head("Kepala Seksi Pelayanan Umum", "pengawas"),
                _staff("Pengadministrasi Pelayanan", "kewilayahan", 2, ""),
            ),
            serves_public=True,
            services=("surat-keterangan",),
        ),
        *(
            UnitSpec(
                f"village{i}",
                "kelurahan",
                name,
                "district",
                (_head("Lurah", "pengawas"), _staff("Pengadministrasi Kelurahan", "kewilayahan", 2, "")),
                serves_public=True,
                services=("surat-keterangan",),
            )
            for i, name in enumerate(facts["villages"], 1)
        ),
    ]


def _health_centre(key: str, name: str, staff: int) -> UnitSpec:
    nurses = max(staff - 4, 2)
    return UnitSpec(
        key,
        "puskesmas",
        name,
        "health",
        (
            PostSpec("Kepala Puskesmas", "fungsional", "pimpinan", is_head=True, level="ahli_madya"),
            _staff("Dokter", "kesehatan", 1, "ahli_pertama", "dokter"),
            _staff("Perawat", "kesehatan", nurses, "terampil", "perawat"),
            _staff("Bidan", "kesehatan", 1, "terampil", "bidan"),
            _staff("Apoteker", "kesehatan", 1),
            _staff("Pengadministrasi Kesehatan", "umum", 1, ""),
        ),
        serves_public=True,
        services=("rawat-jalan",),
    )


def _school(key: str, name: str, staff: int) -> UnitSpec:
    return UnitSpec(
        key,
        "sekolah",
        name,
        "education.basic",
        (
            PostSpec(
                "Kepala Sekolah", "fungsional", "pimpinan", is_head=True, level="ahli_madya", category="kepala_sekolah"
            ),
            _staff("Guru", "guru", staff, "ahli_pertama", "guru"),
        ),
    )


@dataclass(frozen=True)
class ServiceSpec:
    """A service of the demo: standard time in working minutes, requests per officer and month, norm."""

    code: str
    name: str
    standard_minutes: int
    per_month: int
    norm: int


SERVICES = {
    spec.code: spec
    for spec in (
        ServiceSpec("ktp", "Penerbitan KTP elektronik", 5 * 450, 22, 20),
        ServiceSpec("kk", "Penerbitan kartu keluarga", 3 * 450, 10, 10),
        ServiceSpec("akta-lahir", "Akta kelahiran", 3 * 450, 16, 15),
        ServiceSpec("izin-usaha", "Izin usaha mikro dan kecil", 5 * 450, 9, 8),
        ServiceSpec("rawat-jalan", "Rawat jalan", 90, 30, 28),
        ServiceSpec("surat-keterangan", "Surat keterangan warga", 450, 18, 16),
    )
}
