"""The SKP as a document: its shape, its checks, its wording, how two wordings differ (PermenPANRB 6/2022 Bab II)."""

from terang.rules.plans.document import (
    BadDocument,
    Consequence,
    LeaderRow,
    Manual,
    PlanDocument,
    PlannedIndicator,
    PlannedResult,
    Report,
    Resource,
    Step,
    Study,
    as_json,
    digest,
    digest_of,
    from_json,
)

__all__ = [
    "BadDocument",
    "Consequence",
    "LeaderRow",
    "Manual",
    "PlanDocument",
    "PlannedIndicator",
    "PlannedResult",
    "Report",
    "Resource",
    "Step",
    "Study",
    "as_json",
    "digest",
    "digest_of",
    "from_json",
]
