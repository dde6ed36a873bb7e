"""A version of the rule tried on months that were approved, worked out by the worker."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.allowance.access import require_keeper
from terang.follow_up.allowance.gathering import gather
from terang.follow_up.allowance.models import RuleVersion, Run, RunState, Slip, Trial, TrialState, TriedPay
from terang.follow_up.allowance.services.shared import BATCH
from terang.follow_up.allowance.values import restored
from terang.registry.organization.models import Unit
from terang.registry.organization.zones import zones_of
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import AllowanceRule, compute, load_rule
from terang.rules.errors import RuleInputError

logger = logging.getLogger(__name__)
MOST_MONTHS = 24
ALIVE = timedelta(minutes=2)


@transaction.atomic
def start_trial(*, actor: Viewer | None, rule: RuleVersion, first: date, last: date, form_key: UUID) -> Trial:
    """Asks the worker to try a version, proposed or in force, on approved months. The same form gives the same trial.

    Raises NotAllowed, ValidationError where no month was approved.
    """
    viewer = require_keeper(actor, rule.agency_id)
    if known := Trial.objects.filter(form_key=form_key, rule__agency_id=rule.agency_id).first():
        return known
    if first > last or (last.year - first.year) * 12 + last.month - first.month >= MOST_MONTHS:
        raise ValidationError(
            {"last": gettext("Pilih paling banyak %(n)s bulan, dari yang lebih awal.") % {"n": MOST_MONTHS}}
        )
    if not _runs(rule, first, last):
        raise ValidationError({"first": gettext("Pada waktu ini belum ada bulan yang disetujui.")})
    made = Trial.objects.create(
        rule=rule,
        first_month=first,
        last_month=last,
        started_by=viewer.employee,
        started_at=timezone.now(),
        form_key=form_key,
    )
    changes = {"rule": rule.number, "first": first, "last": last}
    record("allowance.trial_started", actor=viewer.user, obj=made, agency_id=rule.agency_id, changes=changes)
    transaction.on_commit(lambda: enqueue(made.pk))
    return made


@transaction.atomic
def retry_trial(*, actor: Viewer | None, trial: Trial) -> Trial:
    """Asks the worker once more for a trial that failed or that it left lying; any other stays. Raises NotAllowed."""
    held = Trial.objects.select_for_update(of=("self",)).select_related("rule").get(pk=trial.pk)
    viewer = require_keeper(actor, held.rule.agency_id)
    if held.state == TrialState.FAILED or is_stalled(held, timezone.now()):
        held.state, held.error, held.beaten_at = TrialState.WAITING, "", timezone.now()
        held.save(update_fields=["state", "error", "beaten_at"])
        record("allowance.trial_retried", actor=viewer.user, obj=held, agency_id=held.rule.agency_id, changes={})
        transaction.on_commit(lambda: enqueue(held.pk))
    return held


def enqueue(trial_id: int) -> None:
    """Asks the worker to work a trial out."""
    from terang.follow_up.allowance.tasks import try_rule

    try_rule.enqueue(trial_id)


def is_stalled(trial: Trial, now: datetime) -> bool:
    """Whether the worker was not heard of for so long that it may be asked again."""
    heard = trial.beaten_at or trial.started_at
    return trial.state in (TrialState.WAITING, TrialState.RUNNING) and heard < now - ALIVE


def _runs(rule: RuleVersion, first: date, last: date) -> list[Run]:
    rows = Run.objects.filter(agency_id=rule.agency_id, state=RunState.APPROVED, month__gte=first, month__lte=last)
    return list(rows.select_related("rule").order_by("month"))


def try_out(trial_id: int) -> Trial:
    """Works a trial out, told on its page as it goes. One that is done, or that another worker is alive with, is left.

    Reads only; what keeps it from being worked out stands on it in plain words.
    """
    now = timezone.now()
    free = Q(state__in=[TrialState.WAITING, TrialState.FAILED]) | Q(state=TrialState.RUNNING, beaten_at__lt=now - ALIVE)
    taken = Trial.objects.filter(free, pk=trial_id).update(
        state=TrialState.RUNNING, done=0, total=0, error="", beaten_at=now
    )
    trial = Trial.objects.select_related("rule__agency").get(pk=trial_id)
    if not taken:
        return trial
    try:
        _work(trial)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("Simulasi tunjangan %s gagal", trial_id)
        told = gettext("Simulasi berhenti karena galat program (%(kind)s).") % {"kind": type(error).__name__}
        _say(trial, state=TrialState.FAILED, error=(str(error) if isinstance(error, RuleInputError) else told)[:500])
    return trial


@dataclass
class _Sum:
    """One person so far."""

    unit: Unit
    last: date
    months: int = 0
    before: int = 0
    after: int = 0
    problems: list[str] = field(default_factory=list)


def _work(trial: Trial) -> None:
    tried, runs = load_rule(trial.rule.text), _runs(trial.rule, trial.first_month, trial.last_month)
    slips = Slip.objects.filter(run__in=runs, is_current=True, ledger__isnull=False)
    _say(trial, total=slips.count())
    sums: dict[int, _Sum] = {}
    done = 0
    for run in runs:
        more = _more(run, tried)
        for slip in _slips(run):
            _add(sums, slip, run, tried, more)
            done += 1
            if done % BATCH == 0:
                _say(trial, done=done)
    _keep(trial, sums)


def _slips(run: Run) -> Iterator[Slip]:
    rows = Slip.objects.filter(run=run, is_current=True, ledger__isnull=False).select_related("unit")
    return rows.defer("ledger", "sources").order_by("pk").iterator(chunk_size=BATCH)


def _more(run: Run, tried: AllowanceRule) -> dict[int, dict[str, object]]:
    """Facts that the tried rule reads and the slips of the month did not keep, from the records as they are now."""
    kept = {spec.code for spec in load_rule(run.rule.text).facts()}
    wanted = [spec.code for spec in tried.facts() if spec.code not in kept]
    if not wanted:
        return {}
    return {
        each.employee.pk: {code: each.facts[code] for code in wanted if code in each.facts}
        for each in gather(run.agency_id, run.month, tried)
    }


def _add(sums: dict[int, _Sum], slip: Slip, run: Run, tried: AllowanceRule, more: dict[int, dict[str, object]]) -> None:
    held = sums.setdefault(slip.employee_id, _Sum(slip.unit, run.month))
    held.unit, held.last = slip.unit, run.month
    facts = {code: restored(value, spec) for code, value in slip.facts.items() if (spec := tried.fact(code))}
    facts |= more.get(slip.employee_id, {})  # type: ignore[arg-type]
    try:
        gross = compute(tried, facts, run.month).gross_idr
    except RuleInputError as error:
        held.problems.append(f"{run.month:%m/%Y}: {error}")
        return
    held.months, held.before, held.after = held.months + 1, held.before + (slip.gross_idr or 0), held.after + gross


def _keep(trial: Trial, sums: dict[int, _Sum]) -> None:
    zones = zones_of(trial.rule.agency)
    rows = [
        TriedPay(
            trial=trial,
            employee_id=pk,
            unit=held.unit,
            is_remote=zones.hold(held.unit, held.last),
            months=held.months,
            before_idr=held.before,
            after_idr=held.after,
            change_idr=held.after - held.before,
            problem="; ".join(held.problems)[:500],
        )
        for pk, held in sums.items()
    ]
    with transaction.atomic():
        TriedPay.objects.filter(trial=trial).delete()
        TriedPay.objects.bulk_create(rows, batch_size=BATCH)
        _say(trial, done=trial.total, state=TrialState.READY)


def _say(trial: Trial, **fields: object) -> None:
    for name, value in fields.items():
        setattr(trial, name, value)
    Trial.objects.filter(pk=trial.pk).update(**fields, beaten_at=timezone.now())
