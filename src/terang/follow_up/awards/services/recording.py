"""What every verb of awards writes into the journal, and the rows under their locks."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from terang.audit.services import record
from terang.follow_up.awards.models import Call, Nomination
from terang.registry.people.viewer import Viewer


def tell(
    verb: str,
    row: models.Model,
    viewer: Viewer,
    *,
    subject_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """One entry. `subject_id` is whom it is about, missing for calls, committees and votes."""
    record(
        f"awards.{verb}",
        actor=viewer.user,
        obj=row,
        agency_id=viewer.agency_id,
        subject_employee_id=subject_id,
        changes=changes,
        reason=reason,
    )


def held_call(call: Call) -> Call:
    """The call under its lock, with its committee read anew."""
    rows = Call.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.prefetch_related("members").get(pk=call.pk)


def held_nomination(row: Nomination) -> Nomination:
    """The nomination under its lock, with its people."""
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("call__agency")
    return rows.prefetch_related("people", "call__members").get(pk=row.pk)


def worded(text: str, missing: str, field: str = "reason") -> str:
    """The text without space around. Raises ValidationError by field where nothing is left."""
    if not text.strip():
        raise ValidationError({field: missing})
    return text.strip()
