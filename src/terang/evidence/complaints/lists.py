"""Complaints as staff list them. No list reads who reported."""

from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.models import Complaint, ComplaintClass, ComplaintState
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge

KINDS = {
    ComplaintState.RECEIVED: "quiet",
    ComplaintState.VERIFYING: "quiet",
    ComplaintState.INCOMPLETE: "attention",
    ComplaintState.ROUTED: "quiet",
    ComplaintState.IN_HAND: "quiet",
    ComplaintState.ANSWERED: "ok",
    ComplaintState.REOPENED: "attention",
    ComplaintState.CLOSED: "ok",
    ComplaintState.REJECTED: "quiet",
    ComplaintState.REFERRED: "quiet",
    ComplaintState.LAPSED: "quiet",
}
SOON_DAYS = 2


def state_badge(complaint: Complaint) -> SafeString:
    state = ComplaintState(complaint.state)
    return badge(gettext(str(state.label)), KINDS[state])


def marks(complaint: Complaint) -> list[tuple[str, str]]:
    """What sets a report apart, as (word, kind) of badges."""
    found = []
    if complaint.is_misconduct:
        found.append((gettext("Berkadar pengawasan"), "attention"))
    if complaint.is_secret:
        found.append((gettext("Rahasia"), "attention"))
    if complaint.is_anonymous:
        found.append((gettext("Anonim"), "quiet"))
    if complaint.duplicate_of_id:
        found.append((gettext("Digabungkan"), "quiet"))
    return found


def clock(complaint: Complaint, today: date) -> SafeString:
    """The due day of the office's next answer in words; the citizen's turn where there is none."""
    due = complaint.due_on
    if due is None:
        if complaint.citizen_waits:
            return badge(gettext("warga membalas"), "attention")
        waits = complaint.state in (ComplaintState.ANSWERED, ComplaintState.INCOMPLETE)
        return format_html("{}", gettext("giliran warga") if waits else "–")
    left = (due - today).days
    if left < 0:
        return badge(gettext("lewat %(day)s") % {"day": longdate(due)}, "wrong")
    if left <= SOON_DAYS:
        words = gettext("hari ini") if left == 0 else gettext("besok") if left == 1 else gettext("lusa")
        return badge(words, "attention")
    return format_html("{}", longdate(due))


def _number(complaint: Complaint) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', complaint.tracking_code)


def _state(complaint: Complaint) -> SafeString:
    """The state, and what sets the report apart where it is guarded."""
    special = [badge(word, kind) for word, kind in marks(complaint) if kind == "attention"]
    return format_html_join(" ", "{}", ((each,) for each in (state_badge(complaint), *special)))


def desk_table(today: date, order: str = "finish_due_on") -> Table:
    """The table of the desk; the clock depends on the day."""
    return Table(
        name="pengaduan",
        caption=_("Pengaduan"),
        order=order,
        columns=[
            Column("title", _("Laporan"), lambda row: row.title, head=True, link=lambda row: row.get_absolute_url()),
            Column("number", _("Nomor"), _number, raw=lambda row: row.tracking_code),
            Column("state", _("Status"), _state, sort="state", raw=lambda row: ComplaintState(row.state).label),
            Column(
                "due", _("Batas"), lambda row: clock(row, today), sort="finish_due_on",
                raw=lambda row: row.due_on.isoformat() if row.due_on else "",
            ),
            Column("unit", _("Unit"), lambda row: row.unit.name if row.unit else "–"),
            Column("handler", _("Petugas"), lambda row: row.handler.name if row.handler else "–"),
            Column("received", _("Diterima"), lambda row: longdate(row.received_on), sort="received_on"),
        ],
        filters=[
            TextFilter("q", _("Cari judul atau nomor"), ["title", "tracking_code"]),
            ChoiceFilter("status", _("Status"), ComplaintState.choices, "state"),
            ChoiceFilter("kelas", _("Kelas"), ComplaintClass.choices, "complaint_class"),
        ],
        empty=(_("Tidak ada laporan"), _("Laporan warga muncul di sini begitu diterima atau diteruskan kepada Anda.")),
    )  # fmt: skip
