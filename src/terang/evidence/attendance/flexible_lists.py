"""How decisions on flexible work are listed and told."""

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.attendance.leave_checks import span_text
from terang.evidence.attendance.models import FlexibleMode, FlexibleWork
from terang.registry.organization.forms import WEEKDAYS
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge

NAMED = 3
EXPLAINED = {
    FlexibleMode.ELSEWHERE: _("Jam kerja tetap; tempatnya yang lain. Lokasi tidak diperiksa saat merekam lewat web."),
    FlexibleMode.DYNAMIC: _("Tidak ada terlambat atau pulang cepat; jam kerja seminggu tetap penuh."),
    FlexibleMode.SHIFT: _("Bekerja menurut jadwal sif."),
}


def weekdays_text(work: FlexibleWork) -> str:
    """The weekdays in words: "Senin, Rabu"; "setiap hari" for all seven."""
    if len(work.weekdays) == len(WEEKDAYS):
        return gettext("setiap hari")
    return ", ".join(str(WEEKDAYS[int(digit)][1]) for digit in work.weekdays)


def flexible_text(work: FlexibleWork) -> str:
    """One line: how, where, by which letter."""
    told = {"mode": FlexibleMode(work.mode).label, "place": work.place, "letter": work.letter}
    if work.place:
        return gettext("Kerja fleksibel: %(mode)s, %(place)s (%(letter)s)") % told
    return gettext("Kerja fleksibel: %(mode)s (%(letter)s)") % told


def _people(work: FlexibleWork) -> str:
    names = [person.name for person in work.people.all()]
    told, more = ", ".join(names[:NAMED]), len(names) - NAMED
    return gettext("%(names)s dan %(n)s orang lain") % {"names": told, "n": more} if more > 0 else told


def _state(work: FlexibleWork) -> SafeString:
    cancelled = work.cancelled_on is not None
    return badge(gettext("Dibatalkan") if cancelled else gettext("Berlaku"), "attention" if cancelled else "ok")


FLEXIBLE = Table(
    name="kerja-fleksibel",
    caption=_("Keputusan kerja fleksibel"),
    order="-starts_on",
    columns=[
        Column(
            "mode",
            _("Bentuk"),
            lambda row: FlexibleMode(row.mode).label,
            head=True,
            link=lambda row: reverse("attendance:flexible", args=[row.pk]),
        ),
        Column("people", _("Pegawai"), _people),
        Column(
            "span", _("Waktu"), lambda r: span_text(r.starts_on, r.ends_on), sort="starts_on", raw=lambda r: r.starts_on
        ),
        Column("days", _("Hari"), weekdays_text),
        Column("place", _("Tempat"), lambda row: row.place),
        Column("letter", _("Nomor"), lambda row: row.letter),
        Column("state", _("Status"), _state, raw=lambda row: "" if row.cancelled_on is None else gettext("Dibatalkan")),
    ],
    filters=[
        TextFilter("q", _("Cari"), ["place", "letter"]),
        ChoiceFilter("bentuk", _("Bentuk"), FlexibleMode.choices, "mode"),
    ],
    empty=(
        _("Belum ada keputusan kerja fleksibel"),
        _("Keputusan pejabat pembina kepegawaian muncul di sini setelah dicatat."),
    ),
)
