"""A difference in plain words: what either side says, why it stands here, what to do, and where."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evaluation.appraisals.models import Predicate
from terang.interchange.models import Difference, DifferenceKind, Owner
from terang.registry.people.access import may_keep
from terang.registry.people.viewer import Viewer

_PLANS = (DifferenceKind.PLAN_MISSING_THERE, DifferenceKind.PLAN_MISSING_HERE, DifferenceKind.PLAN_STATE)
_PREDICATES = (
    DifferenceKind.PREDICATE,
    DifferenceKind.EVALUATION_MISSING_THERE,
    DifferenceKind.EVALUATION_MISSING_HERE,
)


def value_here(row: Difference) -> str:
    """Terang's value in words."""
    if row.kind == DifferenceKind.UNKNOWN_HERE:
        return _("tidak dikenal")
    if row.kind == DifferenceKind.LEFT_HERE:
        return _("sudah keluar")
    return _value(row, row.here)


def value_there(row: Difference) -> str:
    """The national system's value in words; a word of its own beside ours where they differ."""
    if row.kind == DifferenceKind.UNKNOWN_THERE:
        return _("tidak tercantum")
    text = _value(row, row.there)
    return f"{text} (“{row.there_word}”)" if row.there and row.kind in _PLANS and row.there_word else text


def _value(row: Difference, value: str) -> str:
    if row.kind in _PLANS:
        words = {
            "draft": _("masih disusun"),
            "submitted": _("menunggu atasan"),
            "agreed": _("disepakati"),
            "unknown": _("ada"),
        }
        return words.get(value, _("belum ada"))
    if row.kind in _PREDICATES:
        return str(Predicate(value).label) if value else _("belum dinilai")
    return value or _("belum ada")


def why(row: Difference) -> str:
    """Why this is a difference, in a sentence."""
    return {
        DifferenceKind.PLAN_MISSING_THERE: _("Ada SKP di Terang, tetapi tidak ada di laporan e-Kinerja."),
        DifferenceKind.PLAN_MISSING_HERE: _("Ada SKP di laporan e-Kinerja, tetapi tidak ada di Terang."),
        DifferenceKind.PLAN_STATE: _("SKP yang sama sampai pada tahap yang berbeda."),
        DifferenceKind.SUPERIOR: _("Atasan yang menilai bukan orang yang sama."),
        DifferenceKind.POST: _("Nama jabatannya tidak sama."),
        DifferenceKind.UNIT: _("Nama unitnya tidak sama."),
        DifferenceKind.PREDICATE: _("Predikat yang diserahkan di Terang bukan yang tercatat di e-Kinerja."),
        DifferenceKind.EVALUATION_MISSING_THERE: _("Hasil sudah diserahkan di Terang, tetapi di e-Kinerja belum ada."),
        DifferenceKind.EVALUATION_MISSING_HERE: _(
            "Predikat sudah ada di e-Kinerja, tetapi di Terang belum diserahkan."
        ),
        DifferenceKind.UNKNOWN_HERE: _("NIP ini ada di laporan, tetapi tidak ada dalam daftar pegawai Terang."),
        DifferenceKind.UNKNOWN_THERE: _("Pegawai ini bekerja di sini, tetapi tidak tercantum dalam laporan."),
        DifferenceKind.LEFT_HERE: _("Di Terang orang ini sudah keluar, tetapi masih tercantum dalam laporan."),
    }[DifferenceKind(row.kind)]


def what_to_do(row: Difference) -> str:
    """What the one who must act does about it."""
    return {
        DifferenceKind.PLAN_MISSING_THERE: _("Isi SKP yang sama di e-Kinerja lalu ajukan."),
        DifferenceKind.PLAN_MISSING_HERE: _("Susun SKP yang sama di Terang lalu ajukan."),
        DifferenceKind.PLAN_STATE: _("Lanjutkan SKP pada sistem yang tertinggal: ajukan, atau jawab sebagai atasan."),
        DifferenceKind.SUPERIOR: _("Periksa atasan di SIASN dan di Terang; perbaiki yang keliru."),
        DifferenceKind.POST: _("Periksa jabatan di SIASN dan di Terang; perbaiki yang keliru."),
        DifferenceKind.UNIT: _("Periksa unit di SIASN dan di Terang; perbaiki yang keliru."),
        DifferenceKind.PREDICATE: _("Samakan predikat dengan hasil yang ditetapkan, pada sistem yang keliru."),
        DifferenceKind.EVALUATION_MISSING_THERE: _("Catat hasil yang sudah diserahkan di e-Kinerja."),
        DifferenceKind.EVALUATION_MISSING_HERE: _("Nilai dan serahkan hasilnya di Terang."),
        DifferenceKind.UNKNOWN_HERE: _("Tambahkan lewat impor pegawai, atau jelaskan mengapa bukan pegawai sini."),
        DifferenceKind.UNKNOWN_THERE: _("Periksa data pegawai di SIASN, atau jelaskan mengapa tidak tercantum."),
        DifferenceKind.LEFT_HERE: _("Periksa data pegawai di SIASN: pensiun, pindah, atau berhenti."),
    }[DifferenceKind(row.kind)]


def who(row: Difference) -> str:
    """Who must act, by name where it is a person."""
    if row.responsible is not None:
        return row.responsible.name
    return str(Owner(row.owner).label)


@dataclass(frozen=True)
class Place:
    """Where something can be done."""

    label: str
    url: str


def place_of(row: Difference, viewer: Viewer) -> Place | None:
    """Where the viewer acts on it here; None where it is not here that something is to be done, or by others."""
    own = row.employee_id == viewer.employee.pk
    mine = row.responsible_id == viewer.employee.pk
    if row.kind == DifferenceKind.UNKNOWN_HERE:
        return Place(_("Impor pegawai"), reverse("interchange:people")) if may_keep(viewer) else None
    if row.kind in _PLANS and own:
        return Place(_("SKP saya"), reverse("plans:own"))
    if row.kind in _PLANS and mine:
        return Place(_("SKP tim"), reverse("plans:team"))
    if row.kind in _PREDICATES and (own or mine):
        return Place(_("Evaluasi"), reverse("appraisals:mine"))
    return Place(_("Data pegawai"), reverse("people:person", args=[row.employee_id])) if row.employee_id else None
