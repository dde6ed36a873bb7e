"""One person's slip that cannot be computed does not keep a month from being paid: it is postponed by a person, with a
reason, and paid as arrears once it can be computed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.allowance.access import require_about, require_keeper
from terang.follow_up.allowance.gathering import gather
from terang.follow_up.allowance.models import Arrears, ArrearsState, Run, RunState, Slip
from terang.follow_up.allowance.services.shared import require_seen
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import AllowanceRule, Ledger, compute, load_rule
from terang.rules.errors import RuleInputError
from terang.web.errors import NotNow


@transaction.atomic
def postpone_slip(*, actor: Viewer | None, slip: Slip, reason: str, seen: int) -> Slip:
    """Leaves a slip without amount out of its month. A slip that replaces it is not postponed.

    `seen`: the version of the run. Twice is as good as once. Raises NotAllowed (also about oneself), NotNow, Stale,
    ValidationError.
    """
    run = Run.objects.select_for_update().get(pk=slip.run_id)
    viewer = require_keeper(actor, run.agency_id)
    held = Slip.objects.get(pk=slip.pk)
    require_about(viewer, held.employee_id)
    if held.postponed_by_id == viewer.employee.pk:
        return held
    if run.state != RunState.OPEN or not held.is_current or not held.problem or held.postponed_by_id:
        raise NotNow(gettext("Yang dapat ditunda hanya slip yang belum dapat dihitung, dalam bulan yang terbuka."))
    require_seen(run.version, seen)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya; pegawai membacanya.")})
    held.postponed_by, held.postponed_at, held.postponed_because = viewer.employee, timezone.now(), reason.strip()
    held.save(update_fields=["postponed_by", "postponed_at", "postponed_because"])
    run.version += 1
    run.save(update_fields=["version"])
    record(
        "allowance.slip_postponed",
        actor=viewer.user,
        obj=held,
        agency_id=run.agency_id,
        subject_employee_id=held.employee_id,
        changes={"month": run.month},
        reason=held.postponed_because,
    )
    return held


@transaction.atomic
def find_late_pay(agency: Agency) -> list[Arrears]:
    """The arrears of postponed slips of approved months that can be computed by now, whole and due."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    rows = Slip.objects.filter(run__agency=agency, run__state=RunState.APPROVED, is_current=True, arrears=None)
    rows = rows.filter(postponed_by__isnull=False).select_related("run__rule")
    return [made for slip in rows.order_by("run__month", "pk") if (made := _late_pay(slip))]


def _late_pay(slip: Slip) -> Arrears | None:
    rule = load_rule(slip.run.rule.text)
    ledger = _computed(slip, rule)
    if ledger is None or not ledger.gross_idr:
        return None
    made = Arrears.objects.create(
        slip=slip,
        gross_idr=ledger.gross_idr,
        ledger=ledger.as_json(stored=True),
        state=ArrearsState.DUE,
        found_at=timezone.now(),
    )
    record(
        "allowance.late_pay_found",
        actor=None,
        obj=made,
        agency_id=slip.run.agency_id,
        subject_employee_id=slip.employee_id,
        changes={"month": slip.run.month, "gross_idr": made.gross_idr},
    )
    return made


def _computed(slip: Slip, rule: AllowanceRule) -> Ledger | None:
    """The month worked out alone: what other months owe is carried by the month that pays, not by this one."""
    found = gather(slip.run.agency_id, slip.run.month, rule, only=slip.employee_id, owed=False)
    if not found or found[0].faults:
        return None
    try:
        return compute(rule, {spec.code: found[0].facts.get(spec.code) for spec in rule.facts()}, slip.run.month)
    except RuleInputError:
        return None
