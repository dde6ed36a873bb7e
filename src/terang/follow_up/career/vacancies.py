"""Posts that are empty, or will be soon because who holds them retires. Derived from dated rows, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from terang.follow_up.career.models import Pool, PoolState
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post
from terang.registry.people.viewer import in_force
from terang.rules.nip import birth_date
from terang.rules.regulations.retirement import retires_on
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.succession import targets


@dataclass(frozen=True)
class Vacancy:
    """A post with who holds it by right (missing where nobody does), from when it is empty (missing where it is
    already), and the open pool, where there is one."""

    post: Post
    holder: Employee | None
    day: date | None
    pool: Pool | None

    @property
    def title(self) -> str:
        return self.post.title

    @property
    def unit(self) -> str:
        return self.post.unit.name

    @property
    def when(self) -> date:
        """For sorting: what is empty already comes first."""
        return self.day or date.min

    @property
    def state(self) -> str:
        return "kosong" if self.day is None else "akan"


def vacancies(agency_id: int, today: date) -> list[Vacancy]:
    """Posts with criteria that are empty, or will be within the months the rule says; the first to be empty first.
    Three queries."""
    rows = _read(Post.objects.filter(unit__agency_id=agency_id, kind__in=targets(today)), today)
    return sorted(_empty(rows, today), key=lambda each: (each.when, each.unit, each.post.pk))


def empty_from(post: Post, today: date) -> Vacancy | None:
    """The same of one post; None where it stays filled. Three queries."""
    return next(iter(_empty(_read(Post.objects.filter(pk=post.pk), today), today)), None)


def _read(posts: QuerySet[Post], today: date) -> QuerySet[Post]:
    by_right = Assignment.objects.filter(in_force(today), kind=AssignmentKind.DEFINITIVE).select_related("employee")
    open_pools = Pool.objects.filter(state=PoolState.OPEN)
    return (
        posts.filter(in_force(today, "valid_from", "valid_to"))
        .select_related("unit")
        .prefetch_related(
            Prefetch("assignments", by_right, to_attr="held_by"), Prefetch("career_pools", open_pools, to_attr="open")
        )
    )


def _empty(posts: Iterable[Post], today: date) -> Iterable[Vacancy]:
    until = _months_on(today, int(rule_set("succession", today).values["horizon_months"]))
    for post in posts:
        held: list[Assignment] = [each for each in post.held_by if _is_there(each.employee, today)]  # type: ignore[attr-defined]
        pool = next(iter(post.open), None)  # type: ignore[attr-defined]
        if len(held) < post.seats and not (held and post.is_head):
            yield Vacancy(post, None, None, pool)
            continue
        first = min((_leaves(each, post, today), each.pk, each.employee) for each in held)
        if first[0] <= until:
            yield Vacancy(post, first[2], first[0], pool)


def _is_there(employee: Employee, today: date) -> bool:
    return employee.left_on is None or employee.left_on > today


def _leaves(row: Assignment, post: Post, today: date) -> date:
    """The first day without the person: the end of the assignment, the last day in service, or retirement."""
    born = birth_date(row.employee.nip)
    retired = retires_on(born, post.kind, post.level, post.category, today) if born else None
    days = (row.ends_on, row.employee.left_on, max(retired, today) if retired else None)
    return min((day for day in days if day), default=date.max)


def _months_on(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
