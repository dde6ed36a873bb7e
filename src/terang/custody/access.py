"""Who may see a picture and close a question. Whether it is allowed now is asked beside it."""

from datetime import date

from django.http import Http404

from terang.custody.models import Resemblance, ResemblanceState, StoredFile
from terang.custody.uses import Compared, uses_of
from terang.registry.people.access import may_see_performance
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


def may_close_on(resemblance: Resemblance, today: date) -> bool:
    """Whether the question can be closed on a day: the person has answered, or had their days for it."""
    return resemblance.state == ResemblanceState.EXPLAINED or is_unexplained(resemblance, today)


def is_unexplained(resemblance: Resemblance, today: date) -> bool:
    """Whether the days for an answer have passed without one."""
    return resemblance.state == ResemblanceState.ASKED and resemblance.due_on < today


def require_small(viewer: Viewer, stored: StoredFile) -> None:
    """Who uploaded a file sees its small copy, and who may see the performance of a person that uses it, unless it is
    too private to be looked up. Raises Http404 for everybody else: the address tells nothing."""
    if stored.agency_id != viewer.agency_id:
        raise Http404
    if stored.uploaded_by_id == viewer.employee.pk:
        return
    owners = {use.employee_id for use in uses_of([stored.pk]).get(stored.pk, ()) if use.compared != Compared.NEVER}
    if not any(may_see_performance(viewer, employee) for employee in Employee.objects.filter(pk__in=owners)):
        raise Http404
