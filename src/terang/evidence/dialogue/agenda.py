"""What is open between two people when they sit down: agreements, worrying feedback, and what other rooms know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from terang.evidence.dialogue.models import Agreement, Feedback, Symbol, TalkState
from terang.web.numbers import longdate

SINCE = timedelta(days=92)
"""How far back feedback is looked at."""
MOST_POINTS = 12

Source = Callable[[int, date], list[tuple[str, str]]]
"""Asked with the id of an employee and today: texts with the address that opens each."""


@dataclass(frozen=True)
class Point:
    """One thing to talk about; `url` is empty where nothing opens it."""

    text: str
    url: str


def points_for(leader_id: int, employee_id: int, today: date) -> list[Point]:
    """At most a dozen: what was agreed and is open, feedback that worries, then what rooms know. Two queries, and those
    of the rooms (`TERANG_TALK_POINTS`)."""
    found = [*_agreements(leader_id, employee_id, today), *_feedback(employee_id, today)]
    for path in settings.TERANG_TALK_POINTS:
        source: Source = import_string(path)
        found += [Point(text[:300], url) for text, url in source(employee_id, today)]
    return found[:MOST_POINTS]


def open_agreements(leader_id: int, employee_id: int) -> list[Agreement]:
    """What the two agreed in confirmed talks and is not done. One query."""
    rows = Agreement.objects.filter(
        talk__leader_id=leader_id, talk__employee_id=employee_id, talk__state=TalkState.CONFIRMED, done_on=None
    )
    return list(rows.select_related("owner", "talk"))


def _agreements(leader_id: int, employee_id: int, today: date) -> Iterator[Point]:
    for row in open_agreements(leader_id, employee_id):
        late = gettext("Kesepakatan lewat tenggat %(day)s: %(text)s")
        due = gettext("Kesepakatan, tenggat %(day)s: %(text)s")
        words = (late if row.due_on < today else due) % {"day": longdate(row.due_on), "text": row.text}
        yield Point(words[:300], row.talk.get_absolute_url())


def _feedback(employee_id: int, today: date) -> Iterator[Point]:
    rows = Feedback.objects.filter(
        subject_id=employee_id, day__gt=today - SINCE, symbol=Symbol.FROWN, withdrawn_at=None
    )
    for row in rows[:MOST_POINTS]:
        said = row.behaviour or row.impact or row.advice or row.get_symbol_display()
        words = gettext("Umpan balik %(day)s: %(text)s") % {"day": longdate(row.day), "text": said}
        yield Point(words[:300], row.get_absolute_url())
