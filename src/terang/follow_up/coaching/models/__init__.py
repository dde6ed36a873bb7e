"""Guidance (coaching and mentoring), what is said of it afterwards, reports of behaviour, and counselling."""

from terang.follow_up.coaching.models.behaviour import BehaviourReport, Counsellor, CounsellorKind, ReportState
from terang.follow_up.coaching.models.counselling import Counselling, CounsellingTally
from terang.follow_up.coaching.models.guidance import (
    ENDED,
    CompetenceReview,
    Guidance,
    GuidanceFeedback,
    GuidanceKind,
    GuidanceSession,
    GuidanceState,
    GuidanceStep,
    SessionState,
)

__all__ = [
    "ENDED",
    "BehaviourReport",
    "CompetenceReview",
    "Counselling",
    "CounsellingTally",
    "Counsellor",
    "CounsellorKind",
    "Guidance",
    "GuidanceFeedback",
    "GuidanceKind",
    "GuidanceSession",
    "GuidanceState",
    "GuidanceStep",
    "ReportState",
    "SessionState",
]
