"""A superior who rates every report the same; a few reports, a second look or one difference are no question."""

from datetime import date, timedelta

import pytest

from terang.evidence.oddities import Span
from terang.evidence.reports.models import Reading, Report, ReportTerms, Seat
from terang.evidence.reports.signals import SOURCES

(SOURCE,) = SOURCES
TODAY = date(2026, 11, 24)


def find(office, *known):
    span = Span(office.agency, TODAY - timedelta(days=SOURCE.days), TODAY, frozenset(known))
    return list(SOURCE.find(span, SOURCE.usual()))


@pytest.fixture
def rate(desk):
    def rate(number, rating_bp, **fields):
        report = Report.objects.create(
            employee=desk.office.employee(f"Pegawai {number}"),
            unit=desk.office.unit,
            terms=ReportTerms.objects.get(),
            kind="semester",
            period_start=date(2026, 1, 1),
            period_end=date(2026, 7, 1),
            due_on=date(2026, 7, 14),
            opened_at=desk.office.moment(date(2026, 7, 1)),
            state="dinilai",
        )
        told = {"seat": Seat.SUPERIOR, "reader": desk.office.head, "given_at": desk.office.moment(date(2026, 11, 2))}
        return Reading.objects.create(report=report, due_on=date(2026, 7, 30), rating_bp=rating_bp, **(told | fields))

    return rate


def test_everybody_rated_the_same(desk, rate):
    rows = [rate(number, 8125) for number in range(4)]
    rate(9, 5000, look=2)
    rate(10, 5000, seat=Seat.OVERSIGHT, reader=desk.overseer)
    assert find(desk.office) == []
    rows.append(rate(4, 8125))
    (odd,) = find(desk.office)
    assert odd.employee_id == desk.office.head.pk
    assert "5 laporan dari 5 orang dinilai sama, yaitu 81,25" in odd.sentence
    assert find(desk.office, f"reports.reading:{rows[0].pk}") == []
    rate(5, 8750)
    assert find(desk.office) == [], "one that differs is a spread"


def test_what_is_known_keeps_nothing_fresh_out(desk, rate, monkeypatch):
    monkeypatch.setattr("terang.evidence.reports.signals.MOST_ROWS", 5)
    fresh, known = ([rate(first + number, 8125) for number in range(5)] for first in (0, 5))
    (odd,) = find(desk.office, *(f"reports.reading:{row.pk}" for row in known))
    assert {trace.ref for trace in odd.traces} == {f"reports.reading:{row.pk}" for row in fresh}
