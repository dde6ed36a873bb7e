"""Who looks: the signed-in person with everything access depends on, worked out once per request from dated facts."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from terang.accounts.models import User
from terang.registry.people.models import Assignment, AssignmentKind, Employee, PostKind, Role, RoleGrant


@dataclass(frozen=True)
class Grant:
    """An appointed role in force today, over the units whose path starts with `path` (all where empty)."""

    role: Role
    path: str


@dataclass(frozen=True)
class Viewer:
    """A person on a day. `headed_paths` are the unit paths led today, definitively or acting; `is_functional` tells
    whether a functional post is held by right."""

    user: User
    employee: Employee
    today: date
    grants: tuple[Grant, ...]
    headed_paths: tuple[str, ...]
    headed_unit_ids: tuple[int, ...]
    unit_id: int | None
    is_functional: bool = False

    @property
    def agency_id(self) -> int:
        return self.employee.agency_id

    @property
    def is_head(self) -> bool:
        return bool(self.headed_unit_ids)

    def has(self, *roles: Role) -> bool:
        """Whether one of the appointed roles is held today, anywhere in the agency."""
        return any(grant.role in roles for grant in self.grants)

    def paths(self, *roles: Role) -> tuple[str, ...]:
        """The unit paths over which one of the roles is held; an empty path means the whole agency."""
        return tuple(grant.path for grant in self.grants if grant.role in roles)


def in_force(day: date, start: str = "starts_on", end: str = "ends_on") -> Q:
    """Rows whose inclusive start and exclusive end contain `day`."""
    return Q(**{f"{start}__lte": day}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day}))


def viewer_for(user: User, now: datetime) -> Viewer | None:
    """The viewer behind an account at a moment, or None where the account belongs to no employee. Three queries.

    Who has left keeps the sight of their own history, and nothing that a post or a role gave.
    """
    employee = Employee.objects.select_related("agency").filter(user=user).first()
    if employee is None:
        return None
    today = now.astimezone(ZoneInfo(employee.agency.time_zone)).date()
    there = employee.left_on is None or employee.left_on > today
    grants = RoleGrant.objects.filter(in_force(today), employee=employee).select_related("unit") if there else []
    running = Assignment.objects.filter(in_force(today), employee=employee).select_related("post__unit")
    assignments = list(running.filter(in_force(today, "post__valid_from", "post__valid_to"))) if there else []
    headed = [a.post.unit for a in assignments if a.post.is_head]
    definitive = [a for a in assignments if a.kind == AssignmentKind.DEFINITIVE]
    main = next(iter(definitive or assignments), None)
    return Viewer(
        user=user,
        employee=employee,
        today=today,
        grants=tuple(Grant(Role(grant.role), grant.unit.path if grant.unit else "") for grant in grants),
        headed_paths=tuple(unit.path for unit in headed),
        headed_unit_ids=tuple(unit.pk for unit in headed),
        unit_id=main.post.unit_id if main else None,
        is_functional=any(a.post.kind == PostKind.FUNCTIONAL for a in definitive),
    )
