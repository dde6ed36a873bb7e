"""What goes in and out: imports from spreadsheets, programs that may send reports (Open311), programs that are told."""

from terang.interchange.models.imports import ImportState, PeopleImport, PlanImport
from terang.interchange.models.keys import ApiKey, ApiSubmission
from terang.interchange.models.webhooks import Webhook, WebhookAttempt

__all__ = ["ApiKey", "ApiSubmission", "ImportState", "PeopleImport", "PlanImport", "Webhook", "WebhookAttempt"]
