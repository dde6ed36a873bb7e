"""How entries are listed, and the words for what happened to one."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.work.models import Entry, EntryState
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge

KINDS = {
    EntryState.SUBMITTED: "quiet",
    EntryState.ACCEPTED: "ok",
    EntryState.RETURNED: "attention",
    EntryState.WITHDRAWN: "quiet",
}

_VERBS = {
    "work.entry_submitted": _("Diajukan"),
    "work.entry_accepted": _("Diterima atasan"),
    "work.entry_returned": _("Dikembalikan atasan"),
    "work.entry_resubmitted": _("Diperbaiki dan diajukan lagi"),
    "work.entry_withdrawn": _("Ditarik penulisnya"),
    "work.entry_retimed": _("Tenggat disesuaikan dengan gangguan, hari libur, atau cuti"),
    "work.entry_escalated": _("Belum dijawab pada waktunya, diteruskan"),
}


def verb_label(verb: str) -> str:
    return str(_VERBS.get(verb, verb))


def state_badge(entry: Entry) -> SafeString:
    state = EntryState(entry.state)
    return badge(gettext(str(state.label)), KINDS[state])


ENTRIES = Table(
    name="kegiatan",
    caption=_("Kegiatan"),
    order="-day",
    columns=[
        Column("day", _("Tanggal"), lambda row: longdate(row.day), sort="day", raw=lambda row: row.day),
        Column("what", _("Kegiatan"), lambda row: row.text, head=True, link=lambda row: row.get_absolute_url()),
        Column("result", _("Hasil kerja"), lambda row: row.result.text),
        Column("amount", _("Jumlah"), lambda row: row.amount, number=True),
        Column("receipt", _("Nomor resi"), lambda row: row.receipt),
        Column("state", _("Status"), state_badge, sort="state", raw=lambda row: EntryState(row.state).label),
    ],
    filters=[
        TextFilter("q", _("Cari"), ["text", "result__text"]),
        ChoiceFilter("status", _("Status"), EntryState.choices, "state"),
    ],
    empty=(_("Belum ada kegiatan"), _("Catat kegiatan pertama Anda dari halaman Hari ini.")),
)
