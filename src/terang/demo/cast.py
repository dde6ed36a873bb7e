"""Whom the page "Masuk sebagai …" offers: the named people of each government, by what they can show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terang.demo.blueprint import CODES, IN_SHIFTS, government
from terang.registry.people.models import Assignment
from terang.registry.people.viewer import in_force


@dataclass(frozen=True)
class CastEntry:
    """Somebody to sign in as, with one line on what to try. `slot` is the place in the government's file."""

    slot: str
    agency_code: str
    agency_name: str
    employee_id: int
    name: str
    post: str
    unit: str
    role_label: str
    hint: str


_PARTS = (
    ("root/head", _("Kepala daerah"), _("Lihat seluruh daerah di satu halaman, lalu buka angka sampai ke catatannya.")),
    ("personnel/head", _("Kepala BKD"), _("Lihat data yang tidak cocok dan siapa yang harus membereskannya.")),
    ("personnel.performance/", _("Pengelola kepegawaian"), _("Impor pegawai, periksa kebijakan, terbitkan kode.")),
    ("inspectorate/", _("Tim pengawas"), _("Lihat inspeksi, temuannya, dan tanggapan pegawai.")),
    (
        "secretariat/",
        _("Koordinator pengaduan"),
        _("Periksa laporan warga, teruskan ke unitnya, dan lihat kapan warga menyatakannya selesai."),
    ),
    ("puskesmas", _("Tenaga kesehatan"), _("Catat kegiatan hari ini dan buka nilai Anda sampai ke buktinya.")),
    ("school", _("Guru"), _("Catat kegiatan hari ini dan lihat dari mana nilainya datang.")),
)
_HEAD = (_("Atasan langsung"), _("Terima atau kembalikan kegiatan tim, dan lihat siapa yang tersendat."))
_SCHOOL_HEAD = (_("Kepala sekolah"), _HEAD[1])
_HEALTH_HEAD = (_("Kepala puskesmas"), _HEAD[1])
_DISTRICT_HEAD = (
    _("Atasan penilai"),
    _("Lihat kegiatan yang lama tidak dijawab penilainya, ingatkan, atau putuskan sendiri."),
)
_SHIFTS_HEAD = (
    _("Kepala puskesmas"),
    _("Susun jadwal sif bulan depan, termasuk sif malam, lalu lihat hari yang terbentuk."),
)
_SECRETARY = (
    _("Kepala unit yang ditanya"),
    _("Jawab pertanyaan tim pengawas tentang pengaduan yang dibuka kembali, dan lihat catatan mana yang mereka buka."),
)
_STAFF = (_("Pegawai"), _("Catat kegiatan, lampirkan bukti, dan lihat nilai bergerak."))


def cast_entries(today: date | None = None) -> list[CastEntry]:
    """The cast of every government that is filled, in the order of their story. One query."""
    wanted = {
        (facts["code"], name): (order, slot)
        for facts in _facts()
        for order, (slot, name) in enumerate(facts["cast"].items())
    }
    found = Assignment.objects.filter(
        in_force(today or timezone.localdate()),
        employee__agency__code__in={code for code, _name in wanted},
        employee__name__in={name for _code, name in wanted},
        employee__user__is_active=True,
    ).select_related("employee__agency", "post__unit")
    picked = {}
    for assignment in found:
        employee = assignment.employee
        place = wanted.get((employee.agency.code, employee.name))
        if place and assignment.post.unit.code == place[1].partition("/")[0].upper():
            picked[employee.pk] = (employee.agency.code, place[0], _entry(assignment, place[1]))
    codes = [facts["code"] for facts in _facts()]
    ordered = sorted(picked.values(), key=lambda row: (codes.index(row[0]), row[1]))
    return [entry for _code, _order, entry in ordered]


def _facts() -> list[dict[str, Any]]:
    return [government(code) for code in CODES]


def _entry(assignment: Assignment, slot: str) -> CastEntry:
    label, hint = _part(slot)
    employee, post = assignment.employee, assignment.post
    return CastEntry(
        slot=slot,
        agency_code=employee.agency.code,
        agency_name=employee.agency.name,
        employee_id=employee.pk,
        name=employee.name,
        post=post.title,
        unit=post.unit.name,
        role_label=str(label),
        hint=str(hint),
    )


def _part(slot: str) -> tuple[Any, Any]:
    """What somebody in this place of the government stands for."""
    if slot == "secretariat/head":
        return _SECRETARY
    if slot == "district/head":
        return _DISTRICT_HEAD
    if slot == f"{IN_SHIFTS}/head":
        return _SHIFTS_HEAD
    if slot.startswith("school") and slot.endswith("/head"):
        return _SCHOOL_HEAD
    if slot.startswith("puskesmas") and slot.endswith("/head"):
        return _HEALTH_HEAD
    for start, label, hint in _PARTS:
        if slot.startswith(start):
            return label, hint
    return _HEAD if slot.endswith("/head") else _STAFF
