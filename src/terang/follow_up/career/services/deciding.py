"""A rise in rank or a filled post: one proposes, a second decides with reason and decree; the list stays as it was."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import Event, record, record_many
from terang.follow_up.career.access import require_decider, require_proposer
from terang.follow_up.career.checks import missing
from terang.follow_up.career.contenders import (
    ahead_of,
    checks_of,
    digest_of,
    known_now,
    known_of_pool,
    known_of_rank,
    line_of,
)
from terang.follow_up.career.models import Pool, PoolState, Proposal, ProposalState, Willingness
from terang.follow_up.career.states import require_state, require_version
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale

S = ProposalState
OPEN = (S.PROPOSED, S.DECIDED)


@dataclass(frozen=True)
class Ruling:
    """What the second person says. `decree` and `effective_on` where it is granted; `digest` is of the list that was
    seen."""

    grants: bool
    reason: str
    decree: str
    effective_on: date | None
    digest: str


def propose_rank(*, actor: Viewer | None, employee: Employee, reason: str, form_key: UUID) -> Proposal:
    """The next rank in the coming period; it waits for the second person. With a condition missing it needs a reason.

    Raises NotAllowed, NotNow without a next rank or where it was proposed already, ValidationError.
    """
    viewer = require_proposer(actor, employee)
    with transaction.atomic():
        held = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
        if made := Proposal.objects.filter(form_key=form_key, employee=held).first():
            return made
        known = known_of_rank(held, viewer.today)
        if not known["rank"]:
            raise NotNow(gettext("Tidak ada golongan berikutnya yang diketahui."))
        if held.career_proposals.filter(rank=known["rank"], state__in=OPEN).exists():
            raise NotNow(gettext("Golongan ini sudah diusulkan."))
        row = Proposal(employee=held, rank=known["rank"], period=date.fromisoformat(known["period"]))
        return _propose(row, known, viewer, reason, form_key)


def propose_post(*, actor: Viewer | None, pool: Pool, employee: Employee, reason: str, form_key: UUID) -> Proposal:
    """Somebody considered for the post; against the order of the pool it needs a reason.

    Raises NotAllowed, NotNow where the pool is not open, somebody is proposed, or the person is not in it or declined,
    ValidationError.
    """
    viewer = require_proposer(actor, employee)
    with transaction.atomic():
        held = Pool.objects.select_for_update(of=("self",)).select_related("post__unit").get(pk=pool.pk)
        if made := Proposal.objects.filter(form_key=form_key, pool=held, employee=employee).first():
            return made
        require_state(held, PoolState.OPEN)
        if held.proposals.filter(state=S.PROPOSED).exists():
            raise NotNow(gettext("Sudah ada yang diusulkan untuk jabatan ini."))
        known = known_of_pool(held, employee, viewer.today)
        _require_in(known, employee)
        return _propose(Proposal(employee=employee, pool=held), known, viewer, reason, form_key)


def _require_in(known: dict[str, Any], employee: Employee) -> None:
    line = line_of(known, employee.pk)
    if line is None:
        raise NotNow(gettext("%(name)s tidak berada di kelompok ini.") % {"name": employee.name})
    if line["answer"] == Willingness.DECLINED:
        raise NotNow(gettext("%(name)s menyatakan tidak bersedia.") % {"name": employee.name})


def _propose(row: Proposal, known: dict[str, Any], viewer: Viewer, reason: str, form_key: UUID) -> Proposal:
    row.deviates, row.reason = deviates(known, row.employee_id), reason.strip()
    if row.deviates and not row.reason:
        raise ValidationError(
            {"reason": gettext("Usulan ini tidak menurut daftar. Tulis alasannya; semua membacanya.")}
        )
    row.proposed_by, row.proposed_on, row.form_key = viewer.employee, viewer.today, form_key
    row.save()
    _tell("proposed", row, viewer, row.reason)
    return row


def deviates(known: dict[str, Any], employee_id: int) -> bool:
    """Whether a condition is not met or not known, or somebody who is willing stands before."""
    return bool(missing(checks_of(known, employee_id)) or ahead_of(known, employee_id))


def decide(*, actor: Viewer | None, row: Proposal, ruling: Ruling, version: int) -> Proposal:
    """Granted with a decree, or refused; either with a reason. What the list says at this moment is kept with it.

    Raises NotAllowed, NotNow, Stale where the list has changed since it was seen, ValidationError by field.
    """
    viewer = require_decider(actor, row)
    _check(ruling)
    after = S.DECIDED if ruling.grants else S.REFUSED
    with transaction.atomic():
        held = _held(row)
        if held.state == after and held.decided_by_id == viewer.employee.pk:
            return held
        require_state(held, S.PROPOSED)
        require_version(held, version)
        held.known = known_now(held, viewer.today)
        held.digest = digest_of(held.known)
        if held.digest != ruling.digest:
            raise Stale(gettext("Daftarnya sudah berubah sejak Anda membukanya. Muat ulang, baca, lalu putuskan."))
        if ruling.grants:
            _require_still(held)
        held.state, held.decided_by, held.decided_on = after, viewer.employee, viewer.today
        held.decision, held.deviates = ruling.reason.strip(), deviates(held.known, held.employee_id)
        if ruling.grants:
            held.decree, held.effective_on = ruling.decree.strip(), ruling.effective_on
            _close_pool(held, viewer)
        held.version += 1
        held.save()
        _tell("decided" if ruling.grants else "refused", held, viewer, held.decision)
    return held


def _check(ruling: Ruling) -> None:
    wrong = {}
    if not ruling.reason.strip():
        wrong["reason"] = gettext("Tulis alasannya; yang bersangkutan membacanya.")
    if ruling.grants and not ruling.decree.strip():
        wrong["decree"] = gettext("Tulis nomor dan tanggal keputusannya.")
    if ruling.grants and ruling.effective_on is None:
        wrong["effective_on"] = gettext("Tulis sejak kapan berlaku.")
    if wrong:
        raise ValidationError(wrong)


def _require_still(row: Proposal) -> None:
    """The rank is still the next one; the person is still in the pool."""
    if row.pool is not None:
        _require_in(row.known, row.employee)
    elif row.known["rank"] != row.rank:
        raise NotNow(gettext("Golongan berikutnya bukan yang diusulkan lagi. Tolak usulan ini, lalu usulkan baru."))


def _held(row: Proposal) -> Proposal:
    """The proposal with its pool, both held: nobody answers the pool meanwhile."""
    if row.pool_id is not None:
        Pool.objects.select_for_update(of=("self",)).get(pk=row.pool_id)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("employee", "pool__post__unit")
    return rows.get(pk=row.pk)


def _close_pool(row: Proposal, viewer: Viewer) -> None:
    """The post is filled; whoever had a place in its pool is told."""
    pool = row.pool
    if pool is None:
        return
    pool.state, pool.closed_on = PoolState.DECIDED, viewer.today
    pool.version += 1
    pool.save()
    others = [each["employee"] for each in row.known["lines"] if each["employee"] != row.employee_id]
    events = [Event("career.pool_decided", pool, pk, pool.post.unit_id) for pk in others]
    record_many(events, actor=viewer.user, agency_id=viewer.agency_id)


def _tell(verb: str, row: Proposal, viewer: Viewer, reason: str) -> None:
    record(
        f"career.{verb}",
        actor=viewer.user,
        obj=row,
        agency_id=row.employee.agency_id,
        subject_employee_id=row.employee_id,
        changes={"rank": row.rank, "pool": row.pool_id, "deviates": row.deviates, "decree": row.decree},
        reason=reason,
    )
