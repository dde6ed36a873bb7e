"""The verbs of this room. Each: access, state, one transaction, one journal entry."""

from terang.evidence.citizens.services.answering import REMARK_LENGTH, answer_survey
from terang.evidence.citizens.services.applying import apply_online, cancel_request, supply_missing
from terang.evidence.citizens.services.catalogue import (
    RequirementText,
    StepText,
    add_service,
    change_service,
    publish_pledge,
    publish_standard,
)
from terang.evidence.citizens.services.forgetting import forget_due, forget_me, set_terms
from terang.evidence.citizens.services.handling import (
    accept_request,
    attach_result,
    finish_step,
    hand_over,
    refuse_request,
    return_request,
    supply_at_counter,
    take_request,
)
from terang.evidence.citizens.services.inviting import LINK_LASTS, answered, invite_follower, renew_link
from terang.evidence.citizens.services.lapsing import lapse_due, remind_due
from terang.evidence.citizens.services.paper import PaperSlip, enter_from_paper
from terang.evidence.citizens.services.reopening import reopen_at_counter, reopen_request
from terang.evidence.citizens.services.requests import (
    Finished,
    Received,
    complete_request,
    deliver_request,
    receive_request,
    renew_keys,
)

__all__ = [
    "LINK_LASTS",
    "REMARK_LENGTH",
    "Finished",
    "PaperSlip",
    "Received",
    "RequirementText",
    "StepText",
    "accept_request",
    "add_service",
    "answer_survey",
    "answered",
    "apply_online",
    "attach_result",
    "cancel_request",
    "change_service",
    "complete_request",
    "deliver_request",
    "enter_from_paper",
    "finish_step",
    "forget_due",
    "forget_me",
    "hand_over",
    "invite_follower",
    "lapse_due",
    "publish_pledge",
    "publish_standard",
    "receive_request",
    "refuse_request",
    "remind_due",
    "renew_keys",
    "renew_link",
    "reopen_at_counter",
    "reopen_request",
    "return_request",
    "set_terms",
    "supply_at_counter",
    "supply_missing",
    "take_request",
]
