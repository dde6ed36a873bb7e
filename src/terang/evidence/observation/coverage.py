"""Who has been observed in a period, and who has not: for heads and the personnel agency."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from terang.evidence.observation.hooks import Running
from terang.evidence.observation.models import Instrument, Observation, ObservationState
from terang.evidence.observation.models.observations import OVER
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import main_posts, visible_employees
from terang.registry.people.viewer import Viewer, in_force

PAGE = 25
ALL, NOT_YET, UNDER_WAY, DONE = "", "belum", "berjalan", "selesai"


@dataclass(frozen=True)
class Line:
    """One person: the post, and the latest observation of the period (missing: none)."""

    employee: Employee
    post: Assignment | None
    latest: Observation | None


@dataclass(frozen=True)
class Cover:
    """Counts over everybody the viewer sees for whom there is an instrument, and one page of them."""

    total: int
    done: int
    under_way: int
    page: Page
    lines: list[Line]

    @property
    def none(self) -> int:
        return self.total - self.done - self.under_way


def cover(viewer: Viewer, instruments: list[Instrument], running: Running, wanted: str, number: str | None) -> Cover:
    """At most sixteen queries, however many people."""
    people = _people(viewer, instruments)
    rows = Observation.objects.filter(employee=OuterRef("pk"), day__gte=running.start, day__lt=running.end)
    rows = rows.exclude(state__in=OVER)
    done, any_ = Exists(rows.filter(state=ObservationState.FINISHED)), Exists(rows)
    people = people.annotate(is_done=done, has_any=any_)
    total, finished = people.count(), people.filter(is_done=True).count()
    started = people.filter(is_done=False, has_any=True).count()
    chosen = {
        NOT_YET: people.filter(has_any=False),
        UNDER_WAY: people.filter(is_done=False, has_any=True),
        DONE: people.filter(is_done=True),
    }.get(wanted, people)
    page = Paginator(chosen.order_by("is_done", "has_any", "name", "pk"), PAGE).get_page(number)
    return Cover(total, finished, started, page, _lines(list(page.object_list), running, viewer.today))


def _people(viewer: Viewer, instruments: list[Instrument]) -> QuerySet[Employee]:
    """Everybody the viewer sees, but themselves, who holds a post that an instrument suits."""
    suits = Q()
    for each in instruments:
        fits = Q()
        if each.categories:
            fits &= Q(post__category__in=each.categories)
        if each.unit_kinds:
            fits &= Q(post__unit__kind__in=each.unit_kinds)
        suits |= fits if fits else Q(pk__isnull=False)
    if not suits:
        return Employee.objects.none()
    held = Assignment.objects.filter(suits, in_force(viewer.today), employee=OuterRef("pk"))
    return visible_employees(viewer).filter(Exists(held)).exclude(pk=viewer.employee.pk)


def _lines(people: list[Employee], running: Running, today: date) -> list[Line]:
    ids = [each.pk for each in people]
    posts = main_posts(ids, today)
    rows = Observation.objects.filter(employee_id__in=ids, day__gte=running.start, day__lt=running.end)
    latest = {row.employee_id: row for row in rows.exclude(state__in=OVER).order_by("day", "id")}
    return [Line(each, posts.get(each.pk), latest.get(each.pk)) for each in people]
