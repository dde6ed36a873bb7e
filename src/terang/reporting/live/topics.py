"""What an entry is about, and what somebody may listen to. All of this reads the database, in threads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db.models import Q
from django.http import parse_cookie
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.audit.secrecy import is_confidential
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment
from terang.registry.people.selectors import SEES_ALL, visible_employees
from terang.registry.people.viewer import Viewer, in_force, viewer_for

MOST_TOPICS = 300


class RefusedError(Exception):
    """Nobody is signed in (401), nothing of what was asked may be seen (403), or the question is malformed (400)."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


def topics_of(entries: Sequence[JournalEntry]) -> set[str]:
    """What the entries are about: the employee, the unit and every unit above it. At most two queries.

    Where an entry names no unit, those where the employee works. Confidential entries are announced to nobody: the very
    moment at which a colleague answers would tell who it was.
    """
    public = [entry for entry in entries if not is_confidential(entry.verb)]
    units = _units_of(public)
    ancestors = _ancestors(set().union(*units.values()))
    topics = {f"employee:{entry.subject_employee_id}" for entry in public if entry.subject_employee_id is not None}
    topics |= {f"unit:{above}" for found in units.values() for unit_id in found for above in ancestors.get(unit_id, ())}
    return topics


def _units_of(entries: Sequence[JournalEntry]) -> dict[int, set[int]]:
    """Unit ids by entry."""
    homeless = {entry.subject_employee_id for entry in entries if entry.unit_id is None and entry.subject_employee_id}
    homes: dict[int, set[int]] = defaultdict(set)
    if homeless:
        posts = Assignment.objects.filter(in_force(timezone.localdate()), employee_id__in=homeless)
        for employee_id, unit_id in posts.values_list("employee_id", "post__unit_id"):
            homes[employee_id].add(unit_id)
    return {
        entry.pk: {entry.unit_id} if entry.unit_id is not None else homes.get(entry.subject_employee_id or 0, set())
        for entry in entries
    }


def _ancestors(unit_ids: set[int]) -> dict[int, list[int]]:
    """The units from the root down to and including each unit."""
    paths = Unit.objects.filter(pk__in=unit_ids).values_list("pk", "path") if unit_ids else ()
    return {pk: [int(part) for part in path.strip("/").split("/") if part] for pk, path in paths}


def admitted(cookies: str, topics: Iterable[str]) -> frozenset[str]:
    """Of the topics asked for, those the signed-in person may hear of. Raises RefusedError."""
    viewer = _viewer(cookies)
    employees, units = _parsed(topics)
    allowed = {f"employee:{pk}" for pk in _visible(viewer, employees)} | {f"unit:{pk}" for pk in _led(viewer, units)}
    if not allowed:
        raise RefusedError(403, "Anda tidak berwenang atas topik ini.")
    return frozenset(allowed)


def _viewer(cookies: str) -> Viewer:
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    session: Any = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user: Any = get_user(SimpleNamespace(session=session)) if key else None  # type: ignore[arg-type]
    viewer = viewer_for(user, timezone.now()) if user and user.is_authenticated and user.is_active else None
    if viewer is None:
        raise RefusedError(401, "Silakan masuk dahulu.")
    return viewer


def _parsed(topics: Iterable[str]) -> tuple[set[int], set[int]]:
    ids: dict[str, set[int]] = {"employee": set(), "unit": set()}
    for topic in topics:
        kind, _, number = topic.partition(":")
        if kind not in ids or not number.isascii() or not number.isdigit() or len(number) > 18:
            raise RefusedError(400, "Topik ditulis seperti employee:12,unit:5.")
        ids[kind].add(int(number))
    if not 0 < len(ids["employee"]) + len(ids["unit"]) <= MOST_TOPICS:
        raise RefusedError(400, f"Sebutkan 1 sampai {MOST_TOPICS} topik.")
    return ids["employee"], ids["unit"]


def _visible(viewer: Viewer, employee_ids: set[int]) -> set[int]:
    own = employee_ids & {viewer.employee.pk}
    others = employee_ids - own
    if not others:
        return own
    return own | set(visible_employees(viewer).filter(pk__in=others).values_list("pk", flat=True))


def _led(viewer: Viewer, unit_ids: set[int]) -> set[int]:
    """The units that lie in what the viewer leads, or in the area of a role that sees everybody."""
    if not unit_ids:
        return set()
    area = Q(pk__in=[])
    for path in (*viewer.headed_paths, *viewer.paths(*SEES_ALL)):
        area |= Q(path__startswith=path)
    units = Unit.objects.filter(area, pk__in=unit_ids, agency_id=viewer.agency_id)
    return set(units.values_list("pk", flat=True))
