"""What the verbs of this room share: the held row, and its journal entry."""

from collections.abc import Mapping
from typing import Any

from terang.audit.services import record
from terang.evaluation.appraisals.models import Appraisal
from terang.evaluation.appraisals.states import TOLD, require_move, require_version
from terang.registry.people.viewer import Viewer


def held(appraisal: Appraisal, verb: str, version: int) -> Appraisal:
    """The row, locked, in a state that allows the verb and as the page showed it. Raises NotNow and Stale."""
    rows = Appraisal.objects.select_for_update(of=("self",))
    whole = rows.select_related("window__period__agency", "employee__agency", "unit", "rater", "adjustment")
    current = whole.get(pk=appraisal.pk)
    require_move(current, verb)
    require_version(current, version)
    return current


def save(appraisal: Appraisal, *fields: str) -> None:
    appraisal.version += 1
    appraisal.save(update_fields=["version", *fields])


def tell(verb: str, appraisal: Appraisal, viewer: Viewer | None, changes: Mapping[str, Any] | None = None) -> None:
    """The journal names the person only once the result was handed over: until then it is the rater's own paper."""
    record(
        f"appraisals.{verb}",
        actor=viewer.user if viewer else None,
        obj=appraisal,
        agency_id=appraisal.employee.agency_id,
        subject_employee_id=appraisal.employee_id if appraisal.state in TOLD else None,
        unit_id=appraisal.unit_id,
        changes={"period": appraisal.window.period.name, **(changes or {})},
    )
