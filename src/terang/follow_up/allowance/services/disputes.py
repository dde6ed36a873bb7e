"""Disputes about a slip before it is paid: raised by its owner, decided by somebody else who saw what would change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.allowance.access import require_decider, require_owner
from terang.follow_up.allowance.differences import Difference, between
from terang.follow_up.allowance.gathering import gather
from terang.follow_up.allowance.models import Dispute, DisputeState, Run, RunState, Slip
from terang.follow_up.allowance.services.runs import corrections, digest_of, slip_of
from terang.follow_up.allowance.services.shared import require_seen
from terang.follow_up.allowance.values import FactError, read_fact, restored
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import AllowanceRule, Fact, load_rule
from terang.web.errors import NotNow
from terang.web.sentences import said


@transaction.atomic
def dispute_slip(*, actor: Viewer | None, slip: Slip, row: int, text: str, form_key: UUID) -> Dispute:
    """The owner holds something against the slip, before it is paid; also against one that could not be computed. The
    same form again returns the row there is.

    Raises NotAllowed, NotNow once the run is approved or while another dispute is open, ValidationError.
    """
    viewer = require_owner(actor, slip)
    if known := Dispute.objects.filter(form_key=form_key, slip__employee=viewer.employee).first():
        return known
    run = Run.objects.select_for_update().get(pk=slip.run_id)
    held = Slip.objects.get(pk=slip.pk)
    if run.state != RunState.OPEN or not held.is_current:
        raise NotNow(gettext("Slip ini sudah disetujui untuk dibayar atau sudah diganti, jadi tidak dapat disanggah."))
    if Dispute.objects.filter(slip=held, state=DisputeState.OPEN).exists():
        raise NotNow(gettext("Sanggahan Anda atas slip ini masih menunggu putusan."))
    if not text.strip():
        raise ValidationError({"text": gettext("Tulis apa yang menurut Anda keliru, dan buktinya.")})
    label = next((each["label"] for each in (held.ledger or {}).get("rows", []) if each["number"] == row), "")
    made = Dispute.objects.create(
        slip=held,
        row=row if label else 0,
        label=label,
        text=text.strip(),
        raised_at=timezone.now(),
        form_key=form_key,
    )
    _told("allowance.disputed", viewer, made, {"row": made.row})
    return made


@dataclass(frozen=True)
class Verdict:
    """What is decided: upheld or not, why, and the fact that is set right by hand (empty code: records were mended).

    `whole`: take everything the records say now, not only what the dispute is about. `shown`: the digest of the slip
    that the person was shown before deciding.
    """

    upheld: bool
    reason: str
    code: str = ""
    value: str = ""
    whole: bool = False
    shown: str = ""


@dataclass(frozen=True)
class Preview:
    """The slip that upholding would make, not saved, and every fact that the records say differently now."""

    slip: Slip
    differences: list[Difference]


def preview_dispute(*, actor: Viewer | None, dispute: Dispute, verdict: Verdict) -> Preview:
    """What upholding would change, before it is decided.

    Raises NotAllowed, NotNow, ValidationError where it would change nothing.
    """
    require_decider(actor, dispute)
    run = Run.objects.select_related("rule").get(pk=dispute.slip.run_id)
    if dispute.state != DisputeState.OPEN or run.state != RunState.OPEN:
        raise NotNow(gettext("Sanggahan ini sudah diputus."))
    return _corrected(run, dispute, verdict)


@transaction.atomic
def decide_dispute(*, actor: Viewer | None, dispute: Dispute, verdict: Verdict, seen: int) -> Dispute:
    """Upheld, the slip is computed again: what the dispute is about from today's records and the fact that is set
    right; everything else stays as it was frozen, unless the verdict takes it too. Refused, it stays.

    Raises NotAllowed, NotNow, Stale also where the records changed since they were shown, ValidationError where a
    reason is missing or an upheld one would change nothing.
    """
    viewer = require_decider(actor, dispute)
    run = Run.objects.select_for_update(of=("self",)).select_related("rule").get(pk=dispute.slip.run_id)
    held = Dispute.objects.select_for_update(of=("self",)).select_related("slip__employee").get(pk=dispute.pk)
    wanted = DisputeState.UPHELD if verdict.upheld else DisputeState.REFUSED
    if held.state == wanted and held.decided_by_id == viewer.employee.pk:
        return held
    if held.state != DisputeState.OPEN or run.state != RunState.OPEN:
        raise NotNow(gettext("Sanggahan ini sudah diputus."))
    require_seen(held.version, seen)
    if not verdict.reason.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya; pegawai membacanya.")})
    if verdict.upheld:
        _uphold(run, held, verdict)
    held.state, held.reason, held.version = wanted, verdict.reason.strip(), held.version + 1
    held.decided_by, held.decided_at = viewer.employee, timezone.now()
    held.save()
    changes: dict[str, object] = {"upheld": verdict.upheld, "corrected": verdict.code}
    if held.outcome:
        changes |= {"net_idr": [held.slip.net_idr, held.outcome.net_idr], "facts": held.changes}
    _told("allowance.dispute_decided", viewer, held, changes, held.reason)
    return held


def _uphold(run: Run, dispute: Dispute, verdict: Verdict) -> None:
    found = _corrected(run, dispute, verdict)
    if found.slip.digest != verdict.shown:
        told = gettext(
            "Akibatnya belum diperlihatkan, atau catatannya berubah sesudahnya. Lihat dahulu, lalu putuskan."
        )
        raise ValidationError({"decision": told})
    Slip.objects.filter(pk=dispute.slip_id).update(is_current=False)
    found.slip.save()
    dispute.outcome, dispute.changes = found.slip, [each.stored() for each in found.differences]
    run.digest, run.version = digest_of(run), run.version + 1
    run.save(update_fields=["digest", "version"])


def _corrected(run: Run, dispute: Dispute, verdict: Verdict) -> Preview:
    """The next slip of the same person, and what the records say differently now."""
    slip, rule = dispute.slip, load_rule(run.rule.text)
    corrected = {**corrections(slip, rule), **_set_right(verdict, rule)}
    found = gather(run.agency_id, run.month, rule, only=slip.employee_id)
    if not found:
        raise NotNow(gettext("Pegawai ini tidak punya jabatan pada bulan itu."))
    now = slip_of(run, rule, found[0], corrected, slip.number + 1)
    row = next((each for each in (slip.ledger or {}).get("rows", []) if each["number"] == dispute.row), None)
    taken = set(now.facts) if verdict.whole or row is None else {*row["facts"], *corrected}
    frozen = {code: restored(value, spec) for code, value in slip.facts.items() if (spec := rule.fact(code))}
    facts = {**frozen, **{code: value for code, value in found[0].facts.items() if code in taken}}
    faults = found[0].faults if taken == set(now.facts) else []
    sources = {**found[0].sources, **{code: url for code, url in slip.sources.items() if code not in taken}}
    about = replace(found[0], facts=facts, faults=faults, sources=sources, unit=slip.unit, post_title=slip.post_title)
    made = slip_of(run, rule, about, corrected, slip.number + 1)
    if (made.facts, made.problem) == (slip.facts, slip.problem):
        told = gettext("Tidak ada yang berubah. Perbaiki dahulu catatannya, atau pilih fakta yang keliru di bawah.")
        raise ValidationError({"code": told})
    return Preview(made, between(slip.facts, now.facts, taken))


def _set_right(verdict: Verdict, rule: AllowanceRule) -> dict[str, Fact]:
    """The fact that the decision sets. Raises ValidationError."""
    if not verdict.code:
        return {}
    spec = next((each for each in rule.facts() if each.code == verdict.code and each.code != "sanctions"), None)
    if spec is None:
        raise ValidationError({"code": gettext("Pilih fakta dari daftar.")})
    try:
        return {verdict.code: read_fact(verdict.value, spec)}
    except FactError as error:
        raise ValidationError({"value": said(error.sentence)}) from error


def _told(verb: str, viewer: Viewer, dispute: Dispute, changes: Mapping[str, object], reason: str = "") -> None:
    slip = dispute.slip
    record(
        verb,
        actor=viewer.user,
        obj=dispute,
        agency_id=viewer.agency_id,
        subject_employee_id=slip.employee_id,
        unit_id=slip.unit_id,
        changes=dict(changes),
        reason=reason,
    )
