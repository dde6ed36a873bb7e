"""What goes in and out: imports from spreadsheets, programs that may send reports (Open311), programs that are told,
programs that act for an employee, and what the national system says."""

from terang.interchange.models.applications import Application, KeptAnswer
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
    "Application",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "ImportState",
    "KeptAnswer",
    "NationalRecord",
    "NationalReport",
    "Owner",
    "PeopleImport",
    "PlanImport",
    "ReportKind",
    "Webhook",
    "WebhookAttempt",
]
