"""The tables of this room."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from terang.planning.goals.coverage import Finding, Gap
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter


def mend_url(finding: Finding) -> str:
    """Where the gap is mended: the page of the goal, at its indicator where it is about one."""
    url = reverse("goals:goal", args=[finding.goal.pk])
    return f"{url}#indikator-{finding.indicator.pk}" if finding.indicator else url


GAPS = Table(
    name="celah-sasaran",
    caption=_("Yang perlu dilengkapi"),
    columns=[
        Column("what", _("Sasaran atau indikator"), lambda row: row.what, head=True, link=mend_url),
        Column("gap", _("Celah"), lambda row: row.gap.label, sort="code"),
        Column("unit", _("Unit"), lambda row: row.unit_name, sort="unit_name"),
        Column("owner", _("Yang melengkapi"), lambda row: row.owner, sort="owner"),
    ],
    filters=[
        TextFilter("q", _("Cari"), ["what", "unit_name", "owner"]),
        ChoiceFilter("celah", _("Celah"), lambda: [(gap.code, gap.label) for gap in Gap], "code"),
    ],
    empty=(_("Tidak ada celah"), _("Setiap sasaran punya indikator, target, penanggung jawab, nilai, dan pengemban.")),
)


def _signed(row: Any) -> str:
    if row.signed is None:
        return gettext("Belum ditandatangani")
    told = gettext("Ditandatangani %(day)s") % {"day": longdate(row.signed.signed_on)}
    if row.signed.number > 1:
        told += gettext(", perubahan ke-%(n)s") % {"n": row.signed.number - 1}
    return told


AGREEMENTS = Table(
    name="perjanjian-kinerja",
    caption=_("Perjanjian kinerja per unit"),
    columns=[
        Column(
            "unit",
            _("Unit"),
            lambda row: row.unit.name,
            sort="unit__name",
            head=True,
            link=lambda row: reverse("goals:agreement", args=[row.unit.pk, row.year]),
        ),
        Column("state", _("Status"), _signed),
        Column("giver", _("Pihak pertama"), lambda row: row.signed.giver.name if row.signed else ""),
        Column(
            "indicators",
            pgettext_lazy("banyak", "Indikator"),
            lambda row: row.indicators,
            number=True,
            sort="indicators",
        ),
    ],
    filters=[TextFilter("q", _("Cari unit"), ["unit__name"])],
    empty=(_("Belum ada unit dengan sasaran"), _("Perjanjian disusun dari indikator sasaran unit pada tahun itu.")),
)
