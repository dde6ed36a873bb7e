"""Who may see a picture and close a question. Whether it is allowed now is asked beside it."""

from collections.abc import Collection
from datetime import date

from django.http import Http404

from terang.custody.models import Resemblance, ResemblanceState, StoredFile
from terang.custody.uses import Compared, FileUse, uses_of
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


def may_close_on(resemblance: Resemblance, today: date) -> bool:
    """Whether the question can be closed on a day: the person has answered, or had their days for it."""
    return resemblance.state == ResemblanceState.EXPLAINED or is_unexplained(resemblance, today)


def is_unexplained(resemblance: Resemblance, today: date) -> bool:
    """Whether the days for an answer have passed without one."""
    return resemblance.state == ResemblanceState.ASKED and resemblance.due_on < today


def require_small(viewer: Viewer, stored: StoredFile) -> None:
    """Only who `sees_small`. Raises Http404 for everybody else: the address tells nothing."""
    if not sees_small(viewer, stored, uses_of([stored.pk]).get(stored.pk, ())):
        raise Http404


def sees_small(viewer: Viewer, stored: StoredFile, uses: Collection[FileUse]) -> bool:
    """Who uploaded a file, and who sees it where it is used, unless it is too private to be looked up."""
    if stored.agency_id != viewer.agency_id:
        return False
    if stored.uploaded_by_id == viewer.employee.pk:
        return True
    told = [use for use in uses if use.compared != Compared.NEVER]
    people = Employee.objects.in_bulk({use.employee_id for use in told})
    return any(use.seen_by(viewer, people[use.employee_id]) for use in told if use.employee_id in people)
