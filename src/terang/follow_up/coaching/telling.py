"""The employee's own part of the forms, by kind of guidance: code, label as on screen. The forms print them in the
columns of Formats B.1.6 and B.1.7."""

from django.utils.translation import gettext_lazy as _

from terang.follow_up.coaching.models import GuidanceKind

PARTS = {
    GuidanceKind.COACHING: (
        ("indicator", _("Indikator kinerja individu")),
        ("baseline", _("Baseline target, bila ada")),
        ("target", _("Target")),
        ("strategy", _("Strategi pencapaian target")),
        ("plan_target", _("Target SKP")),
        ("progress", _("Progres pencapaian target")),
        ("problem", _("Masalah atau hambatan")),
        ("cause", _("Penyebab")),
        ("chance", _("Peluang: apa yang dapat saya lakukan?")),
    ),
    GuidanceKind.MENTORING: (
        ("skill", _("Keahlian atau keterampilan spesifik yang akan dikembangkan")),
        ("time", _("Jangka waktu mentoring")),
        ("change", _("Perubahan yang diharapkan")),
        ("measure", _("Ukuran keberhasilan mentoring")),
    ),
}


def parts_of(kind: str) -> tuple[tuple[str, object], ...]:
    return PARTS[GuidanceKind(kind)]
