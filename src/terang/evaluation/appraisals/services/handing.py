"""From the rater's desk to the employee's hand: hand over, receive, accept, and what time settles."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.alone import alone
from terang.audit.services import record
from terang.evaluation.appraisals.access import require_employee, require_giver
from terang.evaluation.appraisals.clocks import silent_since
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow, SpreadReason
from terang.evaluation.appraisals.selectors import group_of
from terang.evaluation.appraisals.services.recording import held, save, tell
from terang.evaluation.appraisals.states import TOLD, require_move
from terang.evaluation.states import require_open
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def hand_over(
    *, actor: Viewer | None, window: RatingWindow, unit: Unit, chosen: Iterable[int], spread_reason: str = ""
) -> list[Appraisal]:
    """Gives the chosen appraisals of a unit to their people; empty where all of them were given before.

    Once everybody of the group is decided, a spread that leaves the pattern of the unit's predicate needs a reason
    (Lampiran IV p. 94–97; SE MenPANRB 3/2023). It never blocks otherwise. Raises NotAllowed, NotNow where nothing is
    decided or given and where one of them is being calibrated, ValidationError for `spread_reason`.
    """
    viewer = require_giver(actor, window, unit)
    require_open(window.period)
    own = Appraisal.objects.filter(window=window, unit=unit, rater=viewer.employee, pk__in=list(chosen))
    with transaction.atomic():
        rows = own.select_for_update(of=("self",)).select_related("employee__agency", "window__period", "adjustment")
        found = list(rows.filter(state=AppraisalState.DECIDED))
        if not found and own.filter(state__in=TOLD).exists():
            return []
        if not found:
            raise NotNow(gettext("Tidak ada penilaian yang sudah ditetapkan dan belum diserahkan di sini."))
        for appraisal in found:
            require_move(appraisal, "hand_over")
        _explain_spread(viewer, window, unit, spread_reason)
        for appraisal in found:
            appraisal.state, appraisal.handed_on = AppraisalState.HANDED, viewer.today
            save(appraisal, "state", "handed_on")
            tell("handed_over", appraisal, viewer, _given(appraisal))
    return found


def _given(appraisal: Appraisal) -> dict[str, object]:
    """The predicate that is handed over, with the one before where calibration moved the person."""
    given = appraisal.handed
    return {"predicate": given.predicate if given is appraisal else [appraisal.predicate, given.predicate]}


def _explain_spread(viewer: Viewer, window: RatingWindow, unit: Unit, text: str) -> None:
    """The spread that the desk shows, over everybody the viewer rates or has rated in the unit."""
    group = group_of(viewer, window, unit)
    if group is None or not group.is_off_pattern:
        return
    warnings = group.check.warnings if group.check else ()
    if not text.strip():
        if group.reason:
            return
        told = gettext("Sebaran predikat menyimpang dari pola. Tulis alasannya. %(found)s")
        raise ValidationError({"spread_reason": told % {"found": " ".join(warnings)}})
    row = group.reason or SpreadReason(window=window, unit=unit)
    row.text, row.given_by, row.given_at = text.strip(), viewer.employee, timezone.now()
    row.save()
    record(
        "appraisals.spread_explained",
        actor=viewer.user,
        obj=row,
        agency_id=viewer.agency_id,
        unit_id=unit.pk,
        changes={"period": window.period.name, "found": list(warnings)},
        reason=row.text,
    )


def receive_appraisal(*, actor: Viewer | None, appraisal: Appraisal, version: int) -> Appraisal:
    """The employee has it: the days for an objection begin; a result the regulation calls final is finished."""
    viewer = require_employee(actor, appraisal)
    with transaction.atomic():
        current = held(appraisal, "receive", version)
        current.received_on = viewer.today
        current.state = AppraisalState.FINAL if current.final_code else AppraisalState.RECEIVED
        current.finished_on = viewer.today if current.final_code else None
        save(current, "state", "received_on", "finished_on")
        tell("received", current, viewer)
    return current


def accept_appraisal(*, actor: Viewer | None, appraisal: Appraisal, version: int) -> Appraisal:
    """The employee signs: no objection."""
    viewer = require_employee(actor, appraisal)
    with transaction.atomic():
        current = held(appraisal, "accept", version)
        _finish(current, viewer, "accepted")
    return current


def _finish(appraisal: Appraisal, viewer: Viewer | None, verb: str) -> None:
    appraisal.state = AppraisalState.FINAL
    appraisal.finished_on = viewer.today if viewer else local_today(appraisal.employee.agency)
    save(appraisal, "state", "finished_on")
    tell(verb, appraisal, viewer)


def settle_silence() -> int:
    """Finishes what nobody objected to in the days of the regulation; gives how many. An hourly chore.

    What goes wrong in one row or one government is logged and tried again; it keeps nobody else waiting.
    """
    return sum(alone(_settle_agency, agency) or 0 for agency in Agency.objects.all())


def _settle_agency(agency: Agency) -> int:
    rows = Appraisal.objects.filter(
        employee__agency=agency, state=AppraisalState.RECEIVED, received_on__lte=silent_since(agency)
    )
    found = list(rows.order_by("received_on", "pk").values_list("pk", flat=True))
    return sum(alone(_settle, pk) or False for pk in found)


def _settle(pk: int) -> bool:
    with transaction.atomic():
        rows = Appraisal.objects.select_for_update(of=("self",), skip_locked=True)
        found = rows.select_related("employee__agency", "window__period").filter(pk=pk, state=AppraisalState.RECEIVED)
        appraisal = found.first()
        if appraisal is not None:
            _finish(appraisal, None, "settled")
    return appraisal is not None
