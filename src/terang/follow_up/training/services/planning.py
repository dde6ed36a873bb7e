"""The development plan: one proposes, the other answers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.follow_up.training.access import require_answerer, require_own_proposal, require_proposer
from terang.follow_up.training.models import Course, PlanItem, PlanState
from terang.follow_up.training.needs import frozen, need_for
from terang.follow_up.training.services.recording import tell
from terang.follow_up.training.states import require_offered, require_unanswered, require_version
from terang.registry.people.access import require_agency
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

OPEN = (PlanState.PROPOSED, PlanState.AGREED)


@dataclass(frozen=True)
class Wish:
    """What is proposed: a course until a day, and why."""

    course: Course
    due_on: date
    reason: str


def propose_item(*, actor: Viewer | None, employee: Employee, wish: Wish, form_key: UUID) -> PlanItem:
    """The person or their appraiser proposes a course; the weak place that advises it is kept with it. The same form
    sent twice proposes once.

    Raises NotAllowed, NotNow where the course is in the plan or no longer offered, ValidationError by field.
    """
    viewer = require_proposer(actor, employee)
    require_agency(viewer, wish.course.agency_id)
    _require_sense(wish, viewer.today)
    with transaction.atomic():
        if known := PlanItem.objects.filter(form_key=form_key, employee=employee).first():
            return known
        require_offered(Course.objects.select_for_update().get(pk=wish.course.pk))
        if PlanItem.objects.filter(employee=employee, course=wish.course, state__in=OPEN).exists():
            raise NotNow(gettext("Pelatihan ini sudah ada dalam rencana."))
        item = PlanItem.objects.create(
            employee=employee,
            course=wish.course,
            due_on=wish.due_on,
            reason=wish.reason.strip(),
            need=frozen(need_for(employee, wish.course, viewer.today)),
            proposed_by=viewer.employee,
            proposed_on=viewer.today,
            form_key=form_key,
        )
        tell("item_proposed", item, viewer, subject=employee, changes={"course": wish.course.pk})
    return item


def _require_sense(wish: Wish, today: date) -> None:
    missing = {}
    if not wish.reason.strip():
        missing["reason"] = gettext("Tulis alasannya; orang kedua membacanya sebelum menjawab.")
    if wish.due_on <= today:
        missing["due_on"] = gettext("Pilih hari sesudah hari ini.")
    if missing:
        raise ValidationError(missing)


def agree_item(*, actor: Viewer | None, item: PlanItem, word: str, version: int) -> PlanItem:
    """The second key. Sent twice by the same person it is done once. Raises NotAllowed, NotNow, Stale."""
    return _answer(actor, item, PlanState.AGREED, word, version)


def decline_item(*, actor: Viewer | None, item: PlanItem, word: str, version: int) -> PlanItem:
    """The other does not agree, and says why. Raises NotAllowed, NotNow, Stale, ValidationError without a word."""
    require_answerer(actor, item)
    if not word.strip():
        raise ValidationError({"word": gettext("Tulis mengapa belum dapat disetujui, dan apa yang dapat dilakukan.")})
    return _answer(actor, item, PlanState.DECLINED, word, version)


def _answer(actor: Viewer | None, item: PlanItem, state: PlanState, word: str, version: int) -> PlanItem:
    viewer = require_answerer(actor, item)
    with transaction.atomic():
        held = _held(item)
        if held.state == state and held.answered_by_id == viewer.employee.pk:
            return held
        require_unanswered(held)
        require_version(held, version)
        held.state, held.word = state, word.strip()
        held.answered_by, held.answered_on = viewer.employee, viewer.today
        held.version += 1
        held.save()
        verb = "item_agreed" if state == PlanState.AGREED else "item_declined"
        tell(verb, held, viewer, subject=held.employee)
    return held


def withdraw_item(*, actor: Viewer | None, item: PlanItem, version: int) -> PlanItem:
    """Who proposed takes it back while nobody has answered. Twice is as good as once. Raises NotAllowed, NotNow."""
    viewer = require_own_proposal(actor, item)
    with transaction.atomic():
        held = _held(item)
        if held.state == PlanState.WITHDRAWN:
            return held
        require_unanswered(held)
        require_version(held, version)
        held.state = PlanState.WITHDRAWN
        held.version += 1
        held.save()
        tell("item_withdrawn", held, viewer, subject=held.employee)
    return held


def _held(item: PlanItem) -> PlanItem:
    rows = PlanItem.objects.select_for_update(of=("self",)).select_related("employee", "course")
    return rows.get(pk=item.pk)
