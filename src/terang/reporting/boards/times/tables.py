"""The full lists behind the regional head's page: every service, and every unit that citizens judged."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from terang.evidence.citizens.survey_presenting import ikm_text
from terang.reporting.boards.times.changes import KINDS
from terang.reporting.boards.times.lines import SatisfactionLine, ServiceLine
from terang.rules.services import Verdict
from terang.rules.services.change import VERDICT_WORDS
from terang.web.numbers import percent, whole
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge


def _verdict(line: ServiceLine) -> SafeString:
    return badge(_(VERDICT_WORDS[line.verdict]), KINDS[line.verdict])


SERVICES = Table(
    name="waktu-layanan",
    caption=gettext_lazy("Waktu semua layanan"),
    order="timely_bp",
    columns=[
        Column(
            "name", gettext_lazy("Layanan"), lambda line: line.name, sort="name", head=True, link=lambda line: line.url
        ),
        Column("unit", pgettext_lazy("satu", "Unit"), lambda line: line.unit, sort="unit"),
        Column(
            "finished",
            gettext_lazy("Selesai"),
            lambda line: whole(line.finished),
            sort="finished",
            raw=lambda line: line.finished,
            number=True,
        ),
        Column(
            "before",
            gettext_lazy("Sebelumnya"),
            lambda line: line.before_text,
            sort="before",
            raw=lambda line: line.before,
            number=True,
            wrap=True,
        ),
        Column(
            "median",
            gettext_lazy("Sekarang"),
            lambda line: line.median_text,
            sort="median",
            raw=lambda line: line.median,
            number=True,
            wrap=True,
        ),
        Column(
            "standard",
            gettext_lazy("Standar"),
            lambda line: line.standard_text,
            sort="standard",
            raw=lambda line: line.standard,
            number=True,
            wrap=True,
        ),
        Column(
            "timely",
            gettext_lazy("Tepat waktu"),
            lambda line: percent(line.timely_bp),
            sort="timely_bp",
            raw=lambda line: None if line.timely_bp is None else line.timely_bp / 10_000,
            number=True,
        ),
        Column("verdict", gettext_lazy("Perubahan"), _verdict, sort="change_bp"),
    ],
    filters=[
        TextFilter("q", gettext_lazy("Cari"), ["name", "unit"]),
        ChoiceFilter(
            "arah",
            gettext_lazy("Perubahan"),
            lambda: [(v, _(VERDICT_WORDS[v])) for v in Verdict],
            "verdict",
        ),
    ],
    empty=(
        gettext_lazy("Belum ada layanan yang selesai"),
        gettext_lazy("Daftar ini terisi begitu ada permohonan yang selesai dalam tiga bulan terakhir."),
    ),
)


def _changed(line: SatisfactionLine) -> str:
    """The change in points with its sign, as exact as both indexes stand beside it: it is their difference."""
    return f"{'+' if (line.change or 0) > 0 else ''}{ikm_text(line.change)}"


SATISFACTION = Table(
    name="kepuasan",
    caption=gettext_lazy("Kepuasan masyarakat semua unit"),
    order="ikm",
    columns=[
        Column(
            "unit",
            pgettext_lazy("satu", "Unit"),
            lambda line: line.unit,
            sort="unit",
            head=True,
            link=lambda line: line.url,
        ),
        Column(
            "answers",
            gettext_lazy("Jawaban"),
            lambda line: _("belum cukup") if line.answers is None else whole(line.answers),
            sort="answers",
            raw=lambda line: line.answers,
            number=True,
        ),
        Column(
            "before",
            gettext_lazy("Sebelumnya"),
            lambda line: line.before_text,
            sort="before",
            raw=lambda line: None if line.before is None else line.before / 100,
            number=True,
        ),
        Column(
            "ikm",
            gettext_lazy("IKM sekarang"),
            lambda line: line.ikm_text,
            sort="ikm",
            raw=lambda line: None if line.ikm is None else line.ikm / 100,
            number=True,
        ),
        Column("grade", gettext_lazy("Mutu"), lambda line: line.grade or "–", sort="grade"),
        Column("change", gettext_lazy("Perubahan"), _changed, sort="change", number=True),
    ],
    filters=[TextFilter("q", gettext_lazy("Cari"), ["unit"])],
    empty=(
        gettext_lazy("Belum ada jawaban warga"),
        gettext_lazy("Daftar ini terisi begitu warga menilai layanan dalam tiga bulan terakhir."),
    ),
)
