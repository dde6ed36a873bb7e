"""The verbs of daily work: submit, accept, return, resubmit. Each: access, state, one transaction, journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import Event, record, record_many
from terang.custody.services import store_upload
from terang.evidence.work.access import require_author, require_decider, require_decider_of_all, require_own_result
from terang.evidence.work.days import lag_days, require_day
from terang.evidence.work.models import Entry, EntryFile, EntryState, Task
from terang.evidence.work.states import MOVES, may_move, require_move, require_version
from terang.planning.plans.models import Indicator, PlanResult
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow


@dataclass(frozen=True)
class Batch:
    """What became of a batch: ids accepted, and ids left alone because they had changed meanwhile."""

    accepted: tuple[int, ...]
    skipped: tuple[int, ...]


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
) -> Entry:
    """Writes one activity of one's own. The same `form_key` again gives the entry of the first time.

    `result` must come with its plan. Raises NotAllowed for somebody else's plan, NotNow for a day the plan or the clock
    does not allow, RejectedFileError for a file; then nothing is written.
    """
    require_own_result(actor, result)
    require_day(day, result.plan, actor.today)
    _require_fitting(result, task, indicator)
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
                submitted_at=timezone.now(),
                lag_days=lag_days(actor.employee.agency, day, actor.today),
                form_key=form_key,
            )
            _attach(entry, files, actor)
            _record("work.entry_submitted", entry, actor)
    except IntegrityError:
        return _first_time(actor, form_key)
    return entry


def accept_entry(*, actor: Viewer, entry: Entry, version: int) -> Entry:
    """The appraiser accepts: the entry becomes evidence."""
    require_decider(actor, entry)
    return _decide(entry.pk, "accept", version, actor)


def return_entry(*, actor: Viewer, entry: Entry, version: int, note: str) -> Entry:
    """The appraiser gives an entry back with a note that says what is missing."""
    require_decider(actor, entry)
    if not note.strip():
        raise NotNow(gettext("Tuliskan apa yang perlu diperbaiki, supaya pegawai tahu langkahnya."))
    return _decide(entry.pk, "return", version, actor, note.strip())


def resubmit_entry(
    *,
    actor: Viewer,
    entry: Entry,
    version: int,
    text: str,
    quantity_milli: int,
    files: Sequence[UploadedFile] = (),
) -> Entry:
    """The author sends a returned entry again, corrected. Day, result and lag stay those of the first time."""
    require_author(actor, entry)
    with transaction.atomic():
        current = _current(entry.pk, "resubmit", version)
        changes = {"text": [current.text, text], "quantity_milli": [current.quantity_milli, quantity_milli]}
        current.text, current.quantity_milli = text, quantity_milli
        _move(current, "resubmit")
        current.save(update_fields=["text", "quantity_milli", "state", "version"])
        _attach(current, files, actor)
        _record("work.entry_resubmitted", current, actor, changes)
    return current


def accept_entries(*, actor: Viewer, versions: Mapping[int, int]) -> Batch:
    """Accepts many entries at once, given by id with the version that was on screen.

    What changed meanwhile is left alone and told. Raises NotAllowed, and accepts nothing, where one is not the actor's.
    """
    with transaction.atomic():
        found = Entry.objects.select_for_update(of=("self",)).filter(pk__in=versions).select_related("employee")
        entries = list(found.order_by("pk"))
        require_decider_of_all(actor, entries)
        fresh = [e for e in entries if e.version == versions[e.pk] and may_move(e, "accept")]
        for entry in fresh:
            _move(entry, "accept", actor)
        Entry.objects.bulk_update(fresh, ["state", "decided_at", "decided_by", "note", "version"])
        record_many(_events("work.entry_accepted", fresh, actor), actor=actor.user, agency_id=actor.agency_id)
    accepted = tuple(entry.pk for entry in fresh)
    return Batch(accepted, tuple(sorted(set(versions) - set(accepted))))


def _require_fitting(result: PlanResult, task: Task | None, indicator: Indicator | None) -> None:
    """A task and an indicator must hang under the result that the entry proves."""
    if (task and task.result_id != result.pk) or (indicator and indicator.result_id != result.pk):
        raise NotAllowed(gettext("Tugas atau indikator ini bukan bagian dari hasil kerja yang dipilih."))


def _first_time(actor: Viewer, form_key: UUID) -> Entry:
    entry = Entry.objects.filter(form_key=form_key, employee=actor.employee).first()
    if entry is None:
        raise NotNow(gettext("Formulir ini sudah dipakai. Muat ulang halaman, lalu isi lagi."))
    return entry


def _decide(entry_id: int, verb: str, version: int, actor: Viewer, note: str = "") -> Entry:
    with transaction.atomic():
        entry = _current(entry_id, verb, version)
        _move(entry, verb, actor, note)
        entry.save(update_fields=["state", "decided_at", "decided_by", "note", "version"])
        told = {"accept": "work.entry_accepted", "return": "work.entry_returned"}
        _record(told[verb], entry, actor, reason=note)
    return entry


def _current(entry_id: int, verb: str, version: int) -> Entry:
    """The row as it is now, locked. The state is asked first: it says more than a changed version."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("employee").get(pk=entry_id)
    require_move(entry, verb)
    require_version(entry, version)
    return entry


def _move(entry: Entry, verb: str, decider: Viewer | None = None, note: str = "") -> None:
    entry.state = MOVES[verb].target
    entry.version += 1
    if decider:
        entry.decided_at, entry.decided_by, entry.note = timezone.now(), decider.employee, note


def _attach(entry: Entry, files: Sequence[UploadedFile], actor: Viewer) -> None:
    kept = [store_upload(file, actor=actor) for file in files]
    EntryFile.objects.bulk_create([EntryFile(entry=entry, file=file) for file in kept])


def _record(
    verb: str, entry: Entry, actor: Viewer, changes: Mapping[str, Any] | None = None, *, reason: str = ""
) -> None:
    [event] = _events(verb, [entry], actor)
    record(
        verb,
        actor=actor.user,
        obj=entry,
        agency_id=entry.employee.agency_id,
        subject_employee_id=event.subject_employee_id,
        unit_id=event.unit_id,
        changes={**event.changes, **(changes or {})},
        reason=reason,
    )


def _events(verb: str, entries: Sequence[Entry], actor: Viewer) -> list[Event]:
    """What the journal tells of entries; the unit is the person's today, so that the right boards hear of it."""
    posts = main_posts({entry.employee_id for entry in entries}, actor.today)
    units = {employee_id: post.post.unit_id for employee_id, post in posts.items()}
    return [
        Event(
            verb,
            entry,
            entry.employee_id,
            units.get(entry.employee_id),
            {"day": entry.day.isoformat(), "state": str(EntryState(entry.state))},
        )
        for entry in entries
    ]
