"""Questions about people, posts and appraisers on a day. Who may ask is decided by `access`; each states its number of
queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from terang.registry.people.appraisers import Appraiser, hierarchy_on, places_on, read_places, remembered, tell
from terang.registry.people.models import (
    AppraiserOverride,
    Assignment,
    AssignmentKind,
    Employee,
    Role,
    RoleGrant,
)
from terang.registry.people.viewer import Viewer, in_force

SEES_ALL = (Role.PERSONNEL, Role.OVERSIGHT, Role.AUDITOR, Role.REGIONAL_HEAD)
"""Appointed roles that see the performance of everybody in their area (the whole agency unless the grant names a
unit)."""

_MAIN = {AssignmentKind.DEFINITIVE: 2, AssignmentKind.ACTING: 1, AssignmentKind.STAND_IN: 0}


def appraisers_on(agency_id: int, on: date, employee_ids: Collection[int] | None = None) -> dict[int, Appraiser]:
    """The appraisers on a day by employee id, of everybody with a post where no ids are given. Who has none is left
    out. 4 queries."""
    people = None if employee_ids is None else Q(employee_id__in=employee_ids)
    hierarchy = hierarchy_on(agency_id, on, people)
    wanted = {*hierarchy.places, *hierarchy.delegations} if employee_ids is None else set(employee_ids)
    answers = {pk: answer for pk in wanted if (answer := hierarchy.appraiser(pk))}
    return tell(hierarchy, answers)


def appraiser_of(employee_id: int, on: date) -> Appraiser | None:
    """The appraiser of a person on a day; None for elected officials, people without a post and where nobody leads
    above. 5 queries."""
    return appraisers_on(_agency_of(employee_id), on, [employee_id]).get(employee_id)


def superior_of_appraiser(employee_id: int, on: date) -> Appraiser | None:
    """The appraiser's own appraiser (atasan Pejabat Penilai Kinerja), who decides objections; None where nobody is
    above. 5 queries."""
    return superiors_on(_agency_of(employee_id), on, [employee_id]).get(employee_id)


def superiors_on(agency_id: int, on: date, employee_ids: Collection[int]) -> dict[int, Appraiser]:
    """The appraisers' own appraisers on a day by employee id; who has none is left out. 4 queries."""
    hierarchy = hierarchy_on(agency_id, on, Q(employee_id__in=employee_ids) | _overriding(employee_ids, on))
    return tell(hierarchy, {pk: answer for pk in employee_ids if (answer := hierarchy.superior(pk))})


def _agency_of(employee_id: int) -> int:
    return Employee.objects.values_list("agency_id", flat=True).get(pk=employee_id)


def _overriding(employee_ids: Collection[int], on: date) -> Q:
    overrides = AppraiserOverride.objects.filter(in_force(on), employee_id__in=employee_ids)
    return Q(employee_id__in=overrides.values("appraiser_id"))


def direct_reports(employee: Employee, on: date) -> QuerySet[Employee]:
    """Everybody whom a person appraises on a day, or stands in for as Plh. Six queries before the one that reads."""
    return Employee.objects.filter(pk__in=direct_report_ids(employee, on))


def direct_report_ids(employee: Employee, on: date) -> list[int]:
    """The ids of `direct_reports`, ascending. Two queries for who leads nobody, otherwise six."""
    return list(remembered(("reports", employee.pk, on), lambda: _direct_report_ids(employee, on)))


def _direct_report_ids(employee: Employee, on: date) -> list[int]:
    chosen = set(
        AppraiserOverride.objects.filter(in_force(on), appraiser=employee).values_list("employee_id", flat=True)
    )
    leads = Assignment.objects.filter(in_force(on), employee=employee, post__is_head=True).exists()
    if not leads and not chosen:
        return []
    hierarchy = hierarchy_on(employee.agency_id, on, Q(employee_id__in=chosen))
    units = hierarchy.led_units(employee.pk)
    hierarchy.add(read_places(places_on(on).filter(_working_in(units, on))))
    answers = {pk: hierarchy.appraiser(pk) for pk in {*hierarchy.places, *chosen}}
    return sorted(pk for pk, a in answers.items() if a and employee.pk in (a.appraiser_id, a.stand_in_id))


def second_line(employee: Employee, on: date) -> QuerySet[Employee]:
    """Everybody whose appraiser's own appraiser (`superior_of_appraiser`) a person is on a day, or stands in for as
    Plh. Four queries before the one that reads.

    Which of several assignments governs is decided here, not by a query within a query: PostgreSQL took 40 seconds for
    fifty people where its statistics were young.
    """
    return Employee.objects.filter(
        pk__in=remembered(("second line", employee.pk, on), lambda: _second_line_ids(employee, on))
    )


def _second_line_ids(employee: Employee, on: date) -> set[int]:
    bent = AppraiserOverride.objects.filter(in_force(on), employee__agency_id=employee.agency_id)
    known = Q(employee_id__in=bent.values("employee_id")) | Q(employee_id__in=bent.values("appraiser_id"))
    hierarchy = hierarchy_on(employee.agency_id, on, known)
    named, units = hierarchy.second_line(employee.pk)
    if not named and not units:
        return set()
    settled = {*hierarchy.leader_ids, *hierarchy.delegations, employee.pk}
    hierarchy.add(read_places(places_on(on).filter(_working_in(units, on))))
    governing = {pk: hierarchy.governing_place(pk) for pk in hierarchy.places if pk not in settled}
    others = {pk for pk, place in governing.items() if place and place.unit_id in units and not place.is_elected}
    return named | others


def _working_in(unit_ids: Collection[int], on: date) -> Q:
    there = Assignment.objects.filter(in_force(on), post__unit_id__in=unit_ids)
    return Q(employee_id__in=there.values("employee_id"))


def visible_employees(viewer: Viewer) -> QuerySet[Employee]:
    """Everybody whose performance the viewer may see today: self, direct reports, the units led, the area of an
    appointed role.

    An operator sees nobody's but their own. At most six queries before the one that reads.
    """
    paths = (*viewer.headed_paths, *viewer.paths(*SEES_ALL))
    own = Employee.objects.filter(agency_id=viewer.agency_id)
    if "" in paths:
        return own
    allowed = Q(pk=viewer.employee.pk) | Q(pk__in=direct_report_ids(viewer.employee, viewer.today))
    if paths:
        allowed |= Q(Exists(assignments_below(paths, viewer.today).filter(employee=OuterRef("pk"))))
    return own.filter(allowed)


def registered_employees(viewer: Viewer) -> QuerySet[Employee]:
    """Everybody whose entry in the registry (name, post, history; no performance) the viewer may open: operators see
    all of them."""
    if viewer.has(Role.OPERATOR):
        return Employee.objects.filter(agency_id=viewer.agency_id)
    return visible_employees(viewer)


def assignments_below(paths: Collection[str], on: date) -> QuerySet[Assignment]:
    """Assignments in force in the units of these paths and below them."""
    below = Q()
    for path in paths:
        below |= Q(post__unit__path__startswith=path)
    return Assignment.objects.filter(below, in_force(on))


def main_posts(employee_ids: Collection[int], on: date) -> dict[int, Assignment]:
    """The main assignment of each person on a day with post and unit: the definitive one, else Plt., else Plh. One
    query."""
    rows = Assignment.objects.filter(in_force(on), employee_id__in=employee_ids).select_related("post__unit")
    ranked = sorted(rows, key=lambda row: (_MAIN[AssignmentKind(row.kind)], row.starts_on, row.pk))
    return {row.employee_id: row for row in ranked}


def heads_on(seats: Collection[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """Who led a unit on a day, by both: the definitive head, else the Plt., else the Plh. (as `Hierarchy.head_of`).
    A vacant seat is left out. One query, none for no seats."""
    if not seats:
        return {}
    days = [day for _unit_id, day in seats]
    left = Q(employee__left_on__isnull=True) | Q(employee__left_on__gt=min(days))
    rows = Assignment.objects.filter(
        left, during(min(days), max(days)), post__is_head=True, post__unit_id__in={unit_id for unit_id, _day in seats}
    ).select_related("post", "employee")
    by_unit: dict[int, list[Assignment]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (_MAIN[AssignmentKind(row.kind)], row.starts_on, row.pk)):
        by_unit[row.post.unit_id].append(row)
    return {
        (unit_id, day): leads[-1].employee_id
        for unit_id, day in seats
        if (leads := [row for row in by_unit[unit_id] if _leads(row, day)])
    }


def families_on(agency_id: int, days: Collection[date]) -> dict[tuple[int, date], tuple[str, str]]:
    """Kind and category of the main post of everybody of a government on each of the days, by person and day; who had
    none is left out. One query, none for no days."""
    if not days:
        return {}
    rows = Assignment.objects.filter(during(min(days), max(days)), employee__agency_id=agency_id).order_by()
    told = rows.values_list("employee_id", "kind", "starts_on", "ends_on", "pk", "post__kind", "post__category")
    found: dict[tuple[int, date], tuple[str, str]] = {}
    ranked = sorted(told, key=lambda row: (_MAIN[AssignmentKind(row[1])], row[2], row[4]))
    for person, _kind, start, end, _pk, post, category in ranked:
        for day in days:
            if start <= day and (end is None or day < end):
                found[person, day] = (post, category)
    return found


def during(first: date, last: date) -> Q:
    """Assignments in force on some day from `first` to `last` (inclusive)."""
    return Q(starts_on__lte=last) & (Q(ends_on__isnull=True) | Q(ends_on__gt=first))


def _leads(row: Assignment, day: date) -> bool:
    spans = ((row.starts_on, row.ends_on), (row.post.valid_from, row.post.valid_to), (date.min, row.employee.left_on))
    return all(start <= day and (end is None or day < end) for start, end in spans)


def employee_page(viewer: Viewer) -> QuerySet[Employee]:
    """The people a viewer may list, with `post_title`, `post_kind`, `unit_name`, `unit_path` and `assignment_kind` of
    their main
    post today (missing where they have none). No query until read."""
    main = (
        Assignment.objects.filter(in_force(viewer.today), employee=OuterRef("pk"))
        .annotate(
            weight=Case(
                When(kind=AssignmentKind.DEFINITIVE, then=0), When(kind=AssignmentKind.ACTING, then=1), default=2
            )
        )
        .order_by("weight", "-starts_on", "-pk")
    )
    return registered_employees(viewer).annotate(
        post_title=Subquery(main.values("post__title")[:1]),
        post_kind=Subquery(main.values("post__kind")[:1]),
        unit_name=Subquery(main.values("post__unit__name")[:1]),
        unit_path=Subquery(main.values("post__unit__path")[:1]),
        assignment_kind=Subquery(main.values("kind")[:1]),
    )


def history_of_posts(employee: Employee) -> list[Assignment]:
    """Every assignment of a person with post and unit, newest first. One query."""
    return list(employee.assignments.select_related("post__unit"))


def history_of_overrides(employee: Employee) -> list[AppraiserOverride]:
    """Every appraiser that was named for a person, newest first. One query."""
    return list(employee.appraiser_overrides.select_related("appraiser"))


def history_of_roles(employee: Employee) -> list[RoleGrant]:
    """Every role a person was given, newest first. One query."""
    return list(employee.role_grants.select_related("unit").order_by("-starts_on", "-pk"))


def roles_held(agency_id: int) -> QuerySet[RoleGrant]:
    """Every role given in a government, past ones too, with person and unit. One query when read."""
    return RoleGrant.objects.filter(employee__agency_id=agency_id).select_related("employee", "unit")


def find_person(agency_id: int, text: str) -> list[Employee]:
    """People whose NIP is `text`, else whose name is, else whose name contains it; at most six. Up to three queries."""
    people = Employee.objects.filter(agency_id=agency_id)
    for condition in (Q(nip=text), Q(name__iexact=text), Q(name__icontains=text)):
        if found := list(people.filter(condition)[:6]):
            return found
    return []
