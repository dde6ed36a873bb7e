"""The list of functional officials. Each row carries its `account`, missing where the status earns none."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from terang.evaluation.credit.wording import state
from terang.web.numbers import points
from terang.web.tables import Column, Table, TextFilter
from terang.web.templatetags.terang import badge


def _level(row: Any) -> str:
    return row.account.level_label or row.account.unknown_level or "–" if row.account else "–"


def _total(row: Any) -> str:
    return points(row.account.total) if row.account and row.account.lines else "–"


def _laid_down(row: Any) -> str:
    latest = row.account.latest if row.account else None
    return points(latest.total) if latest else "–"


def _state(row: Any) -> SafeString:
    return badge(*state(row.account))


OFFICIALS = Table(
    name="fungsional",
    caption=_("Pejabat fungsional"),
    columns=[
        Column(
            "name", _("Nama"), str, sort="name", head=True, link=lambda row: reverse("credit:person", args=[row.pk])
        ),
        Column("level", _("Jenjang"), _level),
        Column("rank", _("Golongan"), lambda row: row.rank or "–", sort="rank"),
        Column("total", _("Angka kredit"), _total, number=True),
        Column("laid_down", _("Ditetapkan"), _laid_down, number=True),
        Column("state", _("Status"), _state),
    ],
    filters=[TextFilter("q", _("Cari nama atau NIP"), ["name", "nip"])],
    exports=False,
    empty=(
        _("Tidak ada pejabat fungsional"),
        _("Pegawai pada jabatan fungsional yang kinerjanya dapat Anda lihat tampil di sini."),
    ),
)
