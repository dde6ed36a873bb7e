"""What goes in and out: imports from spreadsheets, programs that may send reports (Open311), programs that are told,
and what the national system says."""

from terang.interchange.models.imports import ImportState, PeopleImport, PlanImport
from terang.interchange.models.keys import ApiKey, ApiSubmission
from terang.interchange.models.national import (
    Comparison,
    Difference,
    DifferenceKind,
    NationalRecord,
    NationalReport,
    Owner,
    ReportKind,
)
from terang.interchange.models.webhooks import Webhook, WebhookAttempt

__all__ = [
    "ApiKey",
    "ApiSubmission",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "ImportState",
    "NationalRecord",
    "NationalReport",
    "Owner",
    "PeopleImport",
    "PlanImport",
    "ReportKind",
    "Webhook",
    "WebhookAttempt",
]
