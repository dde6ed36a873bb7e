"""The lists of the index, of the boxes, and of what waits."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.career.gathering import Profile
from terang.follow_up.career.values import shown_value
from terang.follow_up.career.wording import (
    DIMENSION_LABELS,
    PERFORMANCE_LABELS,
    POTENTIAL_LABELS,
    band_label,
    plain,
)
from terang.rules.regulations.asn_index import DIMENSIONS
from terang.web.numbers import longdate
from terang.web.tables import Column, Table, TextFilter


def _address(profile: Profile) -> str:
    return reverse("career:person", args=[profile.employee.pk])


def _dimension(name: str) -> Callable[[Profile], str]:
    def cell(profile: Profile) -> str:
        value = profile.index.of(name)
        return gettext("belum") if value is None else plain(value)

    return cell


def _total(profile: Profile) -> str:
    index = profile.index
    if index.total is not None:
        return plain(index.total)
    return gettext("%(least)s sampai %(most)s") % {"least": plain(index.least), "most": plain(index.most)}


def _band(profile: Profile) -> str:
    total = profile.index.total
    if total is not None:
        return band_label(total, profile.today)
    missing = len(profile.index.missing)
    return ngettext("%(n)s bagian belum ada", "%(n)s bagian belum ada", missing) % {"n": missing}


INDEX = Table(
    name="indeks-profesionalitas",
    caption=_("Indeks profesionalitas pegawai"),
    columns=[
        Column("name", _("Pegawai"), lambda row: row.employee.name, sort="employee__name", head=True, link=_address),
        Column("unit", _("Unit"), lambda row: row.unit, sort="unit", wrap=True),
        *(Column(name, _(DIMENSION_LABELS[name]), _dimension(name), number=True) for name in DIMENSIONS),
        Column("total", _("Indeks"), _total, number=True),
        Column("band", _("Kategori"), _band, wrap=True),
    ],
    filters=[TextFilter("q", _("Cari pegawai atau unit"), ["employee__name", "unit", "title"])],
    order="employee__name",
    empty=(_("Belum ada pegawai"), _("Pegawai tampil di sini setelah tercatat di kepegawaian.")),
)


def _box(profile: Profile) -> str:
    box = profile.placing.box
    return gettext("belum") if box is None else str(box)


def _performance(profile: Profile) -> str:
    known = profile.placing.performance
    return gettext(PERFORMANCE_LABELS[known]) if known else gettext("belum ada predikat")


def _potential(profile: Profile) -> str:
    known = profile.placing.potential
    return gettext(POTENTIAL_LABELS[known]) if known else gettext("belum ada asesmen")


BOXES = Table(
    name="kotak-talenta",
    caption=_("Kotak talenta sebagai daftar"),
    columns=[
        Column("name", _("Pegawai"), lambda row: row.employee.name, sort="employee__name", head=True, link=_address),
        Column("title", _("Jabatan"), lambda row: row.title, sort="title", wrap=True),
        Column("unit", _("Unit"), lambda row: row.unit, sort="unit", wrap=True),
        Column("box", _("Kotak"), _box),
        Column("performance", _("Kinerja"), _performance),
        Column("potential", _("Potensi"), _potential),
    ],
    filters=[TextFilter("q", _("Cari pegawai atau unit"), ["employee__name", "unit", "title"])],
    order="employee__name",
    empty=(_("Tidak ada pegawai"), _("Yang Anda nilai, atau seluruh pegawai bagi pengelola, tampil di sini.")),
)

WAITING = Table(
    name="pemeriksaan-data",
    caption=_("Data karier yang menunggu"),
    columns=[
        Column(
            "name",
            _("Pegawai"),
            lambda row: row.employee.name,
            sort="employee__name",
            head=True,
            link=lambda row: row.get_absolute_url(),
        ),
        Column("subject", _("Data"), lambda row: row.get_subject_display(), sort="subject", wrap=True),
        Column("value", _("Isi"), lambda row: shown_value(row.subject, row.value, row.day), wrap=True),
        Column("state", _("Status"), lambda row: row.get_state_display(), sort="state"),
        Column("given", _("Dicatat"), lambda row: longdate(row.given_on), sort="given_on"),
        Column("by", _("Oleh"), lambda row: row.given_by.name),
    ],
    order="given_on",
    empty=(_("Tidak ada yang menunggu"), _("Data yang dicatat rekan dan sanggahan pegawai tampil di sini.")),
    exports=False,
)
