"""Questions about careers. Each states its queries; who may ask is decided by `access`."""

from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.follow_up.career.access import reads_all, require_reader
from terang.follow_up.career.gathering import Profile, profiles_of
from terang.follow_up.career.models import Declaration, DeclarationState
from terang.registry.people.models import Assignment, Employee, PostKind
from terang.registry.people.selectors import direct_reports
from terang.registry.people.viewer import Viewer, in_force


def profile_of(employee: Employee, today: date) -> Profile:
    """One person with credit points. At most eight queries."""
    return profiles_of([employee], today, credit=True)[0]


def declarations_of(employee: Employee) -> QuerySet[Declaration]:
    """Everything that was declared, also what was returned or withdrawn. One query when read."""
    return employee.career_declarations.select_related("given_by", "checked_by", "answered_by")


def declaration_for(viewer: Viewer | None, pk: int) -> Declaration:
    """One declared fact, for who may read the person's career. Raises Http404 and NotAllowed."""
    rows = Declaration.objects.select_related("employee__agency", "given_by", "checked_by", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    require_reader(viewer, found.employee)
    return found


def waiting_rows(viewer: Viewer) -> QuerySet[Declaration]:
    """What the personnel agency has to check or to answer, without what the viewer may not: one's own, and what one
    gave. One query when read."""
    open_states = (DeclarationState.GIVEN, DeclarationState.CONTESTED)
    rows = Declaration.objects.filter(employee__agency_id=viewer.agency_id, state__in=open_states)
    rows = rows.exclude(Q(given_by=viewer.employee) | Q(employee=viewer.employee))
    return rows.select_related("employee", "given_by").order_by("given_on", "pk")


def people_read(viewer: Viewer) -> list[Employee]:
    """Whose careers the viewer reads besides their own: everybody, or who they appraise. State officials are in
    neither. One query, and those of `direct_report_ids`."""
    if reads_all(viewer):
        there = Employee.objects.filter(agency_id=viewer.agency_id, joined_on__lte=viewer.today)
        rows = there.filter(Q(left_on=None) | Q(left_on__gt=viewer.today))
    else:
        rows = direct_reports(viewer.employee, viewer.today)
    elected = Assignment.objects.filter(in_force(viewer.today), post__kind=PostKind.ELECTED)
    return list(rows.exclude(pk__in=elected.values("employee")).order_by("name", "pk"))


def profiles_read(viewer: Viewer) -> list[Profile]:
    """Everybody whose career the viewer reads, by name. Four queries, and those of `people_read`."""
    return profiles_of(people_read(viewer), viewer.today)
