"""The team's list of questions."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.signals.models import Signal, SignalState
from terang.evidence.signals.sources import kind_title, kinds
from terang.web.numbers import longdate
from terang.web.sentences import said
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter
from terang.web.templatetags.terang import badge

KINDS = {
    SignalState.NEW: "attention",
    SignalState.ASKED: "quiet",
    SignalState.EXPLAINED: "attention",
    SignalState.DISMISSED: "quiet",
    SignalState.REFERRED: "quiet",
}


def state_badge(signal: Signal) -> SafeString:
    state = SignalState(signal.state)
    return badge(gettext(str(state.label)), KINDS[state])


def what(signal: Signal) -> str:
    return said(signal.sentence)


SIGNALS = Table(
    name="pertanyaan",
    caption=_("Pertanyaan pengawasan"),
    columns=[
        Column("about", _("Tentang"), lambda row: row.subject, head=True, link=lambda row: row.get_absolute_url()),
        Column("kind", _("Jenis"), lambda row: kind_title(row.kind), sort="kind"),
        Column("what", _("Yang terlihat"), what),
        Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__name"),
        Column(
            "due", _("Dijawab paling lambat"), lambda row: longdate(row.due_on) if row.due_on else "–", sort="due_on"
        ),
        Column("state", _("Status"), state_badge, sort="state", raw=lambda row: SignalState(row.state).label),
    ],
    filters=[
        TextFilter("q", _("Cari nama atau unit"), ["employee__name", "unit__name"]),
        ChoiceFilter("jenis", _("Jenis"), kinds, "kind"),
        ChoiceFilter("status", _("Status"), SignalState.choices, "state"),
    ],
    exports=False,
    empty=(
        _("Belum ada pertanyaan"),
        _("Terang melihat catatan setiap hari. Bila ada yang perlu ditanyakan, muncul di sini."),
    ),
)
