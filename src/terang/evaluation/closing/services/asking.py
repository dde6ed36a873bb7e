"""Closing a period, correcting a closed one with new evidence, and going on where a worker was lost."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evaluation.closing.access import require_checker, require_closer, require_confirmer
from terang.evaluation.closing.hooks import bundles_of, queue_documents
from terang.evaluation.closing.models import Closing, ClosingState
from terang.evaluation.closing.selectors import is_stalled, readiness_of
from terang.evaluation.closing.tasks import check_closing, run_closing
from terang.evaluation.models import Period
from terang.evaluation.selectors import policy_of
from terang.evaluation.services import RULESET, close_period
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow
from terang.web.numbers import longdate


def ask_closing(*, actor: Viewer | None, period: Period, basis: str, reason: str, form_key: UUID) -> Closing:
    """Closes the period at once, so that nothing changes any more, and has the worker freeze it.

    What is unfinished in the official evaluation may be left with a reason. The same form twice is one closing. Raises
    NotAllowed, NotNow before the period has ended, where it is closed, has no policy, or work waits for its answer;
    ValidationError by field.
    """
    viewer = require_closer(actor, period.agency_id)
    if known := Closing.objects.filter(form_key=form_key, period=period).first():
        return known
    ready = readiness_of(period, viewer.today)
    if not ready.ended:
        raise NotNow(gettext("Periode ini berakhir %(day)s; tutup sesudahnya.") % {"day": longdate(period.last_day)})
    if ready.compared:
        raise NotNow(gettext("Masih ada penyelarasan yang berjalan. Tutup atau batalkan dahulu."))
    _require_words(basis, reason if ready.unfinished else "-")
    with transaction.atomic():
        close_period(period=period, actor=viewer)
        made = _begin(viewer, period, 1, ClosingState.RUNNING, basis, reason, form_key, left=dict(ready.left))
        _tell("begun", made, viewer)
        transaction.on_commit(lambda: run_closing.enqueue(made.pk))
    return made


def _begin(
    viewer: Viewer,
    period: Period,
    number: int,
    state: ClosingState,
    basis: str,
    reason: str,
    form_key: UUID,
    left: dict[str, int],
) -> Closing:
    policy = policy_of(period)
    if policy is None:
        raise NotNow(gettext("Periode ini tidak punya kebijakan; tidak ada yang dapat dibekukan."))
    return Closing.objects.create(
        period=period,
        number=number,
        state=state,
        basis=basis.strip(),
        reason=reason.strip(),
        left=left,
        as_of=viewer.today,
        asked_by=viewer.employee,
        asked_at=timezone.now(),
        policy=policy,
        ruleset=RULESET,
        form_key=form_key,
    )


def _require_words(basis: str, reason: str) -> None:
    missing = {}
    if not basis.strip():
        missing["basis"] = gettext("Tulis nomor keputusan atau berita acara.")
    if not reason.strip():
        missing["reason"] = gettext("Masih ada penilaian yang belum selesai. Tulis mengapa periode tetap ditutup.")
    if missing:
        raise ValidationError(missing)


def propose_correction(*, actor: Viewer | None, period: Period, basis: str, reason: str, form_key: UUID) -> Closing:
    """Proposes a new run over a closed period, for evidence that came later. Nothing is computed before somebody else
    confirms. Raises NotAllowed, NotNow where no run is done or another one is under way, ValidationError."""
    viewer = require_closer(actor, period.agency_id)
    if known := Closing.objects.filter(form_key=form_key, period=period).first():
        return known
    empty = gettext("Tidak boleh kosong.")
    missing = {name: empty for name, text in (("basis", basis), ("reason", reason)) if not text.strip()}
    if missing:
        raise ValidationError(missing)
    with transaction.atomic():
        Period.objects.select_for_update().get(pk=period.pk)
        runs = list(Closing.objects.filter(period=period).order_by("number"))
        if any(run.state in (ClosingState.PROPOSED, ClosingState.RUNNING) for run in runs):
            raise NotNow(gettext("Masih ada penutupan atau koreksi lain yang berjalan untuk periode ini."))
        if not runs:
            raise NotNow(gettext("Periode ini belum ditutup; bukti baru langsung dihitung."))
        number = runs[-1].number + 1
        made = _begin(viewer, period, number, ClosingState.PROPOSED, basis, reason, form_key, left={})
        _tell("correction_proposed", made, viewer)
    return made


def confirm_correction(*, actor: Viewer | None, closing: Closing) -> Closing:
    """A second person has the correction run. Confirmed twice it runs once. Raises NotAllowed, NotNow once dropped."""
    viewer = require_confirmer(actor, closing)
    with transaction.atomic():
        current = _held(closing)
        if current.state in (ClosingState.RUNNING, ClosingState.DONE):
            return current
        _require(current, ClosingState.PROPOSED)
        current.state, current.as_of = ClosingState.RUNNING, viewer.today
        current.confirmed_by, current.confirmed_at = viewer.employee, timezone.now()
        current.beaten_at = timezone.now()
        current.save()
        _tell("correction_confirmed", current, viewer)
        transaction.on_commit(lambda: run_closing.enqueue(current.pk))
    return current


def drop_correction(*, actor: Viewer | None, closing: Closing) -> Closing:
    """Takes a proposal back, by whoever may close. Raises NotAllowed, NotNow once it was confirmed."""
    viewer = require_closer(actor, closing.period.agency_id)
    with transaction.atomic():
        current = _held(closing)
        if current.state == ClosingState.DROPPED:
            return current
        _require(current, ClosingState.PROPOSED)
        current.state = ClosingState.DROPPED
        current.save(update_fields=["state"])
        _tell("correction_dropped", current, viewer)
    return current


def continue_run(*, actor: Viewer | None, closing: Closing) -> Closing:
    """Asks the worker anew where none has shown a sign of life. Raises NotAllowed, NotNow while one works."""
    viewer = require_closer(actor, closing.period.agency_id)
    with transaction.atomic():
        current = _held(closing)
        if not is_stalled(current):
            raise NotNow(gettext("Pembekuan ini sedang berjalan atau sudah selesai."))
        current.beaten_at = timezone.now()
        current.save(update_fields=["beaten_at"])
        _tell("continued", current, viewer)
        transaction.on_commit(lambda: run_closing.enqueue(current.pk))
    return current


def ask_check(*, actor: Viewer | None, closing: Closing) -> None:
    """Has the worker evaluate the kept inputs again. Raises NotAllowed, NotNow before the run is done."""
    viewer = require_checker(actor, closing.period.agency_id)
    with transaction.atomic():
        current = _held(closing)
        _require(current, ClosingState.DONE)
        _tell("check_asked", current, viewer)
        transaction.on_commit(lambda: check_closing.enqueue(current.pk))


def ask_documents(*, actor: Viewer | None, closing: Closing) -> int:
    """Has the worker make the papers of what was handed over in the period, and gives how many parts of the government
    were added; none where all are there already. Raises NotAllowed, NotNow before the run is done and where nothing was
    handed over."""
    viewer = require_closer(actor, closing.period.agency_id)
    with transaction.atomic():
        current = _held(closing)
        _require(current, ClosingState.DONE)
        first = Closing.objects.select_related("period").get(period=current.period_id, number=1)
        added = queue_documents(first)
        if not added and not bundles_of(first, viewer):
            raise NotNow(gettext("Tidak ada hasil evaluasi yang diserahkan dalam periode ini; tidak ada yang dicetak."))
        if added:
            _tell("documents_asked", current, viewer)
    return added


def _held(closing: Closing) -> Closing:
    return Closing.objects.select_for_update(of=("self",)).select_related("period").get(pk=closing.pk)


def _require(closing: Closing, state: ClosingState) -> None:
    if closing.state != state:
        raise NotNow(gettext("Status penutupan ini: %(state)s.") % {"state": closing.get_state_display()})


def _tell(verb: str, closing: Closing, viewer: Viewer) -> None:
    record(
        f"closing.{verb}",
        actor=viewer.user,
        obj=closing,
        agency_id=closing.period.agency_id,
        changes={"period": closing.period.name, "number": closing.number, "left": closing.left},
        reason=closing.reason,
    )
