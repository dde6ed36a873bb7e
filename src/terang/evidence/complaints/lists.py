"""Complaints as staff list them. No list reads who reported."""

from collections.abc import Callable
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.models import Complaint, ComplaintClass, ComplaintState, EscalationStep
from terang.evidence.complaints.monthly import UnitMonth
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


LADDER = (
    (EscalationStep.VERIFICATION_LATE, _("Verifikasi")),
    (EscalationStep.FIRST_ANSWER_LATE, _("Kabar pertama")),
    (EscalationStep.FINISH_LATE, _("Jawaban akhir")),
    (EscalationStep.OMBUDSMAN, _("Ombudsman")),
)


def month_table(*, whole: bool) -> Table:
    """The monthly report by unit, from `monthly.UnitMonth`s: `whole` with a column for each step, as downloads have it;
    on a page the ladder stands in one."""
    steps = [Column(str(step), label, _climbed(step), number=True) for step, label in LADDER]
    steps.append(Column("repeated", _("Berulang"), lambda row: gettext("ya") if row.is_repeated else ""))
    return Table(
        name="laporan-bulanan-pengaduan",
        caption=_("Laporan bulanan pengaduan menurut unit"),
        columns=[
            Column("unit", _("Unit"), _unit_marked, raw=_unit_name, head=True, sort="name"),
            Column("received", _("Diterima"), lambda row: row.received, sort="received", number=True),
            Column("in_time", _("Tepat waktu"), lambda row: row.in_time, sort="in_time", number=True),
            Column("late", _("Terlambat"), lambda row: row.late, sort="late", number=True),
            Column("confirmed", _("Selesai"), lambda row: row.confirmed, number=True),
            Column("silent", _("Tanpa kabar"), lambda row: row.silent, number=True),
            Column("reopened", _("Dibuka lagi"), lambda row: row.reopened, number=True),
            *(steps if whole else [Column("ladder", _("Naik ke atas"), _ladder)]),
        ],
        empty=(_("Tidak ada pengaduan bulan ini"), _("Pilih bulan lain.")),
    )


def _ladder(row: UnitMonth) -> str:
    """The steps that were climbed, one a line."""
    told = [(gettext(str(label)), row.steps.get(str(step), 0)) for step, label in LADDER]
    return format_html_join(mark_safe("<br>"), "{} {}", (each for each in told if each[1])) or "–"


def _unit_name(row: UnitMonth) -> str:
    return row.name or gettext("Belum diteruskan ke unit")


def _unit_marked(row: UnitMonth) -> str:
    """The name, and that being late repeats itself."""
    mark = badge(gettext("berulang"), "wrong") if row.is_repeated else ""
    return format_html("{} {}", _unit_name(row), mark)


def _climbed(step: EscalationStep) -> Callable[[UnitMonth], int]:
    return lambda row: row.steps.get(str(step), 0)
