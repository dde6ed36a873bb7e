"""Training by subject: the catalogue, development plans, sessions with their people,
tests before and after, what was done, and what is declared to have been done."""

from terang.follow_up.training.models.catalogue import Course, CourseAim, CourseKind, Form
from terang.follow_up.training.models.declared import STANDING, DeclaredState, DeclaredTraining, TrainingSheet
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
from terang.follow_up.training.models.testing import Attempt, CourseTest, Phase

__all__ = [
    "ON_THE_LIST",
    "STANDING",
    "Attempt",
    "Course",
    "CourseAim",
    "CourseKind",
    "CourseTest",
    "DeclaredState",
    "DeclaredTraining",
    "Enrolment",
    "EnrolmentState",
    "Form",
    "Phase",
    "PlanItem",
    "PlanState",
    "Presence",
    "SessionDay",
    "SessionState",
    "TrainingRecord",
    "TrainingSession",
    "TrainingSheet",
]
