"""An objection: filed by the employee, explained by who rated, decided by the appraiser's superior (Pasal 29; Lampiran
V p. 117–119)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.alone import alone
from terang.evaluation.appraisals.access import decider_for, require_answerer, require_decider, require_employee
from terang.evaluation.appraisals.frozen import case_file
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, Objection, Outcome, Predicate, Rating
from terang.evaluation.appraisals.services.recording import held, save, tell
from terang.evaluation.appraisals.states import require_version
from terang.registry.organization.calendars import deadline_calendar, local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment
from terang.registry.people.selectors import appraiser_of, superior_of_appraiser
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.predicate import employee_predicate
from terang.rules.regulations.clocks import check_objection
from terang.web.errors import NotNow
from terang.web.numbers import longdate


@dataclass(frozen=True)
class Decision:
    """What the appraiser's superior decides. The ratings count only where the result is changed."""

    outcome: str
    reason: str
    work_result: str = ""
    behaviour: str = ""


def file_objection(*, actor: Viewer | None, appraisal: Appraisal, text: str, form_key: UUID, version: int) -> Objection:
    """Files an objection with its reasons, and freezes the case file. The same form sent twice files one.

    Raises NotAllowed, NotNow after the last day, for a final result, or where nobody is above the rater,
    ValidationError without reasons, Stale.
    """
    viewer = require_employee(actor, appraisal)
    if not text.strip():
        raise ValidationError({"text": gettext("Tulis apa yang tidak sesuai dan mengapa.")})
    with transaction.atomic():
        if known := Objection.objects.filter(form_key=form_key, appraisal=appraisal).first():
            return known
        current = held(appraisal, "object", version)
        last, due = _days(current, viewer)
        objection = Objection.objects.create(
            appraisal=current,
            text=text.strip(),
            filed_on=viewer.today,
            last_day=last,
            decision_due=due,
            decider_id=decider_for(current, viewer),
            case=case_file(current),
            form_key=form_key,
        )
        current.state = AppraisalState.OBJECTED
        save(current, "state")
        tell("objected", current, viewer)
    return objection


def _days(appraisal: Appraisal, viewer: Viewer) -> tuple[date, date]:
    assert appraisal.received_on is not None
    calendar = deadline_calendar(appraisal.employee.agency)
    check = check_objection(appraisal.received_on, viewer.today, calendar, final_result=appraisal.final_code or None)
    if check.last_day is None:
        raise NotNow(check.reason)
    if check.decision_due is None:
        told = gettext("Masa keberatan berakhir %(day)s; hasil ini tidak dapat diubah lagi lewat keberatan.")
        raise NotNow(told % {"day": longdate(check.last_day)})
    return check.last_day, check.decision_due


def pass_on_objections() -> int:
    """Gives open objections whose decider is no longer in office to the rater's appraiser of today; where the rater has
    gone too, to who stands above the employee's appraiser. Gives how many. An hourly chore.

    Where nobody is found the objection has no decider and is asked for again: the personnel agency is told
    (`duties`), and names an appraiser for the rater.
    """
    return sum(alone(_pass_on_in, agency) or 0 for agency in Agency.objects.all())


def _pass_on_in(agency: Agency) -> int:
    today = local_today(agency)
    serving = Assignment.objects.filter(in_force(today), employee=OuterRef("decider"))
    rows = Objection.objects.filter(outcome="", appraisal__employee__agency=agency).filter(~Exists(serving))
    return sum(alone(_pass_on, pk, today) or False for pk in rows.order_by("pk").values_list("pk", flat=True))


def _pass_on(pk: int, today: date) -> bool:
    with transaction.atomic():
        rows = Objection.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, outcome="")
        objection = rows.select_related("appraisal__employee", "appraisal__window__period").first()
        if objection is None:
            return False
        found = _next_decider(objection.appraisal, today)
        if found == objection.decider_id:
            return False
        objection.decider_id = found
        objection.save(update_fields=["decider"])
        tell("objection_passed_on", objection.appraisal, None)
    return True


def _next_decider(appraisal: Appraisal, today: date) -> int | None:
    near = appraiser_of(appraisal.rater_id, today) or superior_of_appraiser(appraisal.employee_id, today)
    parties = (appraisal.employee_id, appraisal.rater_id)
    return near.employee_id if near and near.employee_id not in parties else None


def answer_objection(*, actor: Viewer | None, objection: Objection, text: str, version: int) -> Objection:
    """Who rated explains the rating; may be written anew until the decision."""
    viewer = require_answerer(actor, objection.appraisal)
    if not text.strip():
        raise ValidationError({"text": gettext("Tulis penjelasan Anda.")})
    with transaction.atomic():
        current = _held(objection, version)
        current.answer, current.answered_at = text.strip(), timezone.now()
        current.version += 1
        current.save(update_fields=["answer", "answered_at", "version"])
        tell("objection_answered", current.appraisal, viewer)
    return current


def decide_objection(*, actor: Viewer | None, objection: Objection, decision: Decision, version: int) -> Objection:
    """Keeps the result, or changes it: then two new ratings, and the predicate follows from the quadrant.

    Both sides are heard first: the rater has explained, or the last day for the decision is near. Raises NotAllowed,
    NotNow, Stale, ValidationError by field.
    """
    viewer = require_decider(actor, objection.appraisal)
    _require_whole(decision)
    with transaction.atomic():
        current = _held(objection, version)
        appraisal = current.appraisal
        if current.answered_at is None and viewer.today < current.decision_due:
            told = gettext("Dengarkan dahulu penilainya: penjelasannya belum ada. Tanpa penjelasan, putuskan %(day)s.")
            raise NotNow(told % {"day": longdate(current.decision_due)})
        if decision.outcome == Outcome.CHANGED:
            _change(current, decision)
        current.outcome, current.reason = decision.outcome, decision.reason.strip()
        current.decided_by, current.decided_on = viewer.employee, viewer.today
        current.version += 1
        current.save()
        appraisal.state, appraisal.finished_on = AppraisalState.FINAL, viewer.today
        save(appraisal, "state", "finished_on")
        after = current.predicate or appraisal.handed.predicate
        told_changes = {"outcome": current.outcome, "predicate": [appraisal.handed.predicate, after]}
        tell("objection_decided", appraisal, viewer, told_changes)
    return current


def _require_whole(decision: Decision) -> None:
    missing = {}
    if decision.outcome not in Outcome.values:
        missing["outcome"] = gettext("Pilih putusan.")
    if not decision.reason.strip():
        missing["reason"] = gettext("Tulis pertimbangan Anda; kedua pihak membacanya.")
    if decision.outcome == Outcome.CHANGED:
        for name in ("work_result", "behaviour"):
            if getattr(decision, name) not in Rating.values:
                missing[name] = gettext("Pilih satu rating.")
    if missing:
        raise ValidationError(missing)


def _change(objection: Objection, decision: Decision) -> None:
    appraisal = objection.appraisal
    handed = appraisal.handed
    if (decision.work_result, decision.behaviour) == (handed.work_result, handed.behaviour):
        raise ValidationError({"outcome": gettext("Kedua rating sama dengan semula. Pilih “Hasil tetap”.")})
    derived = employee_predicate(
        decision.work_result,
        decision.behaviour,
        organisation=appraisal.organisation,
        on=appraisal.window.closes_on,
    )
    objection.work_result, objection.behaviour = decision.work_result, decision.behaviour
    objection.predicate = Predicate(derived.predicate)


def _held(objection: Objection, version: int) -> Objection:
    current = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    require_version(current, version)
    current.appraisal = held(objection.appraisal, "answer", objection.appraisal.version)
    return current
