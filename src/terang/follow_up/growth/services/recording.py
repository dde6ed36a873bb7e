"""The row of an action held for one change, saved with its next version, and told in the journal."""

from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.growth.models import CorrectiveAction, DueAction, ImprovementCase
from terang.follow_up.growth.states import require_move
from terang.registry.people.viewer import Viewer
from terang.web.errors import Stale

Row = DueAction | CorrectiveAction | ImprovementCase


def held_action(action: CorrectiveAction, verb: str, version: int | None = None) -> CorrectiveAction:
    """The newest row, locked. Raises NotNow where its state does not allow the verb, Stale for an older page."""
    rows = CorrectiveAction.objects.select_for_update(of=("self",)).select_related("employee__agency", "leader", "due")
    current = rows.get(pk=action.pk)
    require_current(current, version)
    require_move(current, verb)
    return current


def require_current(row: Row, version: int | None) -> None:
    if version is not None and row.version != version:
        raise Stale(gettext("Halaman ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))


def save(row: Row, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *fields])


def tell(verb: str, row: Row, viewer: Viewer | None, changes: dict[str, object] | None = None) -> None:
    """One entry, without words of either: cause, support, view and reasons stay on the page of the two."""
    record(
        f"growth.{verb}",
        actor=viewer.user if viewer else None,
        obj=row,
        agency_id=row.employee.agency_id,
        subject_employee_id=row.employee_id,
        changes=changes,
    )
