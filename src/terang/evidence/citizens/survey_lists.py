"""How survey periods are listed."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.models import SurveyPeriod
from terang.evidence.citizens.models.survey_periods import SurveyKind
from terang.evidence.citizens.survey_presenting import KINDS, ikm_text, letter_words, period_name
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge


def _state(row: SurveyPeriod) -> str:
    grade = row.last_grade  # type: ignore[attr-defined]
    return badge(letter_words(grade), KINDS[grade]) if grade else badge(gettext("belum diumumkan"), "quiet")


PERIODS = Table(
    name="periode-survei",
    caption=_("Periode survei"),
    order="-starts_on",
    columns=[
        Column(
            "period",
            _("Periode"),
            lambda row: period_name(row.kind, row.starts_on),
            sort="starts_on",
            head=True,
            link=lambda row: row.get_absolute_url(),
        ),
        Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__name"),
        Column("last", _("Sampai"), lambda row: longdate(row.last_day), sort="ends_on", raw=lambda row: row.last_day),
        Column("ikm", "IKM", lambda row: ikm_text(row.last_ikm) if row.last_ikm else "–", sort="last_ikm", number=True),
        Column(
            "state",
            _("Mutu"),
            _state,
            link=lambda row: reverse("citizens:survey_result", args=[row.last_result]) if row.last_result else "",
        ),
    ],
    filters=[
        TextFilter("q", _("Cari unit"), ["unit__name"]),
        ChoiceFilter("jenis", _("Periode"), SurveyKind.choices, "kind"),
    ],
    empty=(_("Belum ada periode survei"), _("Pengelola layanan membukanya per triwulan, semester, atau tahun.")),
)
