"""The lists of the allowance; that of a month is the payment file of its units."""

from dataclasses import replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.allowance.models import Slip, TriedPay
from terang.follow_up.allowance.selectors import Tally
from terang.web.numbers import grouped, rupiah
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge


def standing(row: Slip) -> SafeString:
    if row.postponed_by_id:
        return badge(gettext("ditunda"), "attention")
    if row.problem:
        return badge(gettext("belum lengkap"), "wrong")
    return badge(gettext("lengkap"), "ok")


SLIPS = Table(
    name="tunjangan",
    caption=_("Slip bulan ini"),
    columns=[
        Column("nip", "NIP", lambda row: row.employee.nip),
        Column("name", _("Pegawai"), lambda row: row.employee.name, head=True, link=lambda row: row.get_absolute_url()),
        Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__name"),
        Column(
            "gross",
            _("Bruto"),
            lambda row: rupiah(row.gross_idr),
            sort="gross_idr",
            raw=lambda row: row.gross_idr,
            number=True,
        ),
        Column(
            "net",
            _("Bersih"),
            lambda row: rupiah(row.net_idr),
            sort="net_idr",
            raw=lambda row: row.net_idr,
            number=True,
        ),
        Column("state", _("Status"), standing),
    ],
    filters=[
        TextFilter("q", _("Cari nama atau unit"), ["employee__name", "unit__name"]),
    ],
    empty=(_("Belum ada slip"), _("Slip tampil di sini begitu selesai dihitung.")),
)

DRAFT = replace(SLIPS, caption=_("Draf slip bulan ini"), exports=False)
"""The same before the month is approved: to be read, not to be paid by."""


def _money(name: str, label: Any, field: str, *, sort: bool = True) -> Column:
    return Column(
        name,
        label,
        lambda row: rupiah(getattr(row, field)),
        sort=field if sort else "",
        raw=lambda row: getattr(row, field),
        number=True,
    )


def _count(name: str, label: Any, field: str) -> Column:
    return Column(
        name,
        label,
        lambda row: grouped(getattr(row, field)),
        sort=field,
        raw=lambda row: getattr(row, field),
        number=True,
    )


def _placed(unit: str, row: Tally | TriedPay) -> str:
    """The unit, marked where it lies in a zone without signal."""
    return gettext("%(unit)s (wilayah tanpa sinyal)") % {"unit": unit} if row.is_remote else unit


UNITS_TRIED = Table(
    name="simulasi-unit",
    caption=_("Unit"),
    columns=[
        Column("unit", _("Unit"), lambda row: _placed(row.unit, row), sort="unit", head=True),
        _count("people", _("Orang"), "people"),
        _money("before", _("Sebelum"), "before_idr"),
        _money("after", _("Sesudah"), "after_idr"),
        _money("change", _("Selisih"), "change_idr"),
        _count("more", _("Naik"), "more"),
        _count("less", _("Turun"), "less"),
    ],
    order="change_idr",
    empty=(_("Tidak ada slip"), _("Pilih bulan yang sudah disetujui.")),
)

PEOPLE_TRIED = Table(
    name="simulasi-pegawai",
    caption=_("Pegawai"),
    columns=[
        Column("nip", "NIP", lambda row: row.employee.nip),
        Column("name", _("Pegawai"), lambda row: row.employee.name, sort="employee__name", head=True),
        Column("unit", _("Unit"), lambda row: _placed(row.unit.name, row), sort="unit__name", wrap=True),
        _money("before", _("Sebelum"), "before_idr"),
        _money("after", _("Sesudah"), "after_idr"),
        _money("change", _("Selisih"), "change_idr"),
        Column("problem", _("Yang tidak dapat dihitung"), lambda row: row.problem, wrap=True),
    ],
    filters=[
        TextFilter("q", _("Cari nama atau unit"), ["employee__name", "unit__name"]),
        ChoiceFilter("w", _("Wilayah"), [("True", _("tanpa sinyal"))], "is_remote"),
    ],
    order="change_idr",
    empty=(_("Tidak ada yang cocok"), _("Ubah saringannya.")),
)
