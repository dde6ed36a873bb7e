"""The row held for one change, saved with its next version, and told in the journal without a word of either."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.coaching.models import BehaviourReport, Guidance, GuidanceSession
from terang.follow_up.coaching.states import require_version
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer

Row = TypeVar("Row", Guidance, GuidanceSession, BehaviourReport)


def held_guidance(guidance: Guidance, version: int | None = None) -> Guidance:
    """The newest row, locked. Raises Stale for an older page."""
    rows = Guidance.objects.select_for_update(of=("self",)).select_related("employee__agency", "guide", "due")
    current = rows.get(pk=guidance.pk)
    if version is not None:
        require_version(current, version)
    return current


def held_session(session: GuidanceSession, version: int | None = None) -> GuidanceSession:
    """The newest row of a running guidance, locked. Raises Stale for an older page."""
    rows = GuidanceSession.objects.select_for_update(of=("self",))
    current = rows.select_related("guidance__employee__agency", "guidance__guide").get(pk=session.pk)
    if version is not None:
        require_version(current, version)
    return current


def save(row: Guidance | GuidanceSession | BehaviourReport, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *fields])


def tell(verb: str, row: Guidance | BehaviourReport, viewer: Viewer | None, about: Employee | None = None) -> None:
    """One entry about the employee, or about `about`: what is agreed, written or said stays on their page."""
    record(
        f"coaching.{verb}",
        actor=viewer.user if viewer else None,
        obj=row,
        agency_id=row.employee.agency_id,
        subject_employee_id=about.pk if about else row.employee_id,
    )


def other_of(guidance: Guidance, viewer: Viewer) -> Employee:
    """The one of both who is not the viewer."""
    return guidance.guide if viewer.employee.pk == guidance.employee_id else guidance.employee


def worded(field: str, text: str, told: str = "") -> str:
    """The text without blanks around it. Raises ValidationError beside the field where nothing is left."""
    if not text.strip():
        raise ValidationError({field: told or gettext("Tulis alasannya; yang lain membacanya.")})
    return text.strip()
