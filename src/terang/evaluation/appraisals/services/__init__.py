"""The verbs of this room. Each: access, state, one transaction, one journal entry."""

from terang.evaluation.appraisals.services.handing import (
    accept_appraisal,
    hand_over,
    receive_appraisal,
    settle_silence,
)
from terang.evaluation.appraisals.services.objections import (
    Decision,
    answer_objection,
    decide_objection,
    file_objection,
)
from terang.evaluation.appraisals.services.rating import Marks, decide_appraisal, reopen_appraisal, save_appraisal
from terang.evaluation.appraisals.services.windows import Days, move_window, open_window, set_organisations

__all__ = [
    "Days",
    "Decision",
    "Marks",
    "accept_appraisal",
    "answer_objection",
    "decide_appraisal",
    "decide_objection",
    "file_objection",
    "hand_over",
    "move_window",
    "open_window",
    "receive_appraisal",
    "reopen_appraisal",
    "save_appraisal",
    "set_organisations",
    "settle_silence",
]
