"""What waits for an appraiser, the unusual first: questions beside each entry, and the entries drawn to be opened."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from terang.custody.models import Resemblance
from terang.evidence.work.asking import Asked as Questions
from terang.evidence.work.asking import asked_of
from terang.evidence.work.draw import drawn, opened_by
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.shares import Share, shares_of
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.rules.work.signals import Question, order, unusual

PAGE_SIZE = 30
"""Entries of one page, those that waited longest; within it the unusual come first."""
TOPIC_LIMIT = 60


@dataclass(frozen=True)
class Asked:
    """A question with the entry it compares with (None where there is none or the viewer may not see it), or the
    look-alike it is about."""

    question: Question
    compared: Entry | None
    picture: Resemblance | None = None


@dataclass(frozen=True)
class Line:
    """A waiting entry in the queue. `sample`: drawn to be opened before a batch; `opened`: opened by the viewer."""

    entry: Entry
    asked: tuple[Asked, ...]
    sample: bool
    opened: bool
    overdue: bool


@dataclass(frozen=True)
class Group:
    """The routine entries of one person, oldest first."""

    employee: Employee
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Queue:
    """One page of the queue: `unusual` by weight of their questions, then everything else by person."""

    page: Page[Entry]
    unusual: tuple[Line, ...]
    routine: tuple[Group, ...]
    topics: str
    share: Share

    @property
    def samples(self) -> list[Line]:
        """The drawn entries of the batch as it stands when nothing is changed."""
        return [line for group in self.routine for line in group.lines if line.sample]

    @property
    def batch_size(self) -> int:
        return sum(len(group.lines) for group in self.routine)


def queue_of(viewer: Viewer, page_number: int | str | None = 1) -> Queue:
    """A page of what waits for the viewer as appraiser or Plh. At most 21 queries whatever the number of entries."""
    team = direct_report_ids(viewer.employee, viewer.today)
    page = Paginator(waiting_of(team), PAGE_SIZE).get_page(page_number)
    entries = list(page.object_list)
    ids = [entry.pk for entry in entries]
    asked = asked_of(viewer, team, ids)
    compared = _compared(team, asked)
    odd = {pk for pk, found in asked.questions.items() if unusual(found)}
    samples = set(drawn(viewer.employee.pk, {each.pk: each.version for each in entries if each.pk not in odd}))
    opened = opened_by(viewer.employee.pk, ids) if ids else set()
    lines = {
        entry.pk: Line(
            entry,
            _asked(entry.pk, asked, compared),
            entry.pk in samples,
            entry.pk in opened,
            _overdue(entry, viewer.today),
        )
        for entry in entries
    }
    first = sorted((pk for pk in ids if pk in odd), key=lambda pk: order(asked.questions[pk]))
    return Queue(
        page,
        tuple(lines[pk] for pk in first),
        _by_person([lines[pk] for pk in ids if pk not in odd]),
        _topics(viewer, team),
        shares_of([viewer.employee.pk], viewer.employee.agency, viewer.today).get(viewer.employee.pk, Share(0, 0)),
    )


def waiting_of(team: Collection[int]) -> QuerySet[Entry]:
    """Entries of these people that wait for an answer, with proofs, who waited longest first."""
    return (
        Entry.objects.filter(state=EntryState.SUBMITTED, employee_id__in=team)
        .select_related("employee", "result", "task", "indicator")
        .prefetch_related("files")
        .order_by("submitted_at", "id")
    )


def questions_about(viewer: Viewer, entry: Entry) -> tuple[Asked, ...]:
    """The questions about one waiting entry, as in the queue. At most 16 queries."""
    if entry.state != EntryState.SUBMITTED:
        return ()
    team = {*direct_report_ids(viewer.employee, viewer.today), entry.employee_id}
    asked = asked_of(viewer, team, [entry.pk])
    return _asked(entry.pk, asked, _compared(team, asked))


def _asked(entry_id: int, asked: Questions, compared: Mapping[int, Entry]) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            each,
            compared.get(each.compared_id or 0),
            asked.pictures.get(entry_id) if each.code == "picture" else None,
        )
        for each in asked.questions.get(entry_id, ())
    )


def _compared(team: Collection[int], asked: Questions) -> dict[int, Entry]:
    """The entries that questions compare with, of these people only. One query, none where nothing is compared."""
    ids = {each.compared_id for found in asked.questions.values() for each in found if each.compared_id}
    if not ids:
        return {}
    found = Entry.objects.filter(pk__in=ids, employee_id__in=team).select_related("employee")
    return {entry.pk: entry for entry in found}


def _overdue(entry: Entry, today: date) -> bool:
    return entry.answer_due_on is not None and entry.answer_due_on < today


def _by_person(lines: Sequence[Line]) -> tuple[Group, ...]:
    people: dict[int, list[Line]] = {}
    for line in lines:
        people.setdefault(line.entry.employee_id, []).append(line)
    return tuple(Group(rows[0].entry.employee, tuple(rows)) for rows in people.values())


def _topics(viewer: Viewer, team: Sequence[int]) -> str:
    """Topics of live updates: the units led and everybody appraised, the first where they are many."""
    units = [f"unit:{unit_id}" for unit_id in viewer.headed_unit_ids]
    return " ".join((*units, *(f"employee:{pk}" for pk in team[:TOPIC_LIMIT])))
