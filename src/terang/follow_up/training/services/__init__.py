"""The verbs of training. Each checks who and when, changes in one transaction, and writes the journal."""

from terang.follow_up.training.services.attending import finish_session, keep_roster
from terang.follow_up.training.services.catalogue import CourseWords, add_course, change_course, withdraw_course
from terang.follow_up.training.services.enrolling import enrol, invite, leave, refuse_invitation
from terang.follow_up.training.services.planning import Wish, agree_item, decline_item, propose_item, withdraw_item
from terang.follow_up.training.services.sessions import Schedule, cancel_session, change_session, schedule_session

__all__ = [
    "CourseWords",
    "Schedule",
    "Wish",
    "add_course",
    "agree_item",
    "cancel_session",
    "change_course",
    "change_session",
    "decline_item",
    "enrol",
    "finish_session",
    "invite",
    "keep_roster",
    "leave",
    "propose_item",
    "refuse_invitation",
    "schedule_session",
    "withdraw_course",
    "withdraw_item",
]
