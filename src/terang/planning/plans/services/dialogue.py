"""The dialogue about a plan: submit, withdraw, comment, discuss, agree (PermenPANRB 6/2022 Pasal 7 and 14)."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.planning.plans.access import require_answer, require_partner, require_planner
from terang.planning.plans.models import PlanComment, PlanningTerms, PlanVersion, VersionState
from terang.planning.plans.services.locking import locked, moved, tell
from terang.planning.plans.services.settling import settle
from terang.planning.plans.setting import setting_of
from terang.planning.plans.states import MOVES, require_move
from terang.planning.plans.years import plan_due
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.plans import from_json
from terang.rules.plans.checks import errors, open_assignments
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.working_days import deadline
from terang.web.errors import NotNow


def submit(*, actor: Viewer, version: PlanVersion, seen: int) -> PlanVersion:
    """The person hands the plan to the appraiser, who has the government's working days to answer.

    Raises NotNow while the plan has errors (`rules.plans.checks`), Stale for an older page.
    """
    require_planner(actor, version.plan.employee)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "submit")
        if errors(from_json(current.document), setting_of(current.plan)):
            raise NotNow(gettext("Rencana ini belum lengkap. Perbaiki dahulu catatan yang ditandai."))
        current.state = MOVES["submit"].target
        current.submitted_at = timezone.now()
        current.answer_due = answer_due(current.plan.employee.agency, actor.today)
        return moved(current, "plan_submitted", actor, ["state", "submitted_at", "answer_due"])


def answer_due(agency: Agency, today: date) -> date:
    """The last working day for an answer to what is submitted today, by the government's terms; in January no later
    than its end, because from 1 February on the superior may answer (Lampiran II.C.5 p. 65). Three queries."""
    terms = PlanningTerms.objects.filter(agency=agency, valid_from__lte=today).first()
    days = terms.answer_days if terms else rule_set("planning", today).values["answer_days"]
    found, end = deadline(today, days, deadline_calendar(agency)), plan_due(today)
    return min(found, end) if today <= end else found


def withdraw(*, actor: Viewer, version: PlanVersion, seen: int) -> PlanVersion:
    """The person takes the plan back to go on writing."""
    require_planner(actor, version.plan.employee)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "withdraw")
        current.state, current.submitted_at, current.answer_due = MOVES["withdraw"].target, None, None
        return moved(current, "plan_withdrawn", actor, ["state", "submitted_at", "answer_due"])


def comment(*, actor: Viewer, version: PlanVersion, row_key: str, text: str, form_key: uuid.UUID) -> PlanComment:
    """A word about a row or the whole plan; the same form twice is one comment."""
    require_partner(actor, version)
    with transaction.atomic():
        require_move(version, "comment")
        row, new = PlanComment.objects.get_or_create(
            form_key=form_key,
            defaults={
                "plan_version": version,
                "row_key": row_key,
                "author": actor.employee,
                "text": text,
                "written_at": timezone.now(),
            },
        )
        if new:
            tell(version, "plan_commented", actor, {"row": row_key})
    return row


def discuss(*, actor: Viewer, version: PlanVersion, seen: int) -> PlanVersion:
    """The appraiser gives the plan back to be talked about; at least one comment says what about."""
    require_answer(actor, version)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "discuss")
        if not current.comments.filter(author=actor.employee, written_at__gte=current.submitted_at).exists():
            raise NotNow(gettext("Tulis dahulu sekurang-kurangnya satu komentar: apa yang perlu dibahas."))
        current.state = MOVES["discuss"].target
        return moved(current, "plan_discussed", actor, ["state"])


def agree(*, actor: Viewer, version: PlanVersion, seen: int) -> PlanVersion:
    """The appraiser agrees (the superior where the answer is late); the wording becomes rows that evidence can prove.

    Raises NotNow for another state and where an assignment by another leader still waits for approval.
    """
    instead = require_answer(actor, version)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "agree")
        document = from_json(current.document)
        if errors(document, setting_of(current.plan)):
            raise NotNow(gettext("Rencana ini belum lengkap. Kembalikan untuk dibahas, dengan komentar."))
        if open_assignments(document):
            raise NotNow(gettext("Setujui atau tolak dahulu penugasan dari pimpinan lain dalam rencana ini."))
        current.state, current.instead, current.agreed_by = VersionState.AGREED, instead, actor.employee
        current.agreed_at = timezone.now()
        settle(current, document, actor.today)
        fields = ["state", "instead", "agreed_by", "agreed_at", "digest"]
        return moved(current, "plan_agreed", actor, fields, day=actor.today.isoformat())
