"""The table of the dictionary."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.dictionary.wording import family_label, measured, usual_target
from terang.planning.measuring import Aspect
from terang.web.tables import ChoiceFilter, Column, Rows, Table, TextFilter
from terang.web.templatetags.terang import badge

_ALL = "semua"


@dataclass(frozen=True)
class FamilyFilter:
    """Entries of one family of posts; "semua" chooses those that are for every post."""

    name: str
    label: Any
    families: tuple[str, ...]
    kind: str = "choice"

    def options(self) -> list[tuple[str, Any]]:
        return [(code or _ALL, family_label(code)) for code in self.families]

    def narrow(self, rows: Any, value: str) -> Rows:
        return rows.filter(family="" if value == _ALL else value) if value in dict(self.options()) else rows


@dataclass(frozen=True)
class UseFilter:
    """Entries that measure live, or that are no longer used."""

    name: str
    label: Any
    kind: str = "choice"

    def options(self) -> list[tuple[str, Any]]:
        return [("dipakai", _("Dipakai")), ("langsung", _("Dinilai langsung")), ("pensiun", _("Tidak dipakai lagi"))]

    def narrow(self, rows: Any, value: str) -> Rows:
        if value == "pensiun":
            return rows.filter(retired_on__isnull=False)
        if value == "langsung":
            return rows.filter(retired_on=None).exclude(measure="")
        return rows.filter(retired_on=None) if value == "dipakai" else rows


def entries_table(families: list[str]) -> Table:
    """The list of entries, to be narrowed to one of `families`."""
    return Table(
        name="kamus-indikator",
        caption=_("Indikator"),
        columns=[
            Column("indikator", _("Indikator"), lambda e: e.text, sort="text", head=True, link=_url),
            Column("rumpun", _("Rumpun jabatan"), lambda e: family_label(e.family), sort="family"),
            Column("aspek", _("Aspek"), lambda e: e.get_aspect_display(), sort="aspect"),
            Column("target", _("Target lazim"), lambda e: usual_target(e) or "–"),
            Column("ukuran", _("Dinilai langsung"), _measure, raw=_measure_word),
            Column("kode", _("Kode"), _code, sort="code", raw=lambda e: e.code),
        ],
        filters=[
            TextFilter("q", _("Cari"), ["text", "result", "definition", "code"]),
            FamilyFilter("rumpun", _("Rumpun jabatan"), tuple(families)),  # type: ignore[list-item]
            ChoiceFilter("aspek", _("Aspek"), Aspect.choices, "aspect"),
            UseFilter("keadaan", _("Keadaan")),  # type: ignore[list-item]
        ],
        empty=(_("Kamus masih kosong"), _("Pengelola kepegawaian mengisinya; pegawai lalu memakainya di SKP.")),
    )


def _url(entry: DictionaryEntry) -> str:
    return reverse("dictionary:entry", args=[entry.pk])


def _measure_word(entry: DictionaryEntry) -> str:
    known = measured(entry.measure)
    return known.label if known else "–"


def _measure(entry: DictionaryEntry) -> Any:
    return badge(_measure_word(entry), "ok") if entry.measure else "–"


def _code(entry: DictionaryEntry) -> Any:
    return badge(gettext("Tidak dipakai lagi"), "quiet") if entry.retired_on else entry.code
