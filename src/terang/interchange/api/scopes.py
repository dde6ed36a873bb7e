"""What a token may be lent for. A scope never widens what its lender may see; it only narrows it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Scope:
    """`label` is what it is about, `means` what a program can do with it, both in plain words."""

    code: str
    label: str | Promise
    means: str | Promise


PROFILE, ORGANISATION, SCORES = "profil", "organisasi", "nilai"
READ_ENTRIES, WRITE_ENTRIES, MEASURES, SERVICES = "kegiatan:baca", "kegiatan:tulis", "ukuran", "layanan"

SCOPES = (
    Scope(PROFILE, _("Profil"), _("Membaca siapa Anda: nama, jabatan, unit, dan peran.")),
    Scope(ORGANISATION, _("Organisasi"), _("Membaca unit dan pegawai yang boleh Anda buka.")),
    Scope(SCORES, _("Nilai"), _("Membaca nilai beserta penjelasannya, milik Anda dan orang yang boleh Anda lihat.")),
    Scope(READ_ENTRIES, _("Baca kegiatan"), _("Membaca kegiatan Anda dan tim Anda.")),
    Scope(WRITE_ENTRIES, _("Tulis kegiatan"), _("Mencatat, memperbaiki, dan menarik kegiatan atas nama Anda.")),
    Scope(MEASURES, _("Ukuran"), _("Membaca indikator pemerintah daerah dan capaiannya.")),
    Scope(SERVICES, _("Layanan"), _("Membaca permohonan layanan di meja Anda, tanpa data pemohon.")),
)
BY_CODE = {scope.code: scope for scope in SCOPES}


def scopes_of(codes: list[str]) -> list[Scope]:
    """In the order in which they are shown; a code that is no longer known is left out."""
    return [scope for scope in SCOPES if scope.code in codes]
