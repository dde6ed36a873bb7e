"""The employee's answer: a reply, one second look, and that the report is read; and what time settles by itself."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.reports.access import require_author
from terang.evidence.reports.models import Drawing, Reading, Report, ReportState, Seat
from terang.evidence.reports.readers import draw
from terang.evidence.reports.services.recording import held, locked, tell
from terang.evidence.reports.states import may_move, require_move, require_version, target_of
from terang.evidence.reports.terms import working_day
from terang.registry.organization.calendars import local_today
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def ask_second_look(*, actor: Viewer, report: Report, seat: str, reason: str, version: int) -> Reading:
    """Asks once that somebody else looks at one reader's marks: the superior's superior, or another overseer. The marks
    of the first look stand until then. Raises NotNow after the last day, a second time, or without a reason."""
    require_author(actor, report)
    if not reason.strip():
        raise NotNow(gettext("Tuliskan apa yang menurut Anda perlu dilihat lagi."))
    with transaction.atomic():
        current = locked(report.pk, "ask")
        require_version(current, version)
        if why := why_no_second_look(current, actor.today):
            raise NotNow(why)
        first = current.readings.filter(seat=seat, look=1).first()
        if first is None:
            raise NotNow(gettext("Pilih penilaian yang ingin ditinjau."))
        reading = Reading.objects.create(
            report=current,
            seat=seat,
            look=2,
            asked=reason.strip(),
            due_on=working_day(current.employee.agency, actor.today, current.terms.reading_days),
            reader_id=_second_reader(current, first, actor.today),
        )
        current.version += 1
        current.save(update_fields=["version"])
        tell("second_look_asked", current, actor, {"seat": seat, "note": reason.strip()})
    return reading


def _second_reader(report: Report, first: Reading, today: date) -> int | None:
    """By lot where the terms draw; where there is no other overseer, the first one looks again."""
    if first.seat == Seat.SUPERIOR or report.terms.drawing == Drawing.POOL:
        return None
    return draw(report, today, without=[first.reader_id] if first.reader_id else ()) or first.reader_id


def why_no_second_look(report: Report, today: date) -> str:
    """Why a second look cannot be asked for now; empty where it can. One query."""
    if report.readings.filter(look=2).exists():
        return gettext("Tinjauan kedua sudah pernah diminta untuk laporan ini.")
    if report.second_look_until is None or today > report.second_look_until:
        return gettext("Waktu untuk meminta tinjauan kedua sudah lewat.")
    return ""


def finish_report(*, actor: Viewer, report: Report, reply: str, version: int) -> Report:
    """The employee has read the ratings; a reply stays with them. Published at once where the terms say so."""
    require_author(actor, report)
    with transaction.atomic():
        current = held(report.pk)
        if current.state in (ReportState.FINISHED, ReportState.PUBLISHED) and current.reply == reply.strip():
            return current
        require_move(current, "finish")
        require_version(current, version)
        if current.readings.filter(given_at=None).exists():
            raise NotNow(gettext("Tinjauan kedua masih berjalan. Laporan selesai sesudah dijawab."))
        if reply.strip():
            current.reply, current.replied_at = reply.strip(), timezone.now()
        _finish(current, actor)
    return current


def _finish(report: Report, actor: Viewer | None) -> None:
    report.state, report.finished_at = target_of("finish"), timezone.now()
    report.version += 1
    report.save()
    tell("report_finished", report, actor, {"text": report.reply} if report.reply else None)
    _publish(report)


def _publish(report: Report) -> None:
    """To those the terms name, by the system: nobody has to remember it."""
    report.state, report.published_at = target_of("publish"), timezone.now()
    report.audience = report.terms.audience
    report.save(update_fields=["state", "published_at", "audience"])
    tell("report_published", report, None, {"audience": str(report.audience)})


def settle_what_time_settles() -> None:
    """Hourly: a reading let go by is told once in the journal, and a report whose days for a second look are over is
    finished. Twice is as good as once."""
    for reading in Reading.objects.filter(given_at=None, escalated_at=None).select_related("report__employee__agency"):
        if local_today(reading.report.employee.agency) > reading.due_on:
            _escalate(reading)
    over = Report.objects.filter(state=ReportState.RATED, second_look_until__isnull=False)
    for report in over.exclude(readings__given_at=None).select_related("employee__agency"):
        if report.second_look_until and local_today(report.employee.agency) > report.second_look_until:
            _finish_in_time(report.pk)


def _finish_in_time(report_id: int) -> None:
    """Unless the person has answered meanwhile, or asked for a second look in the last minute."""
    with transaction.atomic():
        report = held(report_id)
        if may_move(report, "finish") and not report.readings.filter(given_at=None).exists():
            _finish(report, None)


def _escalate(reading: Reading) -> None:
    if reading.report.state not in (ReportState.SUBMITTED, ReportState.RATED):
        return
    with transaction.atomic():
        told = Reading.objects.filter(pk=reading.pk, given_at=None, escalated_at=None).update(
            escalated_at=timezone.now()
        )
        if told:
            tell("reading_escalated", reading.report, None, {"seat": str(reading.seat), "due_on": str(reading.due_on)})
