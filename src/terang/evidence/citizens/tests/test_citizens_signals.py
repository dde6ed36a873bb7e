"""Requests finished faster than anybody works; services that are that short are no question."""

from datetime import date, timedelta

import pytest

from terang.evidence.citizens.models import RequestState
from terang.evidence.citizens.signals import SOURCES
from terang.evidence.oddities import Span

(SOURCE,) = SOURCES
DAY = date(2026, 11, 20)


def find(counter, *known, **limits):
    span = Span(counter.office.agency, date(2026, 11, 10), date(2026, 11, 24), frozenset(known))
    return list(SOURCE.find(span, SOURCE.usual() | limits))


@pytest.fixture
def finish(counter):
    def finish(seconds, **fields):
        began = counter.office.moment(DAY, 9)
        done = {"started_at": began, "completed_at": began + timedelta(seconds=seconds)}
        return counter.request(RequestState.DELIVERED, **(done | fields))

    return finish


def test_several_in_seconds_by_one_officer(counter, finish):
    rows = [finish(20), finish(41)]
    finish(3600)
    finish(10, officer="sari")
    assert find(counter) == []
    rows.append(finish(60))
    (odd,) = find(counter)
    assert (odd.employee_id, odd.first) == (counter.people["budi"].pk, DAY)
    assert "3 permohonan selesai paling lama 60 detik" in odd.sentence
    assert {trace.ref for trace in odd.traces} == {f"citizens.servicerequest:{row.pk}" for row in rows}
    assert find(counter, f"citizens.servicerequest:{rows[0].pk}") == []


def test_a_service_that_is_that_short_is_no_question(counter, finish):
    for _ in range(5):
        finish(20, standard_minutes=10)
    assert find(counter) == []
    assert len(find(counter, standar=10)) == 1


def test_no_word_of_the_applicant_is_kept(counter, finish):
    for _ in range(3):
        finish(5)
    (odd,) = find(counter)
    assert {str(trace.words) for trace in odd.traces} == {"Permohonan KTP elektronik"}


def test_what_is_known_keeps_nothing_fresh_out(counter, finish, monkeypatch):
    monkeypatch.setattr("terang.evidence.citizens.signals.MOST_ROWS", 3)
    fresh, known = [finish(20) for _ in range(3)], [finish(30) for _ in range(3)]
    (odd,) = find(counter, *(f"citizens.servicerequest:{row.pk}" for row in known))
    assert {trace.ref for trace in odd.traces} == {f"citizens.servicerequest:{row.pk}" for row in fresh}
