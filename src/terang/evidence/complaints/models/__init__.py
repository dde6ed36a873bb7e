"""Complaints by subject: categories and terms; the complaint, its talk and photos; its reporter; reminders of it."""

from terang.evidence.complaints.models.complaint import (
    CHECKS,
    CITIZEN_WAITS,
    ENDED,
    GOES_ALONG,
    WITH_UNIT,
    WITH_VERIFIER,
    Channel,
    ClosedBy,
    Complaint,
    ComplaintMessage,
    ComplaintPhoto,
    ComplaintState,
    MessageKind,
    Speaker,
)
from terang.evidence.complaints.models.due import AnswerDue
from terang.evidence.complaints.models.escalation import Escalation, EscalationStep
from terang.evidence.complaints.models.publishing import TakenBack
from terang.evidence.complaints.models.reporter import Disclosure, Reporter
from terang.evidence.complaints.models.terms import ComplaintCategory, ComplaintClass, ComplaintTerms

__all__ = [
    "CHECKS",
    "CITIZEN_WAITS",
    "ENDED",
    "GOES_ALONG",
    "WITH_UNIT",
    "WITH_VERIFIER",
    "AnswerDue",
    "Channel",
    "ClosedBy",
    "Complaint",
    "ComplaintCategory",
    "ComplaintClass",
    "ComplaintMessage",
    "ComplaintPhoto",
    "ComplaintState",
    "ComplaintTerms",
    "Disclosure",
    "Escalation",
    "EscalationStep",
    "MessageKind",
    "Reporter",
    "Speaker",
    "TakenBack",
]
