"""One way to lock a report and to tell the journal: words only as digests, the day so that the right period follows."""

from collections.abc import Mapping
from typing import Any

from terang.audit.services import record
from terang.evidence.reports.models import Report
from terang.evidence.reports.states import require_move
from terang.registry.people.viewer import Viewer


def held(report_id: int) -> Report:
    """The row as it is now, locked, whatever its state: for verbs that a second click finds done already."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("employee__agency", "unit", "terms")
    return rows.get(pk=report_id)


def locked(report_id: int, verb: str) -> Report:
    """As `held`. Raises NotNow where its state does not allow the verb."""
    report = held(report_id)
    require_move(report, verb)
    return report


def tell(verb: str, report: Report, actor: Viewer | None, changes: Mapping[str, Any] | None = None) -> None:
    """One entry about the report. `changes` keep free text under `text` or `note`: the journal digests those."""
    day = {"day": report.counts_on.isoformat()} if report.counts_on else {}
    record(
        f"reports.{verb}",
        actor=actor.user if actor else None,
        obj=report,
        agency_id=report.employee.agency_id,
        subject_employee_id=report.employee_id,
        unit_id=report.unit_id,
        changes={
            "kind": str(report.kind),
            "period_start": report.period_start.isoformat(),
            "state": str(report.state),
            **day,
            **(changes or {}),
        },
    )
