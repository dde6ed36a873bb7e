"""Which entries of the journal are news to the person they are about, in groups a person may silence.

Nothing is stored twice: the page, the mark in the menu and the letters read the journal. An entry whose minute would
name a citizen or a colleague (`audit.secrecy`) is news from the next day on, and never sets the mark.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.audit.models import JournalEntry


@dataclass(frozen=True)
class Group:
    """`place` names the address that shows its records; `own` groups also tell what the person did themselves."""

    code: str
    label: str | Promise
    place: str
    verbs: tuple[str, ...]
    own: bool = False


GROUPS = (
    Group(
        "kegiatan",
        _("Kegiatan dan laporan"),
        "work:entries",
        (
            "work.entry_accepted",
            "work.entry_returned",
            "reports.report_rated",
            "reports.report_returned",
            "reports.report_looked_at_again",
        ),
    ),
    Group(
        "rencana",
        _("SKP"),
        "plans:own",
        ("plans.plan_given", "plans.plan_agreed", "plans.plan_discussed", "plans.plan_commented"),
    ),
    Group(
        "evaluasi",
        _("Evaluasi dan keberatan"),
        "appraisals:mine",
        (
            "appraisals.handed_over",
            "appraisals.carry_proposed",
            "appraisals.objection_answered",
            "appraisals.objection_decided",
            "appraisals.objection_passed_on",
            "appraisals.settled",
            "credit.decided",
            "credit.decision_withdrawn",
            "credit.grant_recorded",
            "credit.grant_withdrawn",
        ),
    ),
    Group(
        "umpan_balik",
        _("Umpan balik dan observasi"),
        "dialogue:mine",
        (
            "dialogue.feedback_given",
            "dialogue.talk_called",
            "dialogue.talk_cancelled",
            "dialogue.talk_told",
            "observation.planned",
            "observation.rescheduled",
            "observation.cancelled",
            "observation.told",
        ),
    ),
    Group(
        "kehadiran",
        _("Kehadiran dan cuti"),
        "attendance:month",
        (
            "attendance.leave_approved",
            "attendance.leave_changed",
            "attendance.leave_postponed",
            "attendance.leave_refused",
            "attendance.dispute_accepted",
            "attendance.dispute_refused",
            "attendance.web_punch_accepted",
            "attendance.web_punch_refused",
            "attendance.duty_recorded",
            "attendance.duty_cancelled",
        ),
    ),
    Group(
        "tindak_lanjut",
        _("Tindak lanjut"),
        "growth:mine",
        (
            "growth.due_opened",
            "growth.due_dropped",
            "growth.plan_proposed",
            "growth.measured_again",
            "growth.action_extended",
            "growth.action_concluded",
            "growth.action_dropped",
            "growth.case_proposed",
            "growth.case_begun",
            "growth.case_extended",
            "growth.case_evaluated",
            "growth.case_passed_on",
            "growth.check_written",
            "growth.step_prepared",
            "growth.step_decided",
        ),
    ),
    Group(
        "bimbingan",
        _("Bimbingan"),
        "coaching:mine",
        (
            "coaching.opened",
            "coaching.accepted",
            "coaching.declined",
            "coaching.session_proposed",
            "coaching.session_agreed",
            "coaching.session_moved",
            "coaching.session_cancelled",
            "coaching.session_written",
            "coaching.session_near",
            "coaching.concluded",
            "coaching.differed",
            "coaching.ended",
            "coaching.reviewed",
            "coaching.behaviour_reported",
            "coaching.behaviour_replied",
            "coaching.behaviour_answered",
        ),
    ),
    Group(
        "pelatihan",
        _("Pelatihan"),
        "training:mine",
        (
            "training.invited",
            "training.item_proposed",
            "training.item_agreed",
            "training.item_declined",
            "training.moved_up",
            "training.completed",
            "training.not_completed",
            "training.no_seat",
            "training.called_off",
            "training.imported",
            "training.verified",
            "training.declared_returned",
            "training.training_upheld",
            "training.training_withdrawn",
        ),
    ),
    Group(
        "karier",
        _("Karier"),
        "career:mine",
        (
            "career.confirmed",
            "career.decided",
            "career.declared",
            "career.pool_decided",
            "career.pool_told",
            "career.proposed",
            "career.refused",
            "career.sent_back",
            "career.upheld",
            "career.withdrawn",
        ),
    ),
    Group(
        "penghargaan",
        _("Penghargaan"),
        "awards:mine",
        ("awards.praised", "awards.nominated", "awards.awarded", "awards.bonus_given"),
    ),
    Group(
        "tunjangan",
        _("Tunjangan"),
        "allowance:mine",
        (
            "allowance.arrears_decided",
            "allowance.arrears_found",
            "allowance.dispute_decided",
            "allowance.late_pay_found",
            "allowance.slip_postponed",
        ),
    ),
    Group(
        "kepegawaian",
        _("Jabatan dan peran"),
        "plans:own",
        (
            "people.assignment_started",
            "people.assignment_ended",
            "people.employee_moved",
            "people.employee_changed",
            "people.appraiser_set",
            "people.appraiser_ended",
            "people.role_granted",
            "people.role_ended",
        ),
    ),
    Group(
        "akun",
        pgettext_lazy("kabar", "Keamanan akun"),
        "accounts:profile",
        (
            "accounts.password_changed",
            "accounts.email_changed",
            "accounts.factor_added",
            "accounts.factor_removed",
            "accounts.recovery_codes_renewed",
            "accounts.recovery_code_issued",
            "interchange.application_lent",
            "interchange.application_revoked",
        ),
        own=True,
    ),
)
"""In the order in which a person chooses. What waits for an answer stands on the first page, not here alone."""
GROUP_OF = {verb: group for group in GROUPS for verb in group.verbs}
VERBS = tuple(GROUP_OF)
OWN_VERBS = tuple(verb for group in GROUPS if group.own for verb in group.verbs)


def codes() -> list[tuple[str, str | Promise]]:
    """Groups as choices of a form."""
    return [(group.code, group.label) for group in GROUPS]


def verbs_without(silent: Collection[str]) -> list[str]:
    """The verbs of the groups that are not silenced."""
    return [verb for verb, group in GROUP_OF.items() if group.code not in silent]


def address(entry: JournalEntry) -> str:
    """Where the record behind an entry opens: its own page, else the place of its group. No query."""
    return _page_of(entry.object_type, entry.object_id) or reverse(GROUP_OF[entry.verb].place)


def _page_of(object_type: str, object_id: int | None) -> str:
    """The page of a record whose address needs no more than its number; empty where there is none."""
    if not object_type or object_id is None:
        return ""
    try:
        row: Any = apps.get_model(object_type)(pk=object_id)
        return str(row.get_absolute_url())
    except (LookupError, AttributeError, NoReverseMatch):
        return ""
