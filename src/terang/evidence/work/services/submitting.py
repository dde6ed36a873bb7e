"""What a person does with their own entries: submit one, and send a returned one again or withdraw it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.custody.services import TakenIn, take_in, write_row
from terang.evidence.clocks import is_doubtful
from terang.evidence.work.access import require_author, require_own_result
from terang.evidence.work.days import answer_due_on, require_day, terms_of
from terang.evidence.work.models import Entry, EntryFile, Task
from terang.evidence.work.purposes import Purpose
from terang.evidence.work.services.moving import held, move, tell
from terang.evidence.work.states import MOVES
from terang.planning.plans.models import Indicator, PlanResult
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow

CORRECTED = ("text", "quantity_milli", "minutes", "day", "result_id", "task_id", "indicator_id")
"""What the author may change in a returned entry."""


def submit_entry(
    *,
    actor: Viewer,
    day: date,
    result: PlanResult,
    text: str,
    quantity_milli: int,
    form_key: UUID,
    task: Task | None = None,
    indicator: Indicator | None = None,
    files: Sequence[UploadedFile] = (),
    minutes: int | None = None,
    source: str = "",
    written_at: datetime | None = None,
    clock_drift_s: int | None = None,
) -> Entry:
    """Writes one activity of one's own. The same `form_key` again gives the entry of the first time.

    `result` must come with its plan. `written_at` is the device's time where the entry was written without a network;
    in a zone without signal the lag counts to it, unless its clock (`clock_drift_s`) is doubtful. Raises NotAllowed for
    somebody else's plan, NotNow for a day the plan or the clock does not allow and for a draft (`source`) that is
    recorded already, RejectedFileError for a file; then nothing is written.
    """
    require_own_result(actor, result)
    require_day(day, result.plan, actor.today)
    _require_fitting(result, task, indicator)
    now = timezone.now()
    told = written_at if written_at and not is_doubtful(written_at, now, clock_drift_s) else None
    terms = terms_of(actor.employee, day, written_at=told, received_at=now)
    taken = [take_in(file, actor=actor) for file in files]
    try:
        with transaction.atomic():
            entry = Entry.objects.create(
                employee=actor.employee,
                day=day,
                result=result,
                task=task,
                indicator=indicator,
                text=text,
                quantity_milli=quantity_milli,
                state=MOVES["submit"].target,
                submitted_at=now,
                lag_days=terms.lag_days,
                answer_due_on=terms.answer_due_on,
                minutes=minutes,
                source=source,
                written_at=written_at,
                clock_drift_s=clock_drift_s,
                form_key=form_key,
            )
            _attach(entry, taken)
            tell("work.entry_submitted", entry, actor)
    except IntegrityError:
        return _first_time(actor, form_key, source)
    return entry


def resubmit_entry(
    *,
    actor: Viewer,
    entry: Entry,
    version: int,
    text: str,
    quantity_milli: int,
    files: Sequence[UploadedFile] = (),
    purpose: Purpose | None = None,
    day: date | None = None,
    minutes: int | None = None,
) -> Entry:
    """The author sends a returned entry again, corrected. What it counts for, its day and its minutes stay where none
    are given; the lag to the first time it was sent is counted anew for another day. Raises as `submit_entry`."""
    require_author(actor, entry)
    taken = [take_in(file, actor=actor) for file in files]
    with transaction.atomic():
        current = held(entry.pk, "resubmit", version)
        before = _said(current)
        current.text, current.quantity_milli = text, quantity_milli
        if minutes is not None:
            current.minutes = minutes
        if purpose is not None:
            require_own_result(actor, purpose.result)
            current.result, current.task, current.indicator = purpose.result, purpose.task, purpose.indicator
        _move_day(actor, current, day or current.day)
        current.answer_due_on, current.escalated_at = answer_due_on(actor.employee, actor.today), None
        move(current, "resubmit")
        current.save(update_fields=[*CORRECTED, "lag_days", "state", "version", "answer_due_on", "escalated_at"])
        _attach(current, taken)
        after = _said(current)
        changed = {name: [before[name], after[name]] for name in CORRECTED if before[name] != after[name]}
        tell("work.entry_resubmitted", current, actor, changed)
    return current


@transaction.atomic
def withdraw_entry(*, actor: Viewer, entry: Entry, version: int) -> Entry:
    """The author takes a returned entry back: it stays to be read and counts for nothing; what it was drafted from is
    offered again. Raises NotAllowed for anybody else, NotNow where it was not returned, Stale for an older version."""
    require_author(actor, entry)
    current = held(entry.pk, "withdraw", version)
    move(current, "withdraw")
    drafted, current.source = current.source, ""
    current.save(update_fields=["state", "version", "source"])
    tell("work.entry_withdrawn", current, actor, {"source": [drafted, ""]} if drafted else None)
    return current


def _said(entry: Entry) -> dict[str, Any]:
    """What a correction can change, as the journal tells it."""
    return {name: entry.day.isoformat() if name == "day" else getattr(entry, name) for name in CORRECTED}


def _move_day(actor: Viewer, entry: Entry, day: date) -> None:
    """Where day or plan change, the day is asked as at first, and the lag is that to the first time it was sent."""
    plan_stays = entry.result.plan.period_start <= day < entry.result.plan.period_end
    if day == entry.day and plan_stays:
        return
    require_day(day, entry.result.plan, actor.today)
    written = entry.written_at if not entry.clock_is_doubtful else None
    entry.day = day
    entry.lag_days = terms_of(actor.employee, day, written_at=written, received_at=entry.submitted_at).lag_days


def _require_fitting(result: PlanResult, task: Task | None, indicator: Indicator | None) -> None:
    """A task and an indicator must hang under the result that the entry proves."""
    if (task and task.result_id != result.pk) or (indicator and indicator.result_id != result.pk):
        raise NotAllowed(gettext("Tugas atau indikator ini bukan bagian dari hasil kerja yang dipilih."))


def _first_time(actor: Viewer, form_key: UUID, source: str) -> Entry:
    entry = Entry.objects.filter(form_key=form_key, employee=actor.employee).first()
    if entry is None and source and Entry.objects.filter(employee=actor.employee, source=source).exists():
        raise NotNow(gettext("Pekerjaan ini sudah tercatat di kegiatan Anda, jadi tidak perlu dicatat lagi."))
    if entry is None:
        raise NotNow(gettext("Formulir ini sudah dipakai. Muat ulang halaman, lalu isi lagi."))
    return entry


def _attach(entry: Entry, taken: Sequence[TakenIn]) -> None:
    EntryFile.objects.bulk_create([EntryFile(entry=entry, file=write_row(each)) for each in taken])
