"""The dialogue about a plan: submit, withdraw, comment, discuss, agree (PermenPANRB 6/2022 Pasal 7 and 14)."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.planning.plans.access import require_answer, require_partner, require_planner, require_writer
from terang.planning.plans.models import PlanComment, PlanningTerms, PlanVersion, VersionState
from terang.planning.plans.placement import shaped_for
from terang.planning.plans.services.locking import held, locked, moved, tell
from terang.planning.plans.services.settling import settle
from terang.planning.plans.setting import setting_of
from terang.planning.plans.states import MOVES, require_move
from terang.planning.plans.years import plan_due
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.plans import as_json, from_json
from terang.rules.plans.checks import errors, open_assignments
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.working_days import deadline
from terang.web.errors import NotNow


def submit(*, actor: Viewer, version: PlanVersion, seen: int) -> PlanVersion:
    """The person hands the plan to the appraiser, who has the government's working days to answer.

    Raises NotNow while the plan has errors (`rules.plans.checks`), Stale for an older page. Where the post's kind was
    corrected since, the plan first takes the post's form, which can show errors that were none before.
    """
    require_writer(actor, version.plan.employee)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "submit")
        before = from_json(current.document)
        document = shaped_for(before, current.plan.post)
        current.document = as_json(document)
        if not errors(document, setting_of(current.plan)):
            current.state, current.submitted_at = MOVES["submit"].target, timezone.now()
            current.answer_due = next_due(current, actor.today)
            current.first_due = current.first_due or current.answer_due
            fields = ["document", "state", "submitted_at", "answer_due", "first_due"]
            return moved(current, "plan_submitted", actor, fields)
        if document != before:
            moved(current, "plan_written", actor, ["document"], changed="form")
    raise NotNow(gettext("Rencana ini belum lengkap. Perbaiki dahulu catatan yang ditandai."))


def next_due(version: PlanVersion, today: date) -> date:
    """The last day for an answer to this version if it is handed in today. What was given back and comes again gets new
    days, but all in all no more than one term after the first last day, so that giving back never keeps the superior
    out for long; the day itself is always left. Three queries, or six."""
    agency = version.plan.employee.agency
    found = answer_due(agency, today)
    if version.first_due is None:
        return found
    return max(today, min(found, answer_due(agency, version.first_due, january=False)))


def answer_due(agency: Agency, today: date, *, january: bool = True) -> date:
    """The last working day for an answer to what is submitted today, by the government's terms; in January no later
    than its end, because from 1 February on the superior may answer (Lampiran II.C.5 p. 65); without `january` the days
    alone count. Three queries."""
    terms = PlanningTerms.objects.filter(agency=agency, valid_from__lte=today).first()
    days = terms.answer_days if terms else rule_set("planning", today).values["answer_days"]
    found, end = deadline(today, days, deadline_calendar(agency)), plan_due(today)
    return min(found, end) if january and today <= end else found


def withdraw(*, actor: Viewer, version: PlanVersion, seen: int) -> PlanVersion:
    """The person takes the plan back to go on writing."""
    require_planner(actor, version.plan.employee)
    with transaction.atomic():
        current = locked(version, seen)
        require_move(current, "withdraw")
        unsubmit(current)
        return moved(current, "plan_withdrawn", actor, UNSUBMITTED)


UNSUBMITTED = ["state", "submitted_at", "answer_due", "first_due"]


def unsubmit(version: PlanVersion) -> None:
    """Makes a draft of it again, as if it had never been handed in (`UNSUBMITTED` names the fields; unsaved)."""
    version.state = VersionState.DRAFT
    version.submitted_at = version.answer_due = version.first_due = None


def comment(*, actor: Viewer, version: PlanVersion, row_key: str, text: str, form_key: uuid.UUID) -> PlanComment:
    """A word about a row or the whole plan; the same form twice is one comment. What the person says about a plan that
    lies before the appraiser makes the appraiser's page stale: nobody agrees past it.

    Raises NotNow where the version is no longer talked about.
    """
    require_partner(actor, version)
    with transaction.atomic():
        version = held(version)
        known = PlanComment.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        require_move(version, "comment")
        row = PlanComment.objects.create(
            plan_version=version,
            row_key=row_key,
            author=actor.employee,
            text=text,
            written_at=timezone.now(),
            form_key=form_key,
        )
        own = actor.employee.pk == version.plan.employee_id
        if own and version.state == VersionState.SUBMITTED:
            moved(version, "plan_commented", actor, [], row=row_key)
        else:
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
    return agree_as(require_answer(actor, version), actor=actor, version=version, seen=seen)


def agree_as(instead: bool, *, actor: Viewer, version: PlanVersion, seen: int) -> PlanVersion:
    """As `agree`, for an actor who is known to be the appraiser today, or the superior answering `instead`."""
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
