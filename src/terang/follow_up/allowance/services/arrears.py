"""What approved months owe after an objection or a calibration changed the predicate they used."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evaluation.appraisals.models import Appraisal, AppraisalState
from terang.follow_up.allowance.access import require_about, require_keeper
from terang.follow_up.allowance.gathering import next_month
from terang.follow_up.allowance.models import Arrears, ArrearsState, Run, RunState, Slip
from terang.follow_up.allowance.services.shared import require_seen
from terang.follow_up.allowance.values import restored
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import AllowanceRule, compute, load_rule
from terang.rules.errors import RuleInputError
from terang.web.errors import NotNow


@transaction.atomic
def find_arrears(agency: Agency) -> list[Arrears]:
    """The differences that are new since it was last looked, in months that were approved.

    Owed to the employee, it is carried by the next month that is computed; paid too much, it is only proposed. A
    predicate that merely came later counts from the next month on and makes no arrears.
    """
    Agency.objects.select_for_update().get(pk=agency.pk)
    finished = _finished(agency)
    made: list[Arrears] = []
    if not finished:
        return made
    for run in Run.objects.filter(agency=agency, state=RunState.APPROVED).select_related("rule").order_by("month"):
        rule = load_rule(run.rule.text)
        if any(spec.code == "predicate" for spec in rule.facts()):
            made += _of_run(run, rule, finished)
    return made


def _finished(agency: Agency) -> dict[int, list[Appraisal]]:
    """The finished evaluations, oldest first, of everybody who had one changed. Two queries."""
    rows = Appraisal.objects.filter(employee__agency=agency, state=AppraisalState.FINAL)
    changed = rows.filter(Q(objection__predicate__gt="") | Q(adjustment__isnull=False)).values("employee_id")
    found: dict[int, list[Appraisal]] = defaultdict(list)
    related = rows.filter(employee_id__in=changed).select_related("objection", "adjustment", "window__period")
    for row in related.order_by("window__period__ends_on", "pk"):
        found[row.employee_id].append(row)
    return found


def is_changed(appraisal: Appraisal) -> bool:
    """Whether an objection or a calibration made the predicate that counts. No query where both were read along."""
    return appraisal.counting is not appraisal


def _of_run(run: Run, rule: AllowanceRule, finished: dict[int, list[Appraisal]]) -> list[Arrears]:
    slips = Slip.objects.filter(run=run, is_current=True, ledger__isnull=False, employee_id__in=finished)
    made = []
    for slip in slips.prefetch_related("arrears"):
        newest = _newest(finished[slip.employee_id], run)
        if newest is None or not is_changed(newest):
            continue
        found = _difference(slip, rule, run, newest)
        if found is not None:
            made.append(_kept(found, run))
    return made


def _newest(rows: Iterable[Appraisal], run: Run) -> Appraisal | None:
    held = [row for row in rows if row.window.period.ends_on <= next_month(run.month)]
    return held[-1] if held else None


def _difference(slip: Slip, rule: AllowanceRule, run: Run, appraisal: Appraisal) -> Arrears | None:
    """Against what was paid so far, arrears included; None where nothing is owed either way."""
    known = sorted(slip.arrears.all(), key=lambda each: each.pk)
    settled = [each.after for each in known if each.state != ArrearsState.DROPPED]
    paid, now = (settled[-1] if settled else str(slip.facts.get("predicate") or "")), appraisal.standing
    if paid == now or "predicate" in slip.corrected or any(each.after == now for each in known):
        return None
    facts = {code: restored(value, spec) for code, value in slip.facts.items() if (spec := rule.fact(code))}
    try:
        before = compute(rule, {**facts, "predicate": paid or None}, run.month)
        after = compute(rule, {**facts, "predicate": now}, run.month)
    except RuleInputError:
        return None
    if before.gross_idr == after.gross_idr:
        return None
    gross = after.gross_idr - before.gross_idr
    state = ArrearsState.DUE if gross > 0 else ArrearsState.PROPOSED
    ledger = after.as_json(stored=True)
    return Arrears(slip=slip, appraisal=appraisal, before=paid, after=now, gross_idr=gross, ledger=ledger, state=state)


def _kept(row: Arrears, run: Run) -> Arrears:
    row.found_at = timezone.now()
    row.save()
    record(
        "allowance.arrears_found",
        actor=None,
        obj=row,
        agency_id=run.agency_id,
        subject_employee_id=row.slip.employee_id,
        changes={"month": run.month, "predicate": [row.before, row.after], "gross_idr": row.gross_idr},
    )
    return row


@transaction.atomic
def decide_arrears(*, actor: Viewer | None, arrears: Arrears, collect: bool, reason: str, seen: int) -> Arrears:
    """Whether what was paid too much is taken back in the next month; with a reason, never about oneself.

    Twice is as good as once. Raises NotAllowed, NotNow, Stale, ValidationError.
    """
    rows = Arrears.objects.select_for_update(of=("self",)).select_related("slip__run")
    held = rows.get(pk=arrears.pk)
    viewer = require_keeper(actor, held.slip.run.agency_id)
    require_about(viewer, held.slip.employee_id)
    wanted = ArrearsState.DUE if collect else ArrearsState.DROPPED
    if held.state == wanted and held.decided_by_id == viewer.employee.pk:
        return held
    if held.state != ArrearsState.PROPOSED:
        raise NotNow(gettext("Selisih ini sudah diputus."))
    require_seen(held.version, seen)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya; pegawai membacanya.")})
    held.state, held.reason, held.version = wanted, reason.strip(), held.version + 1
    held.decided_by, held.decided_at = viewer.employee, timezone.now()
    held.save()
    record(
        "allowance.arrears_decided",
        actor=viewer.user,
        obj=held,
        agency_id=viewer.agency_id,
        subject_employee_id=held.slip.employee_id,
        changes={"collect": collect, "gross_idr": held.gross_idr},
        reason=held.reason,
    )
    return held
