"""What overseers on the spot are told: what to look at in a unit, and real requests to follow, without a name."""

from datetime import date, timedelta

from terang.evidence.citizens.inspection_cases import codes, told
from terang.evidence.citizens.inspection_criteria import criteria
from terang.evidence.citizens.models import RequestState


def test_criteria_come_from_the_pledge_and_the_standard_in_force(counter, today):
    late = counter.request(RequestState.PROCESSING, due_at=counter.office.moment(today - timedelta(days=1)))
    found = {each.text: each for each in criteria(counter.office.unit, today)}
    name = counter.service.name
    assert list(found) == [
        "Maklumat pelayanan terpasang",
        f"Standar terpasang di loket: {name}",
        f"Waktu sesuai janji: {name}",
        f"Biaya sesuai standar: {name}",
    ]
    assert found["Maklumat pelayanan terpasang"].hint == "belum terbit"
    assert found[f"Standar terpasang di loket: {name}"].hint == "SK 1/2026"
    assert found[f"Waktu sesuai janji: {name}"].hint == "5 hari kerja; 1 lewat janji"
    assert found[f"Biaya sesuai standar: {name}"].hint == "gratis"
    assert late.tracking_code not in str(found)


def test_a_unit_that_serves_nobody_has_none(counter, today, django_assert_num_queries):
    counter.service.active = False
    counter.service.save()
    with django_assert_num_queries(1):
        assert criteria(counter.office.unit, today) == []


def test_cases_are_those_received_in_the_time_with_their_log(counter, today):
    at = counter.office.moment
    inside = counter.request(RequestState.READY, received_at=at(today - timedelta(days=3)))
    returned = counter.request(RequestState.RETURNED, received_at=at(today - timedelta(days=30)))
    counter.request(RequestState.READY, received_at=at(today - timedelta(days=31)))
    counter.request(RequestState.READY, received_at=at(today))
    found = codes(counter.office.unit, today - timedelta(days=30), today)
    assert found == sorted([inside.tracking_code, returned.tracking_code])
    cases = {case.code: case for case in told(counter.office.unit, found)}
    texts = [step.text for step in cases[inside.tracking_code].steps]
    assert texts[0] == "Permohonan diterima"
    assert texts[-1] == "Selesai, hasil siap diambil"
    assert "Dikembalikan kepada pemohon untuk dilengkapi" in [step.text for step in cases[returned.tracking_code].steps]
    days = [step.day for step in cases[inside.tracking_code].steps]
    assert days == sorted(days)
    assert isinstance(days[0], date)
    assert "Budi" not in str(cases)


def test_the_same_queries_for_one_and_for_many(counter, today, django_assert_num_queries):
    rows = [counter.request(RequestState.READY).tracking_code for _ in range(6)]
    with django_assert_num_queries(4):
        told(counter.office.unit, rows[:1])
    with django_assert_num_queries(4):
        told(counter.office.unit, rows)
