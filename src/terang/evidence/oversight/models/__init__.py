"""What overseers saw."""

from terang.evidence.oversight.models.checklists import CaseDraw, CaseFollowed, ChecklistItem
from terang.evidence.oversight.models.missions import Mission, MissionState, MissionUnit
from terang.evidence.oversight.models.photos import CheckArrival, CheckPhoto
from terang.evidence.oversight.models.roster import RosterLine
from terang.evidence.oversight.models.visits import USUAL_REPLY_DAYS, CheckState, Inspection, InspectionCheck

__all__ = [
    "USUAL_REPLY_DAYS",
    "CaseDraw",
    "CaseFollowed",
    "CheckArrival",
    "CheckPhoto",
    "CheckState",
    "ChecklistItem",
    "Inspection",
    "InspectionCheck",
    "Mission",
    "MissionState",
    "MissionUnit",
    "RosterLine",
]
