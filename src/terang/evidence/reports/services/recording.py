"""One way to lock a report and to tell the journal: words only as digests, the day so that the right period follows."""

from collections.abc import Mapping
from typing import Any

from terang.audit.services import record
from terang.evidence.reports.models import Report
from terang.evidence.reports.states import require_move, require_version
from terang.registry.people.viewer import Viewer


def locked(report_id: int, verb: str) -> Report:
    """The row as it is now, locked. Raises NotNow where its state does not allow the verb."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("employee__agency", "unit", "terms")
    report = rows.get(pk=report_id)
    require_move(report, verb)
    return report


def locked_version(report_id: int, verb: str, version: int) -> Report:
    """As `locked`; raises Stale where the page was drawn from another version."""
    report = locked(report_id, verb)
    require_version(report, version)
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
