"""What the performance report prints, as plain JSON values for Typst. In Indonesian whatever the reader's language."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import override

from terang.evidence.figures import Figure
from terang.evidence.reports.access import is_disclosed
from terang.evidence.reports.hooks import thaw
from terang.evidence.reports.models import Reading, Report, Seat
from terang.evidence.reports.page import group_label, judged, readings_of
from terang.evidence.reports.terms import rubric_of
from terang.evidence.reports.wording import period_name
from terang.registry.people.selectors import main_posts
from terang.reporting.documents.facts import day_of, party, place_of
from terang.reporting.documents.sheets import Proof, Sheet
from terang.rules.reports.rubric import Rubric
from terang.web.numbers import longdate, longtime, score


def report_sheet(report: Report) -> Sheet:
    """A report that was handed in: words, frozen figures, and the readings once they are disclosed. 5 queries."""
    with override("id"):
        figures, readings = thaw(report.figures), readings_of(report)
        rows = list(report.achievements.all())
        known = {row.result_id for row in rows}
        rest = [each for each in figures if each.result_id not in known]
        disclosed = is_disclosed(report, readings)
        period = period_name(report.kind, report.period_start)
        return {
            "kind": "report",
            "name": f"Laporan kinerja {period}",
            "agency": report.employee.agency.name,
            "period": period,
            "span": f"{longdate(report.period_start)} sampai {longdate(report.last_day)}",
            "state": str(report.get_state_display()),
            "employee": asdict(party(report.employee, None))
            | {"post": report.post_title, "unit": report.unit.name if report.unit else ""},
            "parts": [{"title": row.title, "text": row.text, "figures": _told(figures, row.result_id)} for row in rows],
            "others": report.others,
            "challenges": report.challenges,
            "plans": report.plans,
            "groups": [
                {"label": group_label(group), "figures": [_figure(each) for each in rest if each.group == group]}
                for group in dict.fromkeys(each.group for each in rest)
            ],
            "as_of": longtime(report.figures_at) if report.figures_at else "",
            "readings": [_reading(each, rubric_of(report), report) for each in readings if disclosed and each.given_at],
            "reply": report.reply,
            "place": place_of(report.employee.agency),
            "date": longdate(day_of(report.submitted_at, report.employee.agency)) if report.submitted_at else "",
            "mark": "",
            "proof": asdict(Proof()),
        }


def _told(figures: list[Figure], result_id: int) -> list[dict[str, Any]]:
    return [_figure(each) for each in figures if each.result_id == result_id]


def _figure(figure: Figure) -> dict[str, Any]:
    return {"label": figure.label, "value": figure.value, "detail": figure.detail, "reached": figure.reached}


def _reading(reading: Reading, rubric: Rubric, report: Report) -> dict[str, Any]:
    assert reading.reader is not None
    assert reading.given_at is not None
    day = day_of(reading.given_at, report.employee.agency)
    place = main_posts([reading.reader.pk], day).get(reading.reader.pk)
    seat = str(Seat(reading.seat).label)
    return {
        "seat": seat if reading.look == 1 else f"Tinjauan kedua: {seat}",
        "reader": asdict(party(reading.reader, place)),
        "date": longdate(day),
        "rating": score(reading.rating_bp),
        "marks": [
            {
                "criterion": each.criterion.name,
                "level": each.level.name,
                "number": f"{each.level.number}/{len(each.criterion.levels)}",
                "text": each.level.text,
                "reason": each.reason,
            }
            for each in judged(reading.marks.all(), rubric)
        ],
        "remark": reading.remark,
    }
