"""What overseers saw."""

from terang.evidence.oversight.models.photos import CheckArrival, CheckPhoto
from terang.evidence.oversight.models.visits import USUAL_REPLY_DAYS, CheckState, Inspection, InspectionCheck

__all__ = ["USUAL_REPLY_DAYS", "CheckArrival", "CheckPhoto", "CheckState", "Inspection", "InspectionCheck"]
