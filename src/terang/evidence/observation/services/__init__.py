"""The verbs of this room. Each: access, state, one transaction, one journal entry, in which no mark and no word
stands."""

from terang.evidence.observation.services.agreeing import (
    Prepared,
    agree_observation,
    cancel_observation,
    prepare_observation,
    reschedule_observation,
)
from terang.evidence.observation.services.deciding import (
    contest_observation,
    renew_observation,
    replace_observer,
    uncontest_observation,
    withdraw_observation,
)
from terang.evidence.observation.services.keeping import Wanted, set_instrument
from terang.evidence.observation.services.marking import Noted, give_sheet, save_sheet, settle_marks
from terang.evidence.observation.services.planning import Planned, follow_observation, plan_observation
from terang.evidence.observation.services.telling import (
    Told,
    accept_observation,
    reflect_observation,
    reply_observation,
    tell_observation,
)

__all__ = [
    "Noted",
    "Planned",
    "Prepared",
    "Told",
    "Wanted",
    "accept_observation",
    "agree_observation",
    "cancel_observation",
    "contest_observation",
    "follow_observation",
    "give_sheet",
    "plan_observation",
    "prepare_observation",
    "reflect_observation",
    "renew_observation",
    "replace_observer",
    "reply_observation",
    "reschedule_observation",
    "save_sheet",
    "set_instrument",
    "settle_marks",
    "tell_observation",
    "uncontest_observation",
    "withdraw_observation",
]
