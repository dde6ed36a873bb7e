"""Training by subject: the catalogue, development plans, sessions with their people, and what was done."""

from terang.follow_up.training.models.catalogue import Course, CourseAim, CourseKind, Form
from terang.follow_up.training.models.plans import PlanItem, PlanState
from terang.follow_up.training.models.records import TrainingRecord
from terang.follow_up.training.models.sessions import (
    ON_THE_LIST,
    Enrolment,
    EnrolmentState,
    Presence,
    SessionDay,
    SessionState,
    TrainingSession,
)

__all__ = [
    "ON_THE_LIST",
    "Course",
    "CourseAim",
    "CourseKind",
    "Enrolment",
    "EnrolmentState",
    "Form",
    "PlanItem",
    "PlanState",
    "Presence",
    "SessionDay",
    "SessionState",
    "TrainingRecord",
    "TrainingSession",
]
