"""What comes in from elsewhere: imports from spreadsheets, and the programs that may send reports (Open311)."""

from terang.interchange.models.imports import ImportState, PeopleImport, PlanImport
from terang.interchange.models.keys import ApiKey, ApiSubmission

__all__ = ["ApiKey", "ApiSubmission", "ImportState", "PeopleImport", "PlanImport"]
