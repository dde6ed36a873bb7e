"""Posts that are empty, or will be soon because who holds them retires. Derived from dated rows, never stored."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

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
    Five queries."""
    found = _empty(Post.objects.filter(unit__agency_id=agency_id, kind__in=targets(today)), today)
    return sorted(found, key=lambda each: (each.when, each.unit, each.post.pk))


def empty_from(post: Post, today: date) -> Vacancy | None:
    """The same of one post; None where it stays filled. Five queries."""
    return next(iter(_empty(Post.objects.filter(pk=post.pk), today)), None)


def _empty(posts: QuerySet[Post], today: date) -> list[Vacancy]:
    """Only what is empty is read in full: most posts are not."""
    posts = posts.filter(in_force(today, "valid_from", "valid_to"))
    holders = _holders(posts, today)
    until = _months_on(today, int(rule_set("succession", today).values["horizon_months"]))
    empty: dict[int, tuple[date | None, int | None]] = {}
    for pk, seats, is_head in posts.values_list("pk", "seats", "is_head"):
        held = holders.get(pk, [])
        if len(held) < seats and not (held and is_head):
            empty[pk] = (None, None)
        elif held and min(held)[0] <= until:
            empty[pk] = min(held)
    people = Employee.objects.in_bulk([pk for _day, pk in empty.values() if pk])
    pools = {row.post_id: row for row in Pool.objects.filter(state=PoolState.OPEN, post__in=list(empty))}
    full = Post.objects.select_related("unit").in_bulk(list(empty))
    return [Vacancy(full[pk], people.get(who or 0), day, pools.get(pk)) for pk, (day, who) in empty.items()]


def _holders(posts: QuerySet[Post], today: date) -> dict[int, list[tuple[date, int]]]:
    """Who holds each post by right and from when no more: the end of the assignment, the last day in service, or
    retirement. One query."""
    there = Q(employee__left_on=None) | Q(employee__left_on__gt=today)
    rows = Assignment.objects.filter(in_force(today), there, post__in=posts, kind=AssignmentKind.DEFINITIVE)
    fields = ("ends_on", "employee__left_on", "employee__nip", "post__kind", "post__level", "post__category")
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for post, employee, ends, left, nip, kind, level, family in rows.values_list("post_id", "employee_id", *fields):
        born = birth_date(nip)
        retired = retires_on(born, kind, level, family, today) if born else None
        days = (ends, left, max(retired, today) if retired else None)
        found[post].append((min((day for day in days if day), default=date.max), employee))
    return found


def _months_on(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
