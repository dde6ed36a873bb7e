"""The list of what differs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from terang.interchange.models import Difference, DifferenceKind, Owner
from terang.interchange.national.wording import value_here, value_there, who
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Rows, Table, TextFilter


@dataclass(frozen=True)
class BelowFilter(ChoiceFilter):
    """Rows of a unit and everything below it, by its path."""

    def narrow(self, rows: Rows, value: str) -> Rows:
        known = value in dict(self.options())
        return rows.filter(**{f"{self.field}__startswith": value}) if known else rows  # type: ignore[union-attr]


def differences_table(units: list[tuple[str, str]]) -> Table:
    """The declaration over the units that are in it."""
    return Table(
        name="perbedaan-nasional",
        caption=_("Perbedaan dengan e-Kinerja"),
        columns=[
            Column("name", _("Pegawai"), lambda row: row.name, sort="name", head=True, link=_link),
            Column("kind", _("Yang berbeda"), lambda row: row.get_kind_display(), sort="kind", wrap=True),
            Column("here", _("Di Terang"), _here, raw=value_here, wrap=True),
            Column("there", _("Di e-Kinerja"), _there, raw=value_there, wrap=True),
            Column("who", _("Siapa bertindak"), who, sort="owner", wrap=True),
            Column("unit", _("Unit"), lambda row: row.unit.name if row.unit else "–", sort="unit__name", wrap=True),
        ],
        filters=[
            TextFilter("q", _("Cari nama atau NIP"), ["name", "nip"]),
            ChoiceFilter("jenis", _("Yang berbeda"), DifferenceKind.choices, "kind"),
            BelowFilter("unit", _("Unit"), units, "unit__path"),
            ChoiceFilter("siapa", _("Siapa bertindak"), Owner.choices, "owner"),
        ],
        order="name",
        empty=(_("Tidak ada perbedaan"), _("Yang dilihat di sini sama pada kedua sistem.")),
    )


def _link(row: Difference) -> str:
    return row.get_absolute_url()


def _here(row: Difference) -> str:
    return f"{value_here(row)}, {longdate(row.here_on)}" if row.here_on else value_here(row)


def _there(row: Difference) -> str:
    return f"{value_there(row)}, {longdate(row.there_on)}"
