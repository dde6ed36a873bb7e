"""What the lens says, in plain words. It asks people to look, and accuses nobody."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.registry.people.models import EmploymentStatus, PostKind
from terang.rules.fairness.raters import Pattern, RaterFinding
from terang.web import numbers

DIMENSIONS = {
    "sex": _("Jenis kelamin"),
    "age": _("Usia"),
    "place": _("Tempat tugas"),
    "status": _("Status kepegawaian"),
    "post": _("Jenis jabatan"),
}
GROUPS = {
    "man": _("Laki-laki"),
    "woman": _("Perempuan"),
    "young": _("Di bawah 35 tahun"),
    "middle": _("35–49 tahun"),
    "old": _("50 tahun ke atas"),
    "remote": _("Wilayah tanpa sinyal"),
    "town": _("Wilayah bersinyal"),
    **{each.value: each.label for each in (*EmploymentStatus, *PostKind)},
}


@dataclass(frozen=True)
class Words:
    """What was seen, what may be behind it without anybody's fault, and what helps."""

    seen: str | Promise
    innocent: str | Promise
    helps: str | Promise


SEVERE = Words(
    _("Rating lebih rendah daripada penilai lain untuk bukti yang serupa."),
    _("Ada hal yang diketahui penilai dan belum tercatat sebagai bukti."),
    _("Bandingkan satu atau dua orang dengan rekan penilai, dan catat hal yang belum tercatat."),
)
LENIENT = Words(
    _("Rating lebih tinggi daripada penilai lain untuk bukti yang serupa."),
    _("Tim ini mengerjakan hal berat yang belum tercatat sebagai bukti."),
    _("Bandingkan satu atau dua orang dengan rekan penilai, dan catat hal yang belum tercatat."),
)
PATTERNS = {
    Pattern.HALO: Words(
        _("Hasil kerja dan perilaku lebih sering diberi rating yang sama daripada yang tampak pada bukti."),
        _("Pada tim kecil keduanya memang dapat berjalan seiring."),
        _("Nilai perilaku semua orang dahulu, lalu hasil kerja semua orang, bukan orang per orang."),
    ),
    Pattern.SAME: Words(
        _("Semua hasil kerja seorang pegawai lebih sering diberi rating yang sama daripada oleh penilai lain."),
        _("Hasil kerja satu orang memang dapat setara, terutama bila jumlahnya sedikit."),
        _("Nilai satu hasil kerja untuk semua orang dahulu, baru hasil kerja berikutnya."),
    ),
    Pattern.CENTRAL: Words(
        _("Rating tengah lebih sering diberikan daripada yang tampak pada bukti."),
        _("Pekerjaan di unit ini memang seragam."),
        _("Mulailah dari orang dengan bukti terkuat dan terlemah, lalu isi yang di antaranya."),
    ),
    Pattern.RECENCY: Words(
        _("Rating mengikuti minggu-minggu terakhir lebih daripada seluruh periode."),
        _("Kemajuan pada akhir periode memang yang diharapkan."),
        _("Baca umpan balik dan bukti dari awal periode sebelum menilai."),
    ),
    Pattern.DRIFT: Words(
        _("Rating lebih sering berbeda dari usulan bukti daripada pada penilai lain."),
        _("Bukti di unit ini kurang menggambarkan pekerjaannya."),
        _("Periksa apakah ukuran yang dipakai cocok untuk jabatan ini; bila tidak, sampaikan kepada pengelola."),
    ),
}


def words_of(finding: RaterFinding) -> Words:
    if finding.pattern is Pattern.SEVERITY:
        return SEVERE if finding.effect < 0 else LENIENT
    return PATTERNS[finding.pattern]


def hundredths(value: float) -> int:
    """A figure of the lens in hundredths, rounded half up."""
    return int((value * 100 + 0.5) // 1)


def levels(value: int | None) -> str:
    """Hundredths of a level with their sign: −0,25."""
    if value is None:
        return numbers.missing()
    told = numbers.decimal(value, 100, 2)
    return f"+{told}" if value > 0 else told


def between(low: float, high: float) -> str:
    return gettext("%(low)s sampai %(high)s") % {"low": levels(hundredths(low)), "high": levels(hundredths(high))}
