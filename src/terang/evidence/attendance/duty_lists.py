"""How letters of assignment are listed."""

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.attendance.leave_checks import span_text
from terang.evidence.attendance.models import Duty, DutyKind
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge

NAMED = 3


def _people(duty: Duty) -> str:
    names = [person.name for person in duty.people.all()]
    more = len(names) - NAMED
    told = ", ".join(names[:NAMED])
    return gettext("%(names)s dan %(n)s orang lain") % {"names": told, "n": more} if more > 0 else told


def _state(duty: Duty) -> SafeString:
    cancelled = duty.cancelled_on is not None
    return badge(gettext("Dibatalkan") if cancelled else gettext("Berlaku"), "attention" if cancelled else "ok")


DUTIES = Table(
    name="surat-tugas",
    caption=_("Surat tugas"),
    order="-starts_on",
    columns=[
        Column(
            "purpose",
            _("Maksud"),
            lambda row: row.purpose,
            head=True,
            link=lambda r: reverse("attendance:duty", args=[r.pk]),
        ),
        Column(
            "span", _("Waktu"), lambda r: span_text(r.starts_on, r.ends_on), sort="starts_on", raw=lambda r: r.starts_on
        ),
        Column("place", _("Tempat"), lambda row: row.place),
        Column("people", _("Yang ditugaskan"), _people),
        Column("letter", _("Nomor"), lambda row: row.letter),
        Column("state", _("Status"), _state, raw=lambda row: "" if row.cancelled_on is None else gettext("Dibatalkan")),
    ],
    filters=[
        TextFilter("q", _("Cari"), ["purpose", "place", "letter"]),
        ChoiceFilter("jenis", _("Jenis"), DutyKind.choices, "kind"),
    ],
    empty=(
        _("Belum ada surat tugas"),
        _("Tugas di luar kantor muncul di sini setelah dicatat kepala unit atau kepegawaian."),
    ),
)
