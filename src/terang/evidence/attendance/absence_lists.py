"""How people near or on a step of the ladder are listed."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.attendance.absence import Absence, step_text
from terang.web.numbers import longdate, whole
from terang.web.tables import Column, Table, TextFilter


def _step(row: Absence) -> str:
    return step_text(row.standing.step) if row.standing.step else gettext("belum mencapai jenjang pertama")


def _ahead(row: Absence) -> str:
    days = row.standing.days_to_next
    return "–" if days is None else ngettext("%(n)s hari lagi", "%(n)s hari lagi", days) % {"n": days}


def _month(row: Absence) -> str:
    return f"{reverse('attendance:month')}?pegawai={row.employee.pk}&bulan={row.last:%Y-%m}"


ABSENCES = Table(
    name="tidak-masuk",
    caption=_("Tidak masuk tanpa keterangan tahun ini"),
    order="-cumulative",
    columns=[
        Column("name", _("Nama"), lambda row: row.name, sort="name", head=True, link=_month),
        Column("unit", _("Unit"), lambda row: row.unit_name),
        Column(
            "days",
            _("Hari"),
            lambda row: whole(row.cumulative),
            sort="cumulative",
            raw=lambda r: r.cumulative,
            number=True,
        ),
        Column("run", _("Berturut-turut"), lambda row: whole(row.standing.consecutive), number=True),
        Column("step", _("Jenjang PP 94/2021"), _step),
        Column("ahead", _("Jenjang berikutnya"), _ahead),
        Column("last", _("Terakhir"), lambda row: longdate(row.last), sort="last", raw=lambda row: row.last),
    ],
    filters=[TextFilter("q", _("Cari nama"), ["name"])],
    empty=(
        _("Tidak ada yang mendekati jenjang"),
        _("Di sini muncul pegawai yang sudah dua hari atau lebih tidak masuk tanpa keterangan pada tahun ini."),
    ),
)
