"""Who moved may keep the result of the period before, of the old unit, where appraiser and employee agree; never in the
evaluation of a year (PermenPANRB 6/2022 Lampiran IV.A.13 p. 91)."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from terang.evaluation.appraisals.access import require_employee, require_rater
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, CarryAnswer, CarryOver, RatingWindow
from terang.evaluation.appraisals.selectors import earlier_result
from terang.evaluation.appraisals.services.rating import draft_of, require_days, seat_at
from terang.evaluation.appraisals.services.recording import held, tell
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def propose_carry(
    *, actor: Viewer | None, window: RatingWindow, employee: Employee, form_key: UUID, version: int
) -> CarryOver:
    """The rater proposes the earlier result; the employee is asked. Proposed already it is what there is.

    Raises NotAllowed; NotNow outside the days, once decided, and where there is no earlier result of another unit;
    Stale.
    """
    seat = require_rater(actor, window, employee)
    assert actor is not None
    require_days(window, actor, seat.post.post.unit)
    earlier = earlier_result(employee.pk, seat.post.post.unit, window)
    if earlier is None:
        raise NotNow(gettext("Tidak ada hasil periode sebelumnya dari unit lain yang dapat dipakai."))
    with transaction.atomic():
        appraisal = draft_of(window, seat, form_key, version)
        known = CarryOver.objects.filter(appraisal=appraisal).first()
        if known is not None and not known.answer:
            return known
        CarryOver.objects.filter(appraisal=appraisal).delete()
        seat_at(appraisal, seat)
        appraisal.saved_by = form_key
        appraisal.version += 1
        appraisal.save()
        made = CarryOver.objects.create(
            appraisal=appraisal, earlier=earlier, proposed_by=actor.employee, proposed_on=actor.today
        )
        tell("carry_proposed", appraisal, actor)
    return made


def answer_carry(*, actor: Viewer | None, carry: CarryOver, agrees: bool, version: int) -> CarryOver:
    """The employee agrees, and the earlier result is the result of this period, agreed by both and therefore finished;
    or declines, and is rated as everybody. Raises NotAllowed, NotNow once answered or decided otherwise, Stale."""
    viewer = require_employee(actor, carry.appraisal)
    with transaction.atomic():
        current = (
            CarryOver.objects.select_for_update(of=("self",))
            .select_related("earlier__objection", "earlier__adjustment")
            .get(pk=carry.pk)
        )
        if current.answer:
            raise NotNow(gettext("Anda sudah menjawab usul ini."))
        appraisal = held(carry.appraisal, "carry", version)
        current.answer = CarryAnswer.AGREED if agrees else CarryAnswer.DECLINED
        current.answered_on = viewer.today
        current.save(update_fields=["answer", "answered_on"])
        if agrees:
            _take_over(appraisal, current, viewer)
        tell("carry_agreed" if agrees else "carry_declined", appraisal, viewer)
    return current


def _take_over(appraisal: Appraisal, carry: CarryOver, viewer: Viewer) -> None:
    earlier, counts = carry.earlier, carry.earlier.counting
    appraisal.items.all().delete()
    appraisal.unit, appraisal.organisation = earlier.unit, earlier.organisation
    appraisal.work_result, appraisal.behaviour = counts.work_result, counts.behaviour
    appraisal.predicate, appraisal.rule_set = earlier.standing, earlier.rule_set
    appraisal.suggested_work, appraisal.suggested_behaviour = earlier.suggested_work, earlier.suggested_behaviour
    appraisal.frozen, appraisal.reason, appraisal.notes = earlier.frozen, earlier.reason, ""
    appraisal.rater_id = carry.proposed_by_id
    appraisal.state = AppraisalState.FINAL
    appraisal.decided_on = appraisal.handed_on = appraisal.received_on = appraisal.finished_on = viewer.today
    appraisal.version += 1
    appraisal.save()
