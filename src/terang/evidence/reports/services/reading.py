"""The readers' verbs: take a reading from the common queue, return the report for completion, rate it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.reports.access import require_reader
from terang.evidence.reports.models import Mark, Reading, Report, ReportReturn, Seat
from terang.evidence.reports.services.recording import held, locked, tell
from terang.evidence.reports.states import require_move, target_of
from terang.evidence.reports.terms import rubric_of, working_day
from terang.registry.people.viewer import Viewer
from terang.rules.reports.rubric import missing_marks, rating_bp
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Judgement:
    """Levels by criterion, the reason of each where one was given, and a word about the whole."""

    levels: Mapping[str, int]
    reasons: Mapping[str, str]
    remark: str = ""


def take_reading(*, actor: Viewer, reading: Reading) -> Reading:
    """An overseer takes a reading from the common queue, or one a colleague let go by; twice is as good as once."""
    if reading.seat != Seat.OVERSIGHT:
        raise NotNow(gettext("Bacaan ini milik atasan langsung."))
    require_reader(actor, reading)
    with transaction.atomic():
        report = locked(reading.report_id, "take")
        current = _current(reading)
        require_reader(actor, current)
        if current.reader_id != actor.employee.pk:
            current.reader = actor.employee
            current.version += 1
            current.save(update_fields=["reader", "version"])
            tell("reading_taken", report, actor, {"seat": str(current.seat)})
    return current


def rate_report(*, actor: Viewer, reading: Reading, judgement: Judgement, version: int) -> Reading:
    """Gives the marks; with the last of the first looks the report is rated. Clicked twice it is given once.

    The journal keeps the rating as a digest: people read what it tells about them, also before they may see the rating.

    Raises NotNow where a criterion is left out or its level does not exist, Stale where the report came back changed.
    """
    with transaction.atomic():
        report = held(reading.report_id)
        current = _current(reading)
        if current.given_at and current.reader_id == actor.employee.pk:
            return current
        require_reader(actor, current)
        require_move(report, "rate" if current.look == 1 else "look")
        _require_current(current, version)
        _mark(report, current, judgement)
        current.reader, current.given_at = actor.employee, timezone.now()
        current.version += 1
        current.save()
        _settle(report, current, actor.today)
        report.version += 1
        report.save()
        told = {"seat": str(current.seat), "look": current.look}
        said = [str(current.rating_bp), judgement.remark, *judgement.reasons.values()]
        tell("report_rated" if current.look == 1 else "report_looked_at_again", report, actor, {**told, "note": said})
    return current


def _current(reading: Reading) -> Reading:
    rows = Reading.objects.select_for_update(of=("self",)).select_related(
        "report__employee__agency", "report__unit", "report__terms"
    )
    return rows.get(pk=reading.pk)


def _require_current(reading: Reading, version: int) -> None:
    if reading.version != version:
        raise Stale(gettext("Laporan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))


def _mark(report: Report, reading: Reading, judgement: Judgement) -> None:
    rubric = rubric_of(report)
    if left := missing_marks(rubric, judgement.levels):
        names = [each.name for each in rubric.criteria if each.code in left]
        raise NotNow(gettext("Pilih tingkat untuk: %(names)s.") % {"names": ", ".join(names)})
    try:
        reading.rating_bp = rating_bp(rubric, judgement.levels)
    except KeyError:
        raise NotNow(gettext("Tingkat ini tidak ada dalam rubrik. Muat ulang halaman.")) from None
    reading.remark = judgement.remark.strip()
    reading.marks.all().delete()
    Mark.objects.bulk_create(
        Mark(reading=reading, criterion=code, level=level, remark=judgement.reasons.get(code, "").strip())
        for code, level in judgement.levels.items()
    )


def _settle(report: Report, reading: Reading, today: date) -> None:
    """The last first look makes the report rated and starts the days for a second one. A second look gives the person
    new days to read it."""
    if report.readings.filter(given_at=None).exists():
        return
    if reading.look == 1:
        report.state, report.rated_at = target_of("rate"), timezone.now()
    report.second_look_until = working_day(report.employee.agency, today, report.terms.second_look_days)


def return_report(*, actor: Viewer, reading: Reading, note: str, version: int) -> Report:
    """Gives the report back to be completed, with what is missing. Ratings given so far are opened again: their readers
    confirm them on the completed report."""
    require_reader(actor, reading)
    if not note.strip():
        raise NotNow(gettext("Tuliskan apa yang perlu dilengkapi."))
    with transaction.atomic():
        report = locked(reading.report_id, "return")
        current = _current(reading)
        require_reader(actor, current)
        _require_current(current, version)
        report.state = target_of("return")
        report.version += 1
        report.save()
        report.readings.update(given_at=None, version=F("version") + 1)
        ReportReturn.objects.create(
            report=report, seat=current.seat, reader=actor.employee, note=note.strip(), returned_at=timezone.now()
        )
        tell("report_returned", report, actor, {"seat": str(current.seat), "note": note.strip()})
    return report
