"""Questions about questions: the team's list, one with its evidence, what somebody was asked, who opened what."""

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex, Substr
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from terang.evidence.signals.access import Sight, in_area, sight_of
from terang.evidence.signals.models import Opening, Signal, SignalState, SignalTrace
from terang.evidence.signals.sources import kind_title
from terang.evidence.signals.states import may_move
from terang.evidence.signals.watching import PAGES
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.sentences import said

MOST_TRACES = 50
"""Records shown on a page; all are kept."""
MOST_OPENINGS = 200
"""Lines of a day and a kind of record on one page, the latest."""
OPEN = (SignalState.NEW, SignalState.ASKED, SignalState.EXPLAINED)


def signals_for(viewer: Viewer) -> QuerySet[Signal]:
    """The questions a member of the team handles: open before ended, the oldest due first, those without a day after
    them by when they were found. At most eleven queries before the one that reads."""
    rows = Signal.objects.filter(in_area(viewer)).select_related("unit", "employee")
    ended = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    dated = Case(When(due_on__isnull=False, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(ended=ended, undated=dated).order_by("ended", "undated", "due_on", "found_at", "pk")


@dataclass(frozen=True)
class Line:
    """One record behind a question, in words."""

    trace: SignalTrace

    @property
    def words(self) -> str:
        return said(self.trace.words)


@dataclass(frozen=True)
class Shown:
    """A question as one viewer sees it: the evidence, how much more there is, and what may be done now."""

    signal: Signal
    sight: Sight
    lines: list[Line]
    more: int

    @property
    def title(self) -> str:
        return kind_title(self.signal.kind)

    @property
    def sentence(self) -> str:
        return said(self.signal.sentence)

    def _may(self, verb: str) -> bool:
        return self.sight.oversees and may_move(self.signal, verb, self.sight.viewer.today)

    @property
    def may_ask(self) -> bool:
        return self._may("ask")

    @property
    def may_share(self) -> bool:
        return self._may("share") and self.signal.employee_id is not None

    @property
    def may_dismiss(self) -> bool:
        return self._may("dismiss")

    @property
    def may_refer(self) -> bool:
        return self._may("refer")

    @property
    def may_explain(self) -> bool:
        return self.sight.asked and may_move(self.signal, "explain", self.sight.viewer.today)


def signal_for(viewer: Viewer | None, pk: int) -> Shown:
    """One question for who may see it. Raises Http404 and NotAllowed. At most seventeen queries."""
    rows = Signal.objects.select_related("agency", "unit", "employee", "asked_by", "answered_by", "decided_by")
    signal = get_object_or_404(rows, pk=pk)
    sight = sight_of(viewer, signal)
    lines = [Line(trace) for trace in signal.traces.all()[:MOST_TRACES]]
    more = signal.traces.count() - MOST_TRACES if len(lines) == MOST_TRACES else 0
    return Shown(signal, sight, lines, more)


def found(pk: int) -> Signal:
    """The row by itself; who may act on it is asked by the view. Raises Http404."""
    return get_object_or_404(Signal.objects.select_related("agency", "unit", "employee"), pk=pk)


def asked_of(viewer: Viewer) -> QuerySet[Signal]:
    """What the viewer was asked, about themselves or a unit they lead; open ones first. No query until read."""
    own = Q(employee=viewer.employee) | Q(employee=None, unit_id__in=viewer.headed_unit_ids)
    rows = Signal.objects.filter(own, agency_id=viewer.agency_id, asked_at__isnull=False)
    first = Case(When(state=SignalState.ASKED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.select_related("unit", "employee").annotate(turn=first).order_by("turn", "due_on", "-pk")


def shared_with(viewer: Viewer) -> QuerySet[Signal]:
    """What the team shared with the viewer about people they appraise; the latest first. One query where nothing was
    shared in the government, otherwise at most seven before the one that reads."""
    rows = Signal.objects.filter(agency_id=viewer.agency_id, shared_at__isnull=False)
    if not rows.exists():
        return rows.none()
    people = direct_report_ids(viewer.employee, viewer.today)
    return rows.filter(employee_id__in=people).select_related("unit", "employee").order_by("-shared_at", "-pk")


@dataclass(frozen=True)
class Opened:
    """On a day somebody of the team opened records of the viewer: which, in words, and how many of them."""

    day: object
    what: str
    count: int


def openings_of(viewer: Viewer) -> list[Opened]:
    """The latest openings of the viewer's own records by overseers, by whole day and kind; nobody is named. One query,
    which counts in the database."""
    room = Substr("page", 1, StrIndex("page", Value(":")) - 1)
    own = Opening.objects.filter(subject=viewer.employee, page__contains=":")
    rows = own.annotate(room=room).order_by("-day", "room").values_list("day", "room").annotate(n=Count("pk"))
    return [Opened(day, gettext(PAGES[room]) if room in PAGES else room, n) for day, room, n in rows[:MOST_OPENINGS]]
