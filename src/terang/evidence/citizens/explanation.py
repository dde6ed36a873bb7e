"""From a score back to requests and answers.

Requests are shown one by one; opinions only as groups that are large enough.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.citizens.models import RequestReopening, ServiceRequest, SurveyResponse
from terang.evidence.citizens.request_selectors import finished, undone_completions
from terang.evidence.citizens.selectors import survey_sums
from terang.evidence.citizens.survey_selectors import readable
from terang.evidence.citizens.working_time import working_time
from terang.evidence.months import month_of, month_spans
from terang.evidence.records import Record
from terang.registry.people.models import Employee
from terang.rules.catalogue import MEASURES
from terang.rules.regulations.satisfaction import ELEMENT_LABELS, satisfaction_from_means
from terang.rules.tables import ELEMENTS
from terang.web.numbers import english, longdate

_NEVER = datetime.min.replace(tzinfo=UTC)


def records(
    measure_code: str,
    employee_id: int,
    start: date,
    end: date,
    limit: int = 50,
    *,
    min_answers: int | None = None,
) -> list[Record]:
    """What stands behind a measure of this room, latest first, with the completions that count no more because their
    result was wrong. Three queries at most.

    `min_answers` is the policy's (the catalogue's where missing): below it neither figures nor remarks are shown.
    """
    if measure_code == "citizen_satisfaction":
        least = MEASURES[measure_code].min_answers if min_answers is None else min_answers
        return _answers(employee_id, start, end, least)[:limit]
    officer = Employee.objects.select_related("agency").get(pk=employee_id)
    zone = ZoneInfo(officer.agency.time_zone)
    requests = finished([employee_id], start, end, zone).select_related("service").order_by("-completed_at")
    counted = [_request(measure_code, request, officer, zone) for request in requests[:limit]]
    undone = [_undone(row, officer, zone) for row in undone_completions(employee_id, start, end, zone)[:limit]]
    return sorted([*counted, *undone], key=lambda each: each.entered_at or _NEVER, reverse=True)[:limit]


def _request(measure_code: str, request: ServiceRequest, officer: Employee, zone: ZoneInfo) -> Record:
    assert request.completed_at is not None
    return Record(
        id=request.pk,
        day=request.completed_at.astimezone(zone).date(),
        title=f"{request.service.name} ({request.tracking_code})",
        detail=describe(request),
        counted=True,
        effect=_effect(measure_code, request),
        entered_by=officer.name,
        entered_at=request.completed_at,
        url=reverse("citizens:request", args=[request.pk]),
    )


def _undone(row: RequestReopening, officer: Employee, zone: ZoneInfo) -> Record:
    """A completion that lowered the value: its result was wrong, so it counts no more."""
    request = row.request
    told = {"day": longdate(row.reopened_at.astimezone(zone).date())}
    if request.completed_at is None:
        effect = gettext("tidak dihitung lagi; dihitung bila diselesaikan dengan benar")
    else:
        told["again"] = longdate(request.completed_at.astimezone(zone).date())
        effect = gettext("tidak dihitung di sini; dihitung sekali, pada %(again)s") % told
    return Record(
        id=request.pk,
        day=row.completed_at.astimezone(zone).date(),
        title=f"{request.service.name} ({request.tracking_code})",
        detail=gettext("dibuka kembali %(day)s karena hasilnya belum benar") % told,
        counted=False,
        effect=effect,
        entered_by=officer.name,
        entered_at=row.completed_at,
        url=reverse("citizens:request", args=[request.pk]),
    )


def standard_of(request: ServiceRequest) -> int:
    """Working minutes a request is held against, as `request_selectors.own_standard` says."""
    return request.service.standard_minutes if request.standard_minutes is None else request.standard_minutes


def describe(request: ServiceRequest) -> str:
    """One plain sentence: the time taken beside the standard, and the time that waited for the applicant."""
    standard = working_time(standard_of(request))
    if request.actual_minutes is None:
        return gettext("waktu tidak tercatat; standar %(standard)s") % {"standard": standard}
    text = gettext("selesai dalam %(actual)s; standar %(standard)s") % {
        "actual": working_time(request.actual_minutes),
        "standard": standard,
    }
    if request.waiting_minutes:
        waited = gettext("menunggu pemohon %(time)s, tidak dihitung")
        text += "; " + waited % {"time": working_time(request.waiting_minutes)}
    if request.reopened:
        text += "; " + gettext("dibuka kembali karena hasilnya belum benar")
    if request.held_minutes:
        held = gettext("hasil itu di tangan pemohon %(time)s, tidak dihitung")
        text += "; " + held % {"time": working_time(request.held_minutes)}
    return text


def _effect(measure_code: str, request: ServiceRequest) -> str:
    if measure_code == "services_completed" or request.actual_minutes is None:
        return gettext("dihitung 1 permohonan")
    in_time = request.actual_minutes <= standard_of(request)
    if measure_code == "service_timeliness":
        return gettext("dihitung: tepat waktu") if in_time else gettext("dihitung: melewati standar")
    return gettext("dihitung %(actual)s dari standar %(standard)s menit") % {
        "actual": request.actual_minutes,
        "standard": standard_of(request),
    }


def _answers(officer_id: int, start: date, end: date, least: int) -> list[Record]:
    responses = SurveyResponse.objects.filter(officer_id=officer_id, day__gte=start, day__lt=end).order_by()
    rows: list[Any] = list(
        responses.values(month=month_of("day", start, end))
        .annotate(respondents=Count("id"), **survey_sums())
        .order_by("-month")
    )
    enough = sum(row["respondents"] for row in rows) >= least
    firsts = {number: since for number, since, _ in month_spans(start, end)}
    months = [_month(firsts[row["month"]], row, least, enough) for row in rows]
    if not enough:
        return months
    return [*months, *_remarks(readable(responses.filter(released=True)))]


def _month(first: date, row: dict[str, Any], least: int, enough: bool) -> Record:
    """A month's answers. Its own means are shown only where the month alone is a large enough group."""
    shown = row["respondents"] >= least
    if not enough:
        effect = gettext("belum dihitung: perlu sekurang-kurangnya %(n)s jawaban") % {"n": least}
    else:
        effect = gettext("dihitung %(n)s jawaban") % {"n": row["respondents"]}
    return Record(
        id=0,
        day=first,
        title=gettext("Jawaban survei kepuasan"),
        detail=_index(row) if shown else gettext("jawaban bulan ini terlalu sedikit untuk ditampilkan sendiri"),
        counted=enough,
        effect=effect,
        entered_by=gettext("warga (tanpa nama)"),
        lines=tuple(_means(row)) if shown else (),
    )


def _index(row: dict[str, Any]) -> str:
    means = {e: Fraction(row[f"sum_{e}"], row[f"answered_{e}"]) for e in ELEMENTS if row[f"answered_{e}"]}
    if len(means) < len(ELEMENTS):
        return gettext("%(n)s orang menjawab") % {"n": row["respondents"]}
    result = satisfaction_from_means(means, respondents=row["respondents"])
    value = _marked(str(result.value))
    return gettext("%(n)s orang menjawab, IKM %(value)s (%(grade)s)") % {
        "n": row["respondents"],
        "value": value,
        "grade": result.grade,
    }


def _means(row: dict[str, Any]) -> Iterable[str]:
    for element in ELEMENTS:
        answered = row[f"answered_{element}"]
        if answered:
            hundredths = (200 * row[f"sum_{element}"] + answered) // (2 * answered)
            mean = _marked(f"{hundredths // 100}.{hundredths % 100:02d}")
            yield gettext("%(element)s: %(mean)s dari 4") % {"element": gettext(ELEMENT_LABELS[element]), "mean": mean}


def _marked(number: str) -> str:
    return number if english() else number.replace(".", ",")


def _remarks(remarks: Iterable[str]) -> list[Record]:
    """What citizens wrote, in order of the alphabet: a remark must not be tied to a day or a case."""
    texts = tuple(sorted(remarks))
    if not texts:
        return []
    return [
        Record(
            id=0,
            day=None,
            title=gettext("Saran warga"),
            detail=gettext("%(n)s saran, tanpa nama dan tanggal") % {"n": len(texts)},
            counted=False,
            effect=gettext("tidak dihitung; untuk dibaca"),
            entered_by=gettext("warga (tanpa nama)"),
            lines=texts,
        )
    ]
