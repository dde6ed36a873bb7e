"""The months: begun, computed by the worker, computed again, approved."""

import hashlib
import json
import logging
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.allowance.access import require_keeper, why_not_approve
from terang.follow_up.allowance.gathering import Gathered, gather
from terang.follow_up.allowance.models import Arrears, ArrearsState, Dispute, DisputeState, Run, RunState, Slip
from terang.follow_up.allowance.selectors import givers_of, problems_of, rule_for
from terang.follow_up.allowance.services.shared import BATCH, require_seen
from terang.follow_up.allowance.values import restored, stored
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import AllowanceRule, Fact, Ledger, compute, load_rule
from terang.rules.errors import RuleInputError
from terang.web.errors import NotAllowed, NotNow

logger = logging.getLogger(__name__)
STALLED = timedelta(minutes=10)
"""A run that has been computed for longer may be asked for again; one that is still being computed is waited for."""
NAMED = 5


@transaction.atomic
def start_run(*, actor: Viewer | None, agency: Agency, month: date) -> Run:
    """The run of a month that is over; the one there is where it was begun already. The worker computes it.

    `actor` missing: the worker itself. Raises NotAllowed, NotNow without a rule or before the end of the month.
    """
    viewer = require_keeper(actor, agency.pk) if actor is not None else None
    first = month.replace(day=1)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if known := Run.objects.filter(agency=agency, month=first).first():
        return known
    if _after(first) > local_today(agency):
        raise NotNow(gettext("Bulan ini belum berakhir."))
    version = rule_for(agency.pk, first)
    if version is None:
        raise NotNow(gettext("Belum ada aturan tunjangan yang disetujui untuk bulan ini."))
    now = timezone.now()
    run = Run.objects.create(
        agency=agency,
        month=first,
        rule=version,
        started_by=viewer.employee if viewer else None,
        started_at=now,
        asked_at=now,
    )
    changes = {"month": first, "rule": version.number}
    record("allowance.run_started", actor=viewer and viewer.user, obj=run, agency_id=agency.pk, changes=changes)
    transaction.on_commit(lambda: enqueue(run.pk))
    return run


def enqueue(run_id: int) -> None:
    """Asks the worker to compute a run."""
    from terang.follow_up.allowance.tasks import compute_slips

    compute_slips.enqueue(run_id)


def _after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def is_stalled(run: Run, now: datetime) -> bool:
    """Whether the worker was asked so long ago that it may be asked again."""
    return run.state == RunState.COMPUTING and (run.asked_at is None or run.asked_at < now - STALLED)


@transaction.atomic
def recompute_run(*, actor: Viewer | None, run: Run, seen: int) -> Run:
    """Asks the worker to compute a month again from the records as they are now, before it is approved; also one that
    failed, or that the worker left lying. A second press changes nothing.

    Raises NotAllowed, NotNow once the run is approved, Stale.
    """
    held = Run.objects.select_for_update().get(pk=run.pk)
    viewer = require_keeper(actor, held.agency_id)
    now = timezone.now()
    if held.state == RunState.APPROVED:
        raise NotNow(gettext("Bulan ini sudah disetujui untuk dibayar. Kekurangannya dibayar sebagai rapel."))
    if held.state == RunState.COMPUTING and not is_stalled(held, now):
        return held
    require_seen(held.version, seen)
    held.state, held.error, held.asked_at, held.version = RunState.COMPUTING, "", now, held.version + 1
    held.save()
    changes = {"month": held.month}
    record("allowance.run_recomputed", actor=viewer.user, obj=held, agency_id=held.agency_id, changes=changes)
    transaction.on_commit(lambda: enqueue(held.pk))
    return held


def compute_or_tell(run_id: int) -> None:
    """Computes a run; what keeps it from being computed stands on the run in plain words, and nothing has changed.

    A lost database is raised: the next hour asks again.
    """
    try:
        compute_run(run_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("Slip tunjangan bulan %s gagal dihitung", run_id)
        _fail(run_id, error)


@transaction.atomic
def _fail(run_id: int, error: Exception) -> None:
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state != RunState.COMPUTING:
        return
    known = str(error) if isinstance(error, RuleInputError) else ""
    told = gettext("Hitungan berhenti karena galat program (%(kind)s). Tidak ada slip yang berubah.")
    run.state, run.version = RunState.FAILED, run.version + 1
    run.error = (known or told % {"kind": type(error).__name__})[:500]
    run.save(update_fields=["state", "error", "version"])
    record("allowance.run_failed", actor=None, obj=run, agency_id=run.agency_id, changes={"error": run.error})


@transaction.atomic
def compute_run(run_id: int) -> Run:
    """Gathers everybody's facts and keeps their slips; a run that does not wait to be computed stays as it is.

    Computed again, only what changed gets a new slip; a slip that is disputed waits for its decision, and facts set by
    earlier decisions stay set. Who has no post any more loses the slip.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("rule").get(pk=run_id)
    if run.state != RunState.COMPUTING:
        return run
    rule, now = load_rule(run.rule.text), timezone.now()
    found = gather(run.agency_id, run.month, rule)
    slips = _changed(run, rule, found)
    for slip in slips:
        slip.made_at = now
    replaced = [slip.employee_id for slip in slips]
    left = Slip.objects.filter(run=run, is_current=True).exclude(disputes__state=DisputeState.OPEN)
    left.filter(Q(employee_id__in=replaced) | ~Q(employee_id__in=[each.employee.pk for each in found])).update(
        is_current=False
    )
    Slip.objects.bulk_create(slips, batch_size=BATCH)
    _carry(run, rule, [each.employee.pk for each in found])
    run.state, run.computed_at, run.version, run.error = RunState.OPEN, now, run.version + 1, ""
    run.digest = digest_of(run)
    run.save()
    problems = sum(bool(slip.problem) for slip in slips)
    changes = {"slips": len(slips), "problems": problems, "digest": run.digest}
    record("allowance.run_computed", actor=None, obj=run, agency_id=run.agency_id, changes=changes)
    return run


def _changed(run: Run, rule: AllowanceRule, found: Collection[Gathered]) -> list[Slip]:
    """The slips that are new or differ from those there are."""
    held = {slip.employee_id: slip for slip in Slip.objects.filter(run=run, is_current=True).defer("ledger")}
    last = dict(Slip.objects.filter(run=run).order_by().values_list("employee_id").annotate(Max("number")))
    waiting = set(
        Dispute.objects.filter(slip__run=run, state=DisputeState.OPEN).values_list("slip__employee_id", flat=True)
    )
    made = []
    for each in found:
        if each.employee.pk in waiting:
            continue
        old = held.get(each.employee.pk)
        slip = slip_of(run, rule, each, corrections(old, rule), last.get(each.employee.pk, 0) + 1)
        if old is None or old.digest != slip.digest:
            made.append(slip)
    return made


def corrections(slip: Slip | None, rule: AllowanceRule) -> dict[str, Fact]:
    """The facts that decisions set, as the rules hold them."""
    kept = slip.corrected.items() if slip else ()
    return {code: restored(value, spec) for code, value in kept if (spec := rule.fact(code))}


def _carry(run: Run, rule: AllowanceRule, people: Collection[int]) -> None:
    """Marks the arrears that this month's slips pay. What the rule has no step for goes on waiting."""
    read = {spec.code for spec in rule.facts()}
    rows = Arrears.objects.filter(
        state=ArrearsState.DUE, run=None, slip__run__agency_id=run.agency_id, slip__run__month__lt=run.month
    )
    if "arrears_idr" not in read:
        rows = rows.filter(gross_idr__lt=0)
    if "overpaid_idr" not in read:
        rows = rows.filter(gross_idr__gt=0)
    rows.filter(slip__employee_id__in=people).update(run=run)


def slip_of(run: Run, rule: AllowanceRule, of: Gathered, corrected: Mapping[str, Fact], number: int) -> Slip:
    """The slip of one person, not saved yet. What keeps it from being computed is its `problem`."""
    facts: dict[str, Fact] = {**of.facts, **corrected}
    if "sanction" in corrected:
        facts["sanctions"] = ""
    read = {spec.code: facts.get(spec.code) for spec in rule.facts()}
    ledger: Ledger | None = None
    problem = " ".join(gettext(each) for each in of.faults)[:500]
    if not problem:
        try:
            ledger = compute(rule, read, run.month)
        except RuleInputError as error:
            problem = str(error)[:500]
    kept = {code: stored(value) for code, value in read.items()}
    told = ledger.as_json(stored=True) if ledger else None
    seal = json.dumps([of.employee.pk, kept, told, problem], sort_keys=True, ensure_ascii=False)
    return Slip(
        run=run,
        employee=of.employee,
        unit=of.unit,
        post_title=of.post_title,
        number=number,
        facts=kept,
        corrected={code: stored(value) for code, value in corrected.items()},
        givers=sorted({pk for each in of.givers.values() for pk in each}),
        sources={code: url for code, url in of.sources.items() if code in kept},
        ledger=told,
        gross_idr=ledger.gross_idr if ledger else None,
        net_idr=ledger.net_idr if ledger else None,
        problem=problem,
        digest=hashlib.sha256(seal.encode()).hexdigest(),
        made_at=timezone.now(),
    )


def digest_of(run: Run) -> str:
    """One digest over every slip that counts."""
    seals = Slip.objects.filter(run=run, is_current=True).order_by("employee_id").values_list("digest", flat=True)
    return hashlib.sha256("".join(seals).encode()).hexdigest()


@transaction.atomic
def approve_run(*, actor: Viewer | None, run: Run, seen: int) -> Run:
    """Somebody who neither began the month nor gave a fact of it approves the slips for payment; from then on nothing
    in them changes. Twice is as good as once.

    Raises NotAllowed, Stale, NotNow while a dispute or a slip without amount is open.
    """
    held = Run.objects.select_for_update().get(pk=run.pk)
    viewer = require_keeper(actor, held.agency_id)
    if why := why_not_approve(viewer, held, givers_of(held)):
        raise NotAllowed(why)
    if held.state == RunState.APPROVED:
        return held
    if held.state != RunState.OPEN:
        raise NotNow(gettext("Slip bulan ini belum selesai dihitung."))
    require_seen(held.version, seen)
    if Dispute.objects.filter(slip__run=held, state=DisputeState.OPEN).exists():
        raise NotNow(gettext("Masih ada sanggahan yang menunggu putusan."))
    _require_whole(held)
    held.state, held.approved_by, held.approved_at = RunState.APPROVED, viewer.employee, timezone.now()
    held.version += 1
    held.save()
    changes = {"month": held.month, "digest": held.digest}
    record("allowance.run_approved", actor=viewer.user, obj=held, agency_id=held.agency_id, changes=changes)
    return held


def _require_whole(run: Run) -> None:
    """Raises NotNow, by name, while somebody's slip has neither an amount nor a decision to postpone it."""
    rows = problems_of(run)
    if n := rows.count():
        names = ", ".join(rows.values_list("employee__name", flat=True)[:NAMED])
        more = gettext(" dan %(n)s lainnya") % {"n": n - NAMED} if n > NAMED else ""
        told = gettext("Slip ini belum dapat dihitung: %(names)s%(more)s. Lengkapi lalu hitung ulang, atau tunda.")
        raise NotNow(told % {"names": names, "more": more})
