"""The verbs of this room. Each: access, state, one transaction, one journal entry, in which no word of a point
stands."""

from terang.evidence.oversight.services.cases import Compared, draw_cases, note_case, open_case
from terang.evidence.oversight.services.checklists import Written, add_checklist, add_item, end_item
from terang.evidence.oversight.services.missions import (
    Brief,
    cancel_mission,
    draw_mission,
    freeze_mission,
    list_units,
    prepare_mission,
    revise_mission,
    set_risk,
)
from terang.evidence.oversight.services.points import (
    Seen,
    add_check,
    confirm_check,
    mend_check,
    reply_check,
    verify_check,
    withdraw_check,
)
from terang.evidence.oversight.services.roster import Marked, save_roster
from terang.evidence.oversight.services.visits import open_inspection, visit_unit

__all__ = [
    "Brief",
    "Compared",
    "Marked",
    "Seen",
    "Written",
    "add_check",
    "add_checklist",
    "add_item",
    "cancel_mission",
    "confirm_check",
    "draw_cases",
    "draw_mission",
    "end_item",
    "freeze_mission",
    "list_units",
    "mend_check",
    "note_case",
    "open_case",
    "open_inspection",
    "prepare_mission",
    "reply_check",
    "revise_mission",
    "save_roster",
    "set_risk",
    "verify_check",
    "visit_unit",
    "withdraw_check",
]
