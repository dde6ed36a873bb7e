"""The two long tables of a replay, on screen and as downloads: units, and for the personnel agency the people."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.engine.replay import Movement
from terang.evaluation.replay.picture import Line, rupiah_change
from terang.evaluation.replay.selectors import NamedMove
from terang.evaluation.wording import rating
from terang.web.numbers import score, shows_change, whole
from terang.web.tables import Column, Table, TextFilter

MOVEMENT_WORDS: dict[Movement, Any] = {
    "up": _("Naik kelas"),
    "down": _("Turun kelas"),
    "fell": _("Jatuh di bawah standar"),
    "rose": _("Naik ke standar"),
    "appeared": _("Mendapat kelas"),
    "vanished": _("Kehilangan kelas"),
}


def change(value_bp: int | None) -> str:
    """A change of a score with its sign; "0,0" where it rounds to nothing."""
    if value_bp is None:
        return "–"
    return f"+{score(value_bp)}" if value_bp > 0 and shows_change(value_bp) else score(value_bp)


def _hundredths(value_bp: int | None) -> str:
    return "" if value_bp is None else f"{value_bp / 100:.2f}"


def units_shown(money: bool) -> Table:
    """Units on screen: what stands before and after share a cell. `money` adds what the assumption comes to."""
    columns = [
        Column("unit", _("Unit"), lambda row: row.label, sort="label", head=True),
        _count("people", _("Orang")),
        Column("moved", _("Berpindah kelas"), lambda row: row.where_to or "–", sort="tally__moved"),
        Column(
            "below",
            _("Di bawah standar"),
            lambda row: f"{whole(row.tally.below_before)} → {whole(row.tally.below_after)}",
            sort="tally__below_after",
            number=True,
        ),
        Column(
            "mean",
            _("Rata-rata"),
            lambda row: f"{score(row.tally.mean_before_bp)} → {score(row.tally.mean_after_bp)}",
            sort="tally__mean_after_bp",
            number=True,
        ),
    ]
    paid = Column("paid", _("Selisih uang"), lambda row: row.paid_change, sort="tally__paid_change", number=True)
    return _units([*columns, *([paid] if money else [])])


def units_taken(money: bool) -> Table:
    """Units as a download: every count and mean in a column of its own."""
    columns = [
        Column("unit", _("Unit"), lambda row: row.label, sort="label", head=True),
        _count("people", _("Orang")),
        _count("up", _("Naik kelas")),
        _count("down", _("Turun kelas")),
        _count("appeared", _("Mendapat kelas")),
        _count("vanished", _("Kehilangan kelas")),
        _count("below_before", _("Di bawah standar, berlaku")),
        _count("below_after", _("Di bawah standar, dicoba")),
        _mean("mean_before_bp", _("Rata-rata, berlaku")),
        _mean("mean_after_bp", _("Rata-rata, dicoba")),
    ]
    paid = [
        _count("paid_before", _("Uang, berlaku")),
        _count("paid_after", _("Uang, dicoba")),
        _count("paid_change", _("Selisih uang")),
    ]
    return _units([*columns, *(paid if money else [])])


def _units(columns: list[Column]) -> Table:
    return Table(
        name="putar-ulang-unit",
        caption=_("Unit"),
        columns=columns,
        filters=[TextFilter("cari", _("Cari unit"), ["label"])],
        empty=(_("Tidak ada orang pada waktu itu"), _("Pilih waktu lain.")),
    )


def _count(name: str, label: Any) -> Column:
    def value(row: Line) -> int:
        return int(getattr(row.tally, name))

    return Column(name, label, lambda row: whole(value(row)), sort=f"tally__{name}", raw=value, number=True)


def _mean(name: str, label: Any) -> Column:
    def value(row: Line) -> int | None:
        found: int | None = getattr(row.tally, name)
        return found

    return Column(
        name,
        label,
        lambda row: score(value(row)),
        sort=f"tally__{name}",
        raw=lambda row: _hundredths(value(row)),
        number=True,
    )


def people_shown(money: bool) -> Table:
    """People on screen with both results, the largest change first."""
    columns = [
        Column("name", _("Nama"), lambda row: row.name, sort="name", head=True, link=_person),
        Column("unit", _("Unit"), lambda row: row.unit, sort="unit"),
        Column("total", _("Nilai"), lambda row: _pair(row.move.total_before, row.move.total_after), number=True),
        Column("change", _("Selisih"), lambda row: change(row.change_bp), sort="change_bp", number=True),
        Column("class", _("Saran hasil kerja"), _classes),
    ]
    return _people([*columns, *([_paid()] if money else [])])


def people_taken(money: bool) -> Table:
    """People as a download: every result in a column of its own; scores of 100."""
    columns = [
        Column("name", _("Nama"), lambda row: row.name, sort="name", head=True),
        Column("nip", "NIP", lambda row: row.nip),
        Column("unit", _("Unit"), lambda row: row.unit, sort="unit"),
        Column("before", _("Nilai, berlaku"), lambda row: _hundredths(row.move.total_before)),
        Column("after", _("Nilai, dicoba"), lambda row: _hundredths(row.move.total_after)),
        Column("change", _("Selisih"), lambda row: _hundredths(row.change_bp), sort="change_bp"),
        Column("work_before", _("Saran hasil kerja, berlaku"), lambda row: rating(row.move.work_before)),
        Column("work_after", _("Saran hasil kerja, dicoba"), lambda row: rating(row.move.work_after)),
        Column("behaviour_before", _("Saran perilaku, berlaku"), lambda row: rating(row.move.behaviour_before)),
        Column("behaviour_after", _("Saran perilaku, dicoba"), lambda row: rating(row.move.behaviour_after)),
    ]
    return _people([*columns, *([_paid()] if money else [])])


def _people(columns: list[Column]) -> Table:
    return Table(
        name="putar-ulang-orang",
        caption=_("Orang"),
        columns=columns,
        filters=[TextFilter("cari", _("Cari nama, NIP, atau unit"), ["name", "nip", "unit"])],
        empty=(_("Tidak ada yang berpindah"), _("Geser angka lain, atau pilih perpindahan lain.")),
    )


def _paid() -> Column:
    return Column(
        "paid",
        _("Selisih uang"),
        lambda row: rupiah_change(row.paid_change),
        sort="paid_change",
        raw=lambda row: row.paid_change,
        number=True,
    )


def _pair(before: int | None, after: int | None) -> str:
    return f"{score(before)} → {score(after)}"


def _classes(row: NamedMove) -> str:
    before, after = rating(row.move.work_before), rating(row.move.work_after)
    return before if row.move.work_before == row.move.work_after else f"{before} → {after}"


def _person(row: NamedMove) -> str:
    return reverse("people:person", args=[row.move.employee_id])
