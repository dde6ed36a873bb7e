"""Verbs that change goals, indicators, readings and agreements: keyword-only, one transaction, one journal entry each.

Wrong input raises Django's ValidationError with messages by field; `version` is that of the row a page was drawn from.
"""

from terang.planning.goals.services.agreements import record_signing, sign_agreement
from terang.planning.goals.services.filling import fill_goals
from terang.planning.goals.services.goals import add_goal, change_goal, retire_goal
from terang.planning.goals.services.indicators import add_indicator, change_indicator, retire_indicator, set_target
from terang.planning.goals.services.readings import report_reading

__all__ = [
    "add_goal",
    "add_indicator",
    "change_goal",
    "change_indicator",
    "fill_goals",
    "record_signing",
    "report_reading",
    "retire_goal",
    "retire_indicator",
    "set_target",
    "sign_agreement",
]
