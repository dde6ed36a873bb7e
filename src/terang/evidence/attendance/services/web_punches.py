"""Recording presence from the web, and the appraiser's answer where the place does not fit. Each derives the days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.custody.services import TakenIn, take_in, write_row
from terang.evidence.attendance.gathering import flexible_days
from terang.evidence.attendance.models import QUESTIONED, Answer, Origin, OutsideEffect, Punch, WebPunch
from terang.evidence.attendance.services.deriving import derive_days
from terang.evidence.attendance.services.rederiving import begin_day
from terang.evidence.attendance.web_access import require_web_answerer
from terang.evidence.attendance.web_rules import Standing, standing_of
from terang.registry.organization.calendars import local_today, working_days
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.attendance.place import Placed, Point, placed
from terang.web.errors import NotAllowed, NotNow, Stale


@dataclass(frozen=True)
class Fix:
    """What the person's device said: where (millionths of a degree), how exact in metres, and its own time. Each is
    None where it did not say."""

    point: Point | None = None
    accuracy_metres: int | None = None
    device_at: datetime | None = None


def standing_today(viewer: Viewer) -> Standing:
    """How the viewer may record presence now. Four queries."""
    day = viewer.today
    modes = [mode for _pk, _day, mode in flexible_days([viewer.employee.pk], day, day + timedelta(days=1))]
    return standing_of(viewer.employee, day, modes[-1] if modes else None)


def record_web_punch(
    *, actor: Viewer | None, form_key: UUID, fix: Fix, photo: UploadedFile | None = None, explanation: str = ""
) -> WebPunch:
    """Records the viewer's presence now, by the server's clock. The same `form_key` again gives the record of the first
    time.

    A place that does not fit is recorded all the same and put to the appraiser; the rule says whether it counts
    meanwhile. Raises NotAllowed where the rule does not let the person record, NotNow where the photo is missing,
    RejectedFileError for a photo custody does not take.
    """
    viewer, now = require_viewer(actor), timezone.now()
    if (known := _first_time(viewer, form_key)) is not None:
        return known
    standing = standing_today(viewer)
    if standing.rule is None or not standing.open:
        raise NotAllowed(why_closed(standing))
    if standing.rule.photo_required and photo is None:
        raise NotNow(gettext("Ambil foto dahulu; aturan unit Anda memintanya."))
    places = [Point(place.latitude_micro, place.longitude_micro) for place in standing.places]
    where = placed(fix.point, fix.accuracy_metres, places, standing.radius_metres)
    taken = take_in(photo, actor=viewer) if photo else None
    try:
        with transaction.atomic():
            return _keep(viewer, standing, where, fix, taken, explanation.strip(), form_key, now)
    except IntegrityError:
        if (known := _first_time(viewer, form_key)) is None:
            raise NotNow(gettext("Formulir ini sudah dipakai. Muat ulang halaman, lalu rekam lagi.")) from None
        return known


def why_closed(standing: Standing) -> str:
    """Why the person cannot record from the web today, with what to do instead."""
    if standing.rule is not None and standing.rule.who == "fleksibel":
        return gettext("Rekam lewat web hanya pada hari kerja fleksibel Anda. Hari ini pakai alat presensi di kantor.")
    return gettext("Unit Anda tidak memakai rekam lewat web. Pakai alat presensi di kantor.")


def _keep(
    viewer: Viewer,
    standing: Standing,
    where: Placed,
    fix: Fix,
    photo: TakenIn | None,
    explanation: str,
    form_key: UUID,
    now: datetime,
) -> WebPunch:
    asked = where.standing in QUESTIONED
    assert standing.rule is not None
    punch = Punch.objects.create(
        agency_id=viewer.agency_id,
        employee=viewer.employee,
        at=now,
        received_at=now,
        origin=Origin.WEB,
        photo=write_row(photo) if photo else None,
        latitude_micro=fix.point.latitude if fix.point else None,
        longitude_micro=fix.point.longitude if fix.point else None,
        accuracy_metres=fix.accuracy_metres,
    )
    web = WebPunch.objects.create(
        punch=punch,
        rule=standing.rule,
        placing=where.standing,
        place=standing.places[where.nearest] if where.nearest is not None else None,
        distance_metres=where.metres,
        device_at=fix.device_at,
        explanation=explanation,
        state=Answer.OPEN if asked else Answer.NONE,
        counts=not asked or standing.rule.outside == OutsideEffect.COUNTS,
        form_key=form_key,
    )
    _tell("attendance.web_punched", web, viewer, {"placing": where.standing})
    begin_day(viewer.employee.agency)
    return web


def answer_web_punch(*, actor: Viewer | None, web: WebPunch, version: int, accept: bool, note: str) -> WebPunch:
    """The appraiser lets the record count, or not and says why."""
    viewer = require_web_answerer(actor, web.punch.employee)
    if not accept and not note.strip():
        raise NotNow(gettext("Tuliskan alasannya, supaya pegawai tahu langkah berikutnya."))
    with transaction.atomic():
        rows = WebPunch.objects.select_for_update(of=("self",)).select_related("punch__employee__agency")
        current = rows.get(pk=web.pk)
        if current.state != Answer.OPEN:
            raise NotNow(gettext("Rekaman ini sudah dijawab."))
        if current.version != version:
            raise Stale(gettext("Rekaman ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
        current.state = Answer.ACCEPTED if accept else Answer.REFUSED
        current.counts, current.note = accept, note.strip()
        current.answered_by, current.answered_at = viewer.employee, timezone.now()
        current.version += 1
        current.save()
        verb = "attendance.web_punch_accepted" if accept else "attendance.web_punch_refused"
        _tell(verb, current, viewer, {"state": [str(Answer.OPEN), str(current.state)]})
    return current


def sweep() -> None:
    """Lets count what was not answered within the days of its rule: silence costs the employee nothing. The question
    stays open. The worker calls it every hour; twice is as good as once."""
    waiting = WebPunch.objects.filter(state=Answer.OPEN, counts=False)
    for web in waiting.select_related("rule", "punch__employee__agency").order_by("pk"):
        assert web.punch.employee is not None
        agency = web.punch.employee.agency
        asked_on = web.punch.at.astimezone(ZoneInfo(agency.time_zone)).date()
        passed = working_days(agency, asked_on + timedelta(days=1), local_today(agency))
        if len(passed) < web.rule.answer_days:
            continue
        with transaction.atomic():
            still = {"pk": web.pk, "state": Answer.OPEN, "counts": False}
            if WebPunch.objects.filter(**still).update(counts=True, version=F("version") + 1):
                _tell("attendance.web_punch_unanswered", web, None, {"days": web.rule.answer_days})


def _tell(verb: str, web: WebPunch, actor: Viewer | None, changes: dict[str, object]) -> None:
    """One entry, without the place; then the days that the moment can belong to."""
    employee = web.punch.employee
    assert employee is not None
    day = web.punch.at.astimezone(ZoneInfo(employee.agency.time_zone)).date()
    record(
        verb,
        actor=actor.user if actor else None,
        obj=web,
        agency_id=web.punch.agency_id,
        subject_employee_id=employee.pk,
        unit_id=actor.unit_id if actor and actor.employee.pk == employee.pk else None,
        changes=changes,
    )
    around = timedelta(days=1)
    derive_days(agency=employee.agency, start=day - around, end=day + 2 * around, employee_ids=[employee.pk])


def _first_time(viewer: Viewer, form_key: UUID) -> WebPunch | None:
    return WebPunch.objects.filter(form_key=form_key, punch__employee=viewer.employee).first()
