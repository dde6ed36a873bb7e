"""Who stands in line with a unit: works in it, below it, or above it. Nobody is in line with the whole government."""

from collections.abc import Collection

from django.db.models import Q

from terang.registry.people.appraisers import remembered
from terang.registry.people.models import Assignment
from terang.registry.people.viewer import Viewer, in_force


def is_whole(path: str) -> bool:
    """Whether a path is the whole government: no unit, or the root."""
    return path.count("/") <= 2


def own_paths(viewer: Viewer) -> tuple[str, ...]:
    """The paths of every unit the viewer has a post in today, without the root: nobody is in line with everything. One
    query."""
    rows = Assignment.objects.filter(in_force(viewer.today), employee=viewer.employee)
    found = remembered(
        ("own units", viewer.employee.pk, viewer.today), lambda: list(rows.values_list("post__unit__path", flat=True))
    )
    return tuple(path for path in found if not is_whole(path))


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
