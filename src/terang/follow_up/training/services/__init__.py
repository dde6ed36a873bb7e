"""The verbs of training. Each checks who and when, changes in one transaction, and writes the journal."""

from terang.follow_up.training.services.attending import finish_session, keep_roster
from terang.follow_up.training.services.catalogue import CourseWords, add_course, change_course, withdraw_course
from terang.follow_up.training.services.declaring import (
    Learned,
    answer_training,
    contest_training,
    declare_training,
    return_declared,
    verify,
)
from terang.follow_up.training.services.enrolling import enrol, invite, leave, refuse_invitation
from terang.follow_up.training.services.importing import apply_sheet, upload_sheet, verify_sheet
from terang.follow_up.training.services.planning import Wish, agree_item, decline_item, propose_item, withdraw_item
from terang.follow_up.training.services.sessions import Schedule, cancel_session, change_session, schedule_session
from terang.follow_up.training.services.testing import begin_test, current_test, hand_in, keep_answers, write_test

__all__ = [
    "CourseWords",
    "Learned",
    "Schedule",
    "Wish",
    "add_course",
    "agree_item",
    "answer_training",
    "apply_sheet",
    "begin_test",
    "cancel_session",
    "change_course",
    "change_session",
    "contest_training",
    "current_test",
    "declare_training",
    "decline_item",
    "enrol",
    "finish_session",
    "hand_in",
    "invite",
    "keep_answers",
    "keep_roster",
    "leave",
    "propose_item",
    "refuse_invitation",
    "return_declared",
    "schedule_session",
    "upload_sheet",
    "verify",
    "verify_sheet",
    "withdraw_course",
    "withdraw_item",
    "write_test",
]
