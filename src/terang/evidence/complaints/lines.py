"""Who stands in line with a unit: works in it, below it, or above it. Nobody is in line with the whole government."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from terang.registry.people.appraisers import remembered
from terang.registry.people.models import Assignment, Role, RoleGrant
from terang.registry.people.viewer import Viewer, in_force


def is_whole(path: str) -> bool:
    """Whether a path is the whole government: no unit, or the root."""
    return path.count("/") <= 2


def own_paths(viewer: Viewer) -> tuple[str, ...]:
    """The paths of the viewer's own units (`paths_of`). One query, once for a request."""
    pk, today = viewer.employee.pk, viewer.today
    return remembered(("own units", pk, today), lambda: paths_of([pk], today)[pk])


def paths_of(people: Collection[int], on: date) -> dict[int, tuple[str, ...]]:
    """The paths of every unit each of them has a post in on a day, without the root: nobody is in line with everything.
    Empty for who has no post. One query."""
    found: dict[int, list[str]] = {pk: [] for pk in people}
    rows = Assignment.objects.filter(in_force(on), employee_id__in=people)
    for pk, path in rows.values_list("employee_id", "post__unit__path"):
        if not is_whole(path):
            found[pk].append(path)
    return {pk: tuple(paths) for pk, paths in found.items()}


def holders(agency_id: int, role: Role, on: date) -> list[int]:
    """Who holds a role over the whole government on a day, the longest first. One query."""
    grants = RoleGrant.objects.filter(in_force(on), employee__agency_id=agency_id, role=role)
    whole = grants.filter(Q(unit=None) | Q(unit__parent=None)).order_by("starts_on", "pk")
    return list(dict.fromkeys(whole.values_list("employee_id", flat=True)))


def in_line(paths: Collection[str], unit_path: str) -> bool:
    """Whether a unit lies under, above, or is one of the units of these paths."""
    if is_whole(unit_path):
        return False
    return any(unit_path.startswith(path) or path.startswith(unit_path) for path in paths)


def line_of(paths: Collection[str], field: str) -> Q:
    """`in_line` for a query; the root is in line with nobody."""
    condition = Q(pk__in=[])
    for path in paths:
        parts = [int(part) for part in path.strip("/").split("/")]
        condition |= Q(**{f"{field}__path__startswith": path}) | Q(**{f"{field}_id__in": parts[1:]})
    return condition
