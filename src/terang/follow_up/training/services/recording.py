"""What every verb of training writes into the journal."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from terang.audit.services import record
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


def tell(
    verb: str,
    row: models.Model,
    viewer: Viewer,
    *,
    subject: Employee | None = None,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """One entry. `subject` is whom it is about, missing for the catalogue and the sessions."""
    record(
        f"training.{verb}",
        actor=viewer.user,
        obj=row,
        agency_id=viewer.agency_id,
        subject_employee_id=subject.pk if subject else None,
        changes=changes,
        reason=reason,
    )
