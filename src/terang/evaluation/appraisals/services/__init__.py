"""The verbs of this room. Each: access, state, one transaction, one journal entry."""

from terang.evaluation.appraisals.services.carrying import answer_carry, propose_carry
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
    pass_on_objections,
)
from terang.evaluation.appraisals.services.rating import Marks, decide_appraisal, reopen_appraisal, save_appraisal
from terang.evaluation.appraisals.services.reminding import remind_owner
from terang.evaluation.appraisals.services.windows import (
    Days,
    drop_unit_days,
    move_window,
    open_window,
    set_organisations,
    set_unit_days,
)
from terang.evaluation.appraisals.services.year import (
    Pattern,
    compute_open_windows,
    open_year,
    pattern_of,
    planned_windows,
)

__all__ = [
    "Days",
    "Decision",
    "Marks",
    "Pattern",
    "accept_appraisal",
    "answer_carry",
    "answer_objection",
    "compute_open_windows",
    "decide_appraisal",
    "decide_objection",
    "drop_unit_days",
    "file_objection",
    "hand_over",
    "move_window",
    "open_window",
    "open_year",
    "pass_on_objections",
    "pattern_of",
    "planned_windows",
    "propose_carry",
    "receive_appraisal",
    "remind_owner",
    "reopen_appraisal",
    "save_appraisal",
    "set_organisations",
    "set_unit_days",
    "settle_silence",
]
