"""What every verb of this room does first and last: take the row, see that the page is not stale, tell the journal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.planning.goals.models import Goal, KeyIndicator
from terang.registry.people.viewer import Viewer


def changed(row: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Puts the values on the row; returns old and new of those that differ, as JSON values."""
    told: dict[str, list[Any]] = {}
    for name, new in values.items():
        old = getattr(row, name)
        if old != new:
            setattr(row, name, new)
            told[name] = [_plain(old), _plain(new)]
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int)) else getattr(value, "pk", None) or str(value)


def tell(
    verb: str, actor: Viewer | None, row: Goal | KeyIndicator, changes: Mapping[str, Any], reason: str = ""
) -> None:
    """One journal entry `goals.<verb>` about a goal or an indicator."""
    goal = row if isinstance(row, Goal) else row.goal
    record(
        f"goals.{verb}",
        actor=actor.user if actor else None,
        obj=row,
        agency_id=goal.agency_id,
        unit_id=goal.unit_id,
        changes=changes,
        reason=reason,
    )


def require_reason(reason: str) -> str:
    """The reason without blanks at its ends; refuses an empty one."""
    if not reason.strip():
        raise ValidationError({"reason": _("Tuliskan alasannya.")})
    return reason.strip()
