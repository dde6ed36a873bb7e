"""Who handles a report of misconduct where the oversight team does not: it must never lie with nobody.

Everybody of the team who stands in line with the accused unit is kept away. A report about the inspectorate goes to the
regional head as well; one that leaves nobody of the team goes to the regional head alone. Where that is the accused
(the report is about the top of the government, or a unit the head also leads) or nobody holds the role, it goes to the
secretary of the government (*sekretaris daerah*), unless that one stands in line too. Then nobody in Terang reads it,
and its reporter is told of the Ombudsman.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from terang.evidence.complaints.lines import holders, in_line, is_whole, line_of, paths_of
from terang.registry.organization.models import Unit, UnitKind
from terang.registry.people.appraisers import remembered
from terang.registry.people.models import Assignment, Role, RoleGrant
from terang.registry.people.viewer import Viewer, in_force

SECRETARY = "Sekretaris Daerah"
"""How the title of the secretary's post begins; heads of other secretariats (of the council) are none."""
EVERYTHING = ~Q(pk__in=[])
TOP = Q(about_unit__isnull=False, about_unit__parent__isnull=True)


@dataclass(frozen=True)
class Bench:
    """Who could handle reports of misconduct in one government on a day: employee id → paths of the own units without
    the root. Only people who can sign in."""

    team: dict[int, tuple[str, ...]]
    heads: dict[int, tuple[str, ...]]
    secretaries: dict[int, tuple[str, ...]]

    def handlers(self, about: str, *, of_inspectorate: bool) -> set[int]:
        """Who handles a report about the unit of this path (empty where none is named)."""
        team = _free(self.team, about)
        is_top = bool(about) and is_whole(about)
        heads = set() if is_top else _free(self.heads, about)
        if team:
            return team | heads if of_inspectorate else team
        return heads or _free(self.secretaries, about)


def _free(people: dict[int, tuple[str, ...]], about: str) -> set[int]:
    """Those who do not stand in line with the unit."""
    return {pk for pk, paths in people.items() if not in_line(paths, about)}


def bench_of(agency_id: int, today: date) -> Bench:
    """Two queries, once for a request."""
    return remembered(("overseers", agency_id, today), lambda: _read_bench(agency_id, today))


def _read_bench(agency_id: int, today: date) -> Bench:
    able = Q(employee__agency_id=agency_id, employee__user__is_active=True) & (
        Q(employee__left_on=None) | Q(employee__left_on__gt=today)
    )
    grants = RoleGrant.objects.filter(able, in_force(today), role__in=(Role.OVERSIGHT, Role.REGIONAL_HEAD))
    held: dict[str, set[int]] = defaultdict(set)
    for employee_id, role, parent_id, unit_id in grants.values_list(
        "employee_id", "role", "unit__parent_id", "unit_id"
    ):
        if unit_id is None or parent_id is None:
            held[role].add(employee_id)
    named = held[Role.OVERSIGHT] | held[Role.REGIONAL_HEAD]
    secretary = Q(post__is_head=True, post__title__istartswith=SECRETARY)
    posts = Assignment.objects.filter(able & (Q(employee_id__in=named) | secretary), in_force(today))
    paths: dict[int, list[str]] = defaultdict(list)
    secretaries = set()
    for employee_id, path, is_head, title in posts.values_list(
        "employee_id", "post__unit__path", "post__is_head", "post__title"
    ):
        if is_head and title.casefold().startswith(SECRETARY.casefold()):
            secretaries.add(employee_id)
        if not is_whole(path):
            paths[employee_id].append(path)
    return Bench(
        team={pk: tuple(paths[pk]) for pk in held[Role.OVERSIGHT]},
        heads={pk: tuple(paths[pk]) for pk in held[Role.REGIONAL_HEAD]},
        secretaries={pk: tuple(paths[pk]) for pk in secretaries},
    )


def handlers_of(agency_id: int, about: str, today: date) -> set[int]:
    """Employee ids of who may handle a report about the unit of this path. At most three queries."""
    houses = _inspectorates(agency_id)
    return bench_of(agency_id, today).handlers(
        about, of_inspectorate=bool(about) and any(about.startswith(path) for path in houses)
    )


def stands_in(viewer: Viewer) -> Q | None:
    """Which reports of misconduct come to the viewer beside the team's; None for who is neither regional head nor
    secretary. A condition on Complaint that does not yet leave out what the viewer stands in line with. At most three
    queries, none for everybody else."""
    if any(is_whole(path) for path in viewer.paths(Role.REGIONAL_HEAD)):
        inspected = Q(pk__in=[])
        for path in _inspectorates(viewer.agency_id):
            inspected |= Q(about_unit__path__startswith=path)
        return ~TOP & (inspected | _all_in_line(bench_of(viewer.agency_id, viewer.today).team.values()))
    if not is_secretary(viewer):
        return None
    bench = bench_of(viewer.agency_id, viewer.today)
    return _all_in_line(bench.team.values()) & (TOP | _all_in_line(bench.heads.values()))


def without_coordinator(viewer: Viewer) -> Q:
    """Reports about a unit with which every coordinator of the whole government stands in line. Two queries, once for a
    request."""
    agency_id, today = viewer.agency_id, viewer.today
    paths = remembered(
        ("coordinators", agency_id, today),
        lambda: paths_of(holders(agency_id, Role.COMPLAINT_COORDINATOR, today), today),
    )
    return _all_in_line(paths.values())


def is_secretary(viewer: Viewer) -> bool:
    """Whether the viewer is the secretary of the government. Two queries for heads at the top, none for others."""
    at_top = any(path.count("/") <= 3 for path in viewer.headed_paths)
    return at_top and viewer.employee.pk in bench_of(viewer.agency_id, viewer.today).secretaries


def _all_in_line(people: Collection[tuple[str, ...]]) -> Q:
    """Whether everybody stands in line with the accused unit; true where there is nobody."""
    condition = EVERYTHING
    for paths in people:
        condition &= Q(about_unit__isnull=False) & line_of(paths, "about_unit")
    return condition


def _inspectorates(agency_id: int) -> list[str]:
    """The paths of the inspectorate. One query, once for a request."""
    houses = Unit.objects.filter(agency_id=agency_id, kind=UnitKind.INSPECTORATE)
    return remembered(("inspectorates", agency_id), lambda: list(houses.values_list("path", flat=True)))
