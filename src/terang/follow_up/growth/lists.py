"""The list of what is due for others."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.growth.models import DueAction, DueState, Kind
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge


def state_badge(row: DueAction) -> SafeString:
    """Where it stands, in words and colour."""
    if row.state == DueState.DONE:
        return badge(row.get_state_display(), "ok")
    if row.state == DueState.DROPPED:
        return badge(row.get_state_display(), "quiet")
    if row.escalated_on:
        return badge(gettext("Lewat waktu, atasan diberi tahu"), "wrong")
    return badge(row.get_state_display(), "attention" if row.reminded_on else "quiet")


DUE = Table(
    name="tindak-lanjut",
    caption=_("Tindak lanjut"),
    columns=[
        Column(
            "who",
            _("Pegawai"),
            lambda row: row.employee.name,
            sort="employee__name",
            head=True,
            link=lambda row: row.get_absolute_url(),
        ),
        Column("kind", _("Yang jatuh tempo"), lambda row: row.get_kind_display(), sort="kind"),
        Column(
            "by",
            _("Ditugaskan kepada"),
            lambda row: row.assigned_to.name if row.assigned_to else gettext("Kepegawaian"),
        ),
        Column("due", _("Paling lambat"), lambda row: longdate(row.due_on), sort="due_on"),
        Column("state", _("Status"), state_badge, sort="state"),
    ],
    filters=[
        TextFilter("q", _("Cari pegawai"), ["employee__name"]),
        ChoiceFilter("jenis", _("Yang jatuh tempo"), Kind.choices, "kind"),
        ChoiceFilter("status", _("Status"), DueState.choices, "state"),
    ],
    exports=False,
    order="-state",
    empty=(
        _("Tidak ada yang jatuh tempo"),
        _("Bila nilai, batas bawah, atau predikat seseorang memerlukan sesuatu, itu tampil di sini beserta alasannya."),
    ),
)
