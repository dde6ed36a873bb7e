"""The register as a table. It names nobody."""

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.privacy.models import Breach, BreachState
from terang.privacy.selectors import time_left, was_late
from terang.web.numbers import grouped, longtime
from terang.web.tables import ChoiceFilter, Column, Table
from terang.web.templatetags.terang import badge

KINDS = {
    BreachState.SUSPECTED: "attention",
    BreachState.OPEN: "attention",
    BreachState.NOTIFIED: "ok",
    BreachState.CLOSED: "quiet",
    BreachState.DISMISSED: "quiet",
}


def title_of(breach: Breach) -> str:
    """The title of the newest facts; the number and that it is a suspicion where there are none. Wants `facts`
    prefetched."""
    facts = next(iter(breach.facts.all()), None)
    return facts.title if facts else gettext("Dugaan %(number)s") % {"number": breach}


def state_badge(breach: Breach) -> str:
    state = BreachState(breach.state)
    return badge(gettext(str(state.label)), KINDS[state])


def _known(breach: Breach) -> str:
    facts = next(iter(breach.facts.all()), None)
    return longtime(facts.known_at if facts else breach.reported_at)


def _persons(breach: Breach) -> str:
    facts = next(iter(breach.facts.all()), None)
    if facts is None or facts.persons is None:
        return "–"
    return gettext("sekitar %(n)s") % {"n": grouped(facts.persons)} if facts.is_estimate else grouped(facts.persons)


def in_time(breach: Breach) -> str:
    """Whether the notices came in time, as words; the time left while they are due."""
    left, _kind = time_left(breach)
    if left:
        return left
    notices = list(breach.notices.all())
    if not notices:
        return "–"
    return gettext("terlambat") if was_late(breach, notices) else gettext("tepat waktu")


def _in_time(breach: Breach) -> str:
    words = in_time(breach)
    left, kind = time_left(breach)
    if words == "–":
        return words
    return badge(words, kind if left else "wrong" if words == gettext("terlambat") else "ok")


REGISTER = Table(
    name="pelindungan-data",
    caption=_("Kegagalan pelindungan data"),
    order="-reported_at",
    columns=[
        Column("title", _("Kejadian"), title_of, head=True, link=lambda row: row.get_absolute_url()),
        Column("number", _("Nomor"), lambda row: format_html('<span class="nowrap">{}</span>', row), raw=str),
        Column("state", _("Status"), state_badge, sort="state", raw=lambda row: BreachState(row.state).label),
        Column("known", _("Diketahui"), _known),
        Column("due", _("Batas pemberitahuan"), lambda row: longtime(row.due_at), sort="due_at"),
        Column("time", _("Waktu"), _in_time, raw=in_time),
        Column("persons", _("Orang"), _persons, number=True),
    ],
    filters=[ChoiceFilter("s", _("Status"), BreachState.choices, "state")],
    empty=(
        _("Belum ada kegagalan yang tercatat"),
        _("Siapa pun yang melihat data pribadi terbuka dapat melaporkannya di sini."),
    ),
)
