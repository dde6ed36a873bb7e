"""Words of the analysis: what is missing and why, what a figure means, and families of posts."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terang.evaluation import wording as scores
from terang.registry.people.models import PostKind
from terang.reporting.analysis.asked import ASPECT, MEASURE, How

THIN, UNUSED = "thin", "unused"
CATEGORY = "rumpun:"


def reason(code: str) -> str:
    """Why somebody has no value."""
    if code == THIN:
        return _("bukti terlalu tipis")
    if code == UNUSED:
        return _("tidak dinilai dengan ini")
    return scores.reason(code)


def family(kind: str, category: str) -> tuple[str, str]:
    """Code and label of a family of posts: its category where it has one, else the kind of post."""
    if category:
        return f"{CATEGORY}{category}", category[:1].upper() + category[1:].replace("_", " ")
    if kind:
        return kind, str(PostKind(kind).label)
    return "", _("Tanpa jabatan pada hari terakhir periode")


def method(how: str, subject: str, label: str) -> str:
    """How the figures are made, in plain words."""
    words = {
        How.COMPARE: _(
            "%(what)s tiap orang, lalu nilai tengah tiap kelompok: separuh orang di bawahnya, separuh di atasnya. "
            "Kuartil membatasi seperempat terbawah dan seperempat teratas."
        ),
        How.TREND: _("Nilai tengah %(what)s tiap periode, dari semua orang yang punya nilai pada periode itu."),
        How.SPREAD: _("Banyaknya orang menurut %(what)s, dalam sepuluh kelas masing-masing sepuluh poin."),
        How.COHORT: _(
            "%(what)s orang yang mengalaminya di samping yang lain; perubahan dihitung pada orang yang sama, dari "
            "periode awal ke periode akhir, lalu diambil nilai tengahnya."
        ),
    }[How(how)]
    told = words % {"what": f"“{label}”"}
    if subject.startswith(MEASURE) and (formula := scores.formula(subject.removeprefix(MEASURE))):
        told += " " + _("Ukurannya: %(formula)s") % {"formula": formula}
    if subject.startswith(ASPECT):
        told += " " + _("Bagian: rata-rata ukurannya menurut bobot, hanya yang punya bukti.")
    return told


def people(count: int) -> str:
    return ngettext("%(count)s orang", "%(count)s orang", count) % {"count": count}
