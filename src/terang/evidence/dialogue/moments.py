"""What is told by name on a person's timeline: feedback that stands, dialogues both confirmed, their agreements."""

from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext

from terang.evidence.dialogue.models import Agreement, Feedback, Symbol, Talk, TalkState
from terang.evidence.dialogue.selectors import feedback_between
from terang.evidence.moments import FEEDBACK, TALK, Moment

SHOWN = 90
"""So many characters of the words stand on the timeline; the page of the feedback has all."""
_TONES = {Symbol.FROWN: "attention", Symbol.THUMB: "ok", Symbol.SMILE: "ok"}


def moments(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """Feedback to the person, talks as the employee, and what was agreed there. Three queries."""
    talks = Talk.objects.filter(employee_id=employee_id, state=TalkState.CONFIRMED, day__gte=start, day__lt=end)
    agreed = Agreement.objects.filter(
        talk__employee_id=employee_id, talk__state=TalkState.CONFIRMED, talk__day__gte=start, talk__day__lt=end
    )
    return [
        *(_said(row) for row in feedback_between(employee_id, start, end)),
        *(_talked(row) for row in talks.select_related("leader")),
        *(_agreed(row, today) for row in agreed.select_related("talk")),
    ]


def _said(row: Feedback) -> Moment:
    words = row.behaviour or str(row.get_symbol_display())
    told = {"who": row.get_giver_kind_display(), "about": row.about, "words": Truncator(words).chars(SHOWN)}
    text = gettext("%(who)s tentang %(about)s: %(words)s") if row.about else gettext("%(who)s: %(words)s")
    tone = _TONES[Symbol(row.symbol)] if row.symbol else ""
    return Moment(FEEDBACK, row.day, text % told, row.get_absolute_url(), tone=tone)


def _talked(talk: Talk) -> Moment:
    text = gettext("Dialog kinerja dengan %(name)s") % {"name": talk.leader.name}
    return Moment(TALK, talk.day, text, talk.get_absolute_url())


def _agreed(row: Agreement, today: date) -> Moment:
    """An agreement stands where it was made; whether it was kept is said with it."""
    if row.done_on:
        state, tone = gettext("selesai"), "ok"
    else:
        late = row.due_on < today
        state, tone = (gettext("lewat tenggat"), "attention") if late else (gettext("berjalan"), "")
    text = gettext("Kesepakatan: %(text)s (%(state)s)") % {"text": row.text, "state": state}
    return Moment(TALK, row.talk.day, text, row.talk.get_absolute_url(), tone=tone)
