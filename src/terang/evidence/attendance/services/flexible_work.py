"""The verbs of flexible work: decide it for several people, and take it back. Each derives the days again."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from terang.audit.services import Event, record_many
from terang.evidence.attendance.flexible_access import require_flexible_canceller, require_flexible_decider_for
from terang.evidence.attendance.gathering import flexible_days
from terang.evidence.attendance.models import FlexibleMode, FlexibleWork
from terang.evidence.attendance.services.rederiving import ask_to_derive
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale
from terang.web.numbers import longdate

MOST_PEOPLE = 100
MOST_DAYS = 366
"""A decision for longer is renewed: supervision moves to results and has to be looked at (PermenPANRB 4/2025)."""


def decide_flexible_work(
    *,
    actor: Viewer | None,
    mode: str,
    weekdays: str,
    place: str,
    letter: str,
    signed_by: str,
    starts_on: date,
    ends_on: date,
    people: Sequence[Employee],
    form_key: UUID,
) -> FlexibleWork:
    """Decides that these people work flexibly from `starts_on` to before `ends_on` on the weekdays ("024": Monday,
    Wednesday, Friday). The same `form_key` again gives the decision of the first time.

    Raises NotNow where one of them has another decision on one of these days.
    """
    viewer = require_flexible_decider_for(actor, people, starts_on)
    if (known := _first_time(viewer, form_key)) is not None:
        return known
    weekdays = "".join(sorted(set(weekdays)))
    _check(mode, weekdays, place, starts_on, ends_on, people)
    try:
        with transaction.atomic():
            locked = list(Employee.objects.select_for_update().filter(pk__in=[p.pk for p in people]).order_by("pk"))
            _require_free(locked, weekdays, starts_on, ends_on)
            work = FlexibleWork.objects.create(
                agency_id=viewer.agency_id,
                mode=mode,
                weekdays=weekdays,
                place=place.strip(),
                letter=letter.strip(),
                signed_by=signed_by.strip(),
                starts_on=starts_on,
                ends_on=ends_on,
                recorded_by=viewer.employee,
                form_key=form_key,
            )
            work.people.set(locked)
            _tell("attendance.flexible_work_decided", work, [person.pk for person in locked], viewer)
    except IntegrityError:
        if (known := _first_time(viewer, form_key)) is None:
            raise NotNow(gettext("Formulir ini sudah dipakai. Muat ulang halaman, lalu isi lagi.")) from None
        return known
    return work


def cancel_flexible_work(*, actor: Viewer | None, work: FlexibleWork, version: int, reason: str) -> FlexibleWork:
    """Takes a decision back with the reason; its days count again as on site."""
    viewer = require_flexible_canceller(actor, work)
    if not reason.strip():
        raise NotNow(gettext("Tuliskan mengapa keputusan ini dibatalkan."))
    with transaction.atomic():
        current = FlexibleWork.objects.select_for_update(of=("self",)).get(pk=work.pk)
        if current.cancelled_on is not None:
            raise NotNow(gettext("Keputusan ini sudah dibatalkan."))
        if current.version != version:
            raise Stale(gettext("Keputusan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
        current.cancelled_on = viewer.today
        current.version += 1
        current.save(update_fields=["cancelled_on", "version"])
        ids = list(current.people.order_by("pk").values_list("pk", flat=True))
        _tell("attendance.flexible_work_cancelled", current, ids, viewer, reason.strip())
    return current


def _check(mode: str, weekdays: str, place: str, start: date, end: date, people: Sequence[Employee]) -> None:
    if not weekdays or any(day not in "0123456" for day in weekdays):
        raise NotNow(gettext("Pilih paling sedikit satu hari."))
    if mode == FlexibleMode.ELSEWHERE and not place.strip():
        raise NotNow(gettext("Tuliskan tempatnya, misalnya rumah atau kantor kelurahan."))
    if end <= start:
        raise NotNow(gettext("Hari terakhir tidak boleh sebelum hari pertama."))
    if (end - start).days > MOST_DAYS:
        raise NotNow(gettext("Satu keputusan paling lama satu tahun. Perbarui sesudahnya."))
    if not 0 < len(people) <= MOST_PEOPLE:
        raise NotNow(gettext("Pilih 1 sampai %(n)s orang.") % {"n": MOST_PEOPLE})


def _require_free(people: Sequence[Employee], weekdays: str, start: date, end: date) -> None:
    names = {person.pk: person.name for person in people}
    busy: dict[int, date] = {}
    for employee_id, day, _mode in flexible_days(names, start, end):
        if str(day.weekday()) in weekdays:
            busy.setdefault(employee_id, day)
    if busy:
        told = ", ".join(f"{names[pk]} ({longdate(day)})" for pk, day in busy.items())
        raise NotNow(gettext("Sudah ada keputusan lain untuk: %(people)s. Batalkan dahulu.") % {"people": told})


def _first_time(actor: Viewer, form_key: UUID) -> FlexibleWork | None:
    return FlexibleWork.objects.filter(form_key=form_key, recorded_by=actor.employee).first()


def _tell(verb: str, work: FlexibleWork, ids: Sequence[int], actor: Viewer, reason: str = "") -> None:
    """One entry for each person, and their days derived again by the worker."""
    posts = main_posts(ids, actor.today)
    changes = {
        "starts_on": work.starts_on.isoformat(),
        "ends_on": work.ends_on.isoformat(),
        "mode": str(work.mode),
        "weekdays": work.weekdays,
    }
    events = [Event(verb, work, pk, posts[pk].post.unit_id if pk in posts else None, changes) for pk in ids]
    record_many(events, actor=actor.user, agency_id=work.agency_id, reason=reason)
    ask_to_derive(actor.employee.agency, work.starts_on - timedelta(days=1), work.ends_on + timedelta(days=1), ids)
