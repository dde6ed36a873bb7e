"""The people of a run."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.closing.models import FrozenScore
from terang.web.numbers import score
from terang.web.tables import Column, Table, TextFilter


def _total(row: FrozenScore) -> str:
    return "–" if row.total_bp is None else score(row.total_bp)


SCORES = Table(
    name="beku",
    caption=_("Nilai yang dibekukan"),
    columns=[
        Column(
            "who",
            _("Pegawai"),
            lambda row: row.employee.name,
            sort="employee__name",
            head=True,
            link=lambda row: reverse("closing:person", args=[row.closing.period_id, row.employee_id]),
        ),
        Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__path"),
        Column("total", _("Nilai"), _total, sort="total_bp", number=True),
        Column("digest", _("Sidik"), lambda row: row.digest[:12]),
    ],
    filters=[TextFilter("q", _("Cari nama atau unit"), ["employee__name", "unit__name"])],
    empty=(_("Belum ada yang dibekukan"), _("Nilai tampil di sini sesudah pekerja latar membekukannya.")),
)
