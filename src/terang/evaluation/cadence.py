"""What the policy in force says about reporting: asked by the room of daily work (`TERANG_WORK_REPORTING`)."""

from datetime import date

from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import policy_on
from terang.rules.policies import Reporting


def reporting_of(agency_id: int, day: date) -> Reporting | None:
    """Rhythm, graces and the days to answer on a day; None without a policy. One query."""
    version = policy_on(agency_id, day)
    return rules_of(version).reporting if version else None
