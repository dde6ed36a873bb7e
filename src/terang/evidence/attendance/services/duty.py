"""The verbs of duty elsewhere: record a letter of assignment for several people, and take it back. Each derives the
days again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from terang.audit.services import Event, record_many
from terang.custody.services import take_in, write_row
from terang.evidence.attendance.duty_access import require_canceller, require_recorder_for
from terang.evidence.attendance.duty_checks import duties_meeting
from terang.evidence.attendance.models import Duty
from terang.evidence.attendance.services.deriving import derive_days
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale

MOST_PEOPLE = 100
MOST_DAYS = 366 * 6
"""Study assignments last years; this only keeps a wrong year from being derived."""


def record_duty(
    *,
    actor: Viewer,
    kind: str,
    letter: str,
    signed_by: str,
    purpose: str,
    place: str,
    starts_on: date,
    ends_on: date,
    people: Sequence[Employee],
    form_key: UUID,
    proof: UploadedFile | None = None,
) -> Duty:
    """Records a letter of assignment from `starts_on` to before `ends_on` for these people. The same `form_key` again
    gives the duty of the first time.

    Raises NotNow where one of them has other duty in these days; leave in them is not refused, the day tells of both.
    """
    require_recorder_for(actor, people)
    if (known := _first_time(actor, form_key)) is not None:
        return known
    _require_span(starts_on, ends_on)
    if not 0 < len(people) <= MOST_PEOPLE:
        raise NotNow(gettext("Pilih 1 sampai %(n)s orang.") % {"n": MOST_PEOPLE})
    taken = take_in(proof, actor=actor) if proof else None
    try:
        with transaction.atomic():
            locked = list(Employee.objects.select_for_update().filter(pk__in=[p.pk for p in people]).order_by("pk"))
            _require_free(locked, starts_on, ends_on)
            duty = Duty.objects.create(
                agency_id=actor.agency_id,
                kind=kind,
                letter=letter.strip(),
                signed_by=signed_by.strip(),
                purpose=purpose.strip(),
                place=place.strip(),
                starts_on=starts_on,
                ends_on=ends_on,
                proof=write_row(taken) if taken else None,
                recorded_by=actor.employee,
                form_key=form_key,
            )
            duty.people.set(locked)
            _tell("attendance.duty_recorded", duty, [person.pk for person in locked], actor)
    except IntegrityError:
        if (known := _first_time(actor, form_key)) is None:
            raise NotNow(gettext("Formulir ini sudah dipakai. Muat ulang halaman, lalu isi lagi.")) from None
        return known
    return duty


def cancel_duty(*, actor: Viewer, duty: Duty, version: int, reason: str) -> Duty:
    """Takes a duty back with the reason, which stands in the journal. Its days count again as they were recorded."""
    require_canceller(actor, duty)
    if not reason.strip():
        raise NotNow(gettext("Tuliskan mengapa tugas ini dibatalkan."))
    with transaction.atomic():
        current = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
        if current.cancelled_on is not None:
            raise NotNow(gettext("Surat tugas ini sudah dibatalkan."))
        if current.version != version:
            raise Stale(gettext("Surat tugas ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
        current.cancelled_on = actor.today
        current.version += 1
        current.save(update_fields=["cancelled_on", "version"])
        ids = list(current.people.order_by("pk").values_list("pk", flat=True))
        _tell("attendance.duty_cancelled", current, ids, actor, reason.strip())
    return current


def _require_span(start: date, end: date) -> None:
    if end <= start:
        raise NotNow(gettext("Hari terakhir tidak boleh sebelum hari pertama."))
    if (end - start).days > MOST_DAYS:
        raise NotNow(gettext("Rentang ini terlalu panjang. Periksa tahunnya."))


def _require_free(people: Sequence[Employee], start: date, end: date) -> None:
    busy = duties_meeting(people, start, end)
    told = [f"{person.name}: {'; '.join(busy[person.pk])}." for person in people if person.pk in busy]
    if told:
        raise NotNow(" ".join(told))


def _first_time(actor: Viewer, form_key: UUID) -> Duty | None:
    return Duty.objects.filter(form_key=form_key, recorded_by=actor.employee).first()


def _tell(verb: str, duty: Duty, ids: Sequence[int], actor: Viewer, reason: str = "") -> None:
    """One entry for each person, and their days derived again."""
    posts = main_posts(ids, actor.today)
    changes = {"starts_on": duty.starts_on.isoformat(), "ends_on": duty.ends_on.isoformat(), "kind": str(duty.kind)}
    events = [Event(verb, duty, pk, posts[pk].post.unit_id if pk in posts else None, changes) for pk in ids]
    record_many(events, actor=actor.user, agency_id=duty.agency_id, reason=reason)
    derive_days(agency=actor.employee.agency, start=duty.starts_on, end=duty.ends_on, employee_ids=ids)
