"""A look-alike is asked about, explained by the person, and closed by the appraiser. No score knows of any of it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.custody.access import may_close_on
from terang.custody.comparing import Likeness, likeness_of
from terang.custody.models import Resemblance, ResemblanceState, StoredFile, Verdict
from terang.custody.terms import answer_due, terms_on
from terang.custody.uses import Compared, uses_of
from terang.registry.organization.calendars import local_today
from terang.registry.people.access import require_appraiser_of, require_self
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


def ask_about(*, file_id: int) -> Resemblance | None:
    """Compares a file with earlier ones of its government, once; asks where there is one like it. Twice is as good as
    once. A file that is not used anywhere yet is left for a later turn."""
    stored = StoredFile.objects.filter(pk=file_id, compared_at=None, destroyed_on=None).first()
    uses = uses_of([file_id]).get(file_id, []) if stored else []
    if not stored or not uses:
        return None
    use = next((use for use in uses if use.compared != Compared.NEVER), None)
    employee = Employee.objects.select_related("agency").get(pk=use.employee_id) if use else None
    if not use or not employee or employee.agency_id != stored.agency_id:
        _compared(stored)
        return None
    terms = terms_on(employee.agency_id, local_today(employee.agency))
    found = likeness_of(stored, use, asks_same_day=terms.asks_same_day)
    with transaction.atomic():
        return _asked(stored, employee, found) if _compared(stored) and found else None


def _compared(stored: StoredFile) -> bool:
    """Notes that the file was compared; False where another worker was quicker."""
    return bool(StoredFile.objects.filter(pk=stored.pk, compared_at=None).update(compared_at=timezone.now()))


def _asked(stored: StoredFile, employee: Employee, found: Likeness) -> Resemblance:
    """The entry in the journal names nobody: until the person has answered, only the person knows."""
    today = local_today(employee.agency)
    row = Resemblance.objects.create(
        agency=employee.agency,
        file=stored,
        earlier_id=found.file_id,
        employee=employee,
        day=found.use.day,
        earlier_employee_id=found.earlier_use.employee_id,
        earlier_day=found.earlier_use.day,
        same_bytes=found.same_bytes,
        distance=found.distance,
        found_at=timezone.now(),
        due_on=answer_due(employee.agency, today, terms_on(employee.agency_id, today)),
    )
    record("custody.resemblance_found", actor=None, obj=row, agency_id=employee.agency_id)
    return row


def explain_resemblance(
    *, actor: Viewer, resemblance: Resemblance, version: int, text: str, form_key: UUID
) -> Resemblance:
    """The person answers, also late, as long as it is not closed. The same `form_key` again changes nothing."""
    require_self(actor, resemblance.employee)
    if not text.strip():
        raise NotNow(gettext("Tuliskan penjelasannya dengan satu kalimat."))
    with transaction.atomic():
        current = _locked(resemblance)
        if current.form_key == form_key:
            return current
        if current.state != ResemblanceState.ASKED:
            raise NotNow(gettext("Pertanyaan ini sudah dijelaskan."))
        _require_version(current, version)
        current.explanation, current.explained_at, current.form_key = text.strip(), timezone.now(), form_key
        _move(current, ResemblanceState.EXPLAINED)
        _record("custody.resemblance_explained", current, actor, {"text": current.explanation})
    return current


def close_resemblance(
    *, actor: Viewer, resemblance: Resemblance, version: int, verdict: Verdict, note: str
) -> Resemblance:
    """The appraiser ends the question, once the person has answered or the days for it have passed. What is to be
    talked about needs a word."""
    require_appraiser_of(actor, resemblance.employee)
    if verdict == Verdict.TALK and not note.strip():
        raise NotNow(gettext("Tuliskan apa yang perlu dibicarakan, supaya pegawai tahu."))
    with transaction.atomic():
        current = _locked(resemblance)
        if current.state == ResemblanceState.CLOSED:
            raise NotNow(gettext("Pertanyaan ini sudah selesai."))
        if not may_close_on(current, actor.today):
            raise NotNow(gettext("Pegawai menjawab lebih dahulu. Tunggu penjelasannya atau lewatnya batas waktu."))
        _require_version(current, version)
        current.verdict, current.note = verdict, note.strip()
        current.closed_by, current.closed_at = actor.employee, timezone.now()
        _move(current, ResemblanceState.CLOSED)
        _record("custody.resemblance_closed", current, actor, {"verdict": str(verdict), "note": current.note})
    return current


def _locked(resemblance: Resemblance) -> Resemblance:
    rows = Resemblance.objects.select_for_update(of=("self",)).select_related("employee", "file", "earlier_employee")
    return rows.get(pk=resemblance.pk)


def _require_version(current: Resemblance, version: int) -> None:
    if current.version != version:
        raise Stale(gettext("Halaman ini sudah berubah sejak Anda membukanya. Muat ulang, lalu coba lagi."))


def _move(current: Resemblance, state: ResemblanceState) -> None:
    current.state = state
    current.version += 1
    current.save()


def _record(verb: str, row: Resemblance, actor: Viewer, changes: dict[str, Any]) -> None:
    """`text` and `note` are kept by the journal as digests."""
    post = main_posts([row.employee_id], actor.today).get(row.employee_id)
    record(
        verb,
        actor=actor.user,
        obj=row,
        agency_id=row.agency_id,
        subject_employee_id=row.employee_id,
        unit_id=post.post.unit_id if post else None,
        changes={"state": str(row.state), **changes},
    )
