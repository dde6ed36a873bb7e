"""The month for the leadership: numbers made by hand, who reads it, and that nothing tells of a guarded report."""

from datetime import date

import pytest
from django.urls import reverse

from terang.evidence.complaints.models import Complaint, Escalation
from terang.evidence.complaints.monthly import LEAST, MonthReport, UnitMonth, report_of
from terang.evidence.complaints.services import citizen, time
from terang.registry.people.models import Post

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def of(house, start, today):
    return report_of(house.office.agency, start, today)


def unit(report: MonthReport, name: str) -> UnitMonth:
    return next((each for each in report.units if each.name == name), UnitMonth(None))


def test_a_month_is_counted_by_hand(house):
    house.go_to(date(2026, 3, 2))
    closed = house.closed()
    again = house.reopened()
    late = house.in_hand()
    house.report()  # nobody has it yet
    house.go_to(date(2026, 4, 20))
    time.settle(agency=house.office.agency)
    march = of(house, MARCH, date(2026, 4, 20))
    service = unit(march, "Bagian Layanan")
    assert (closed.finish_due_on, late.finish_due_on) < (date(2026, 4, 1),) * 2
    assert (service.received, service.in_time, service.late) == (3, 2, 1)
    assert (service.confirmed, service.silent, service.reopened) == (1, 0, 1)
    assert service.steps == {"verifikasi": 0, "tanggapan": 1, "jawaban": 2, "ombudsman": 0}
    assert (service.breaches, service.is_repeated) == (3, True)
    waits = unit(march, "")
    assert (waits.unit_id, waits.received, waits.late, waits.steps["verifikasi"]) == (None, 1, 0, 1)
    assert march.total("received") == 4
    assert march.repeated == [service]
    assert again.reopened_count == 1
    april = of(house, APRIL, date(2026, 4, 20))
    assert unit(april, "Bagian Layanan").received == 0


def test_what_is_due_later_counts_nowhere_yet(house):
    house.go_to(date(2026, 3, 2))
    found = house.in_hand()
    assert unit(of(house, MARCH, found.finish_due_on), "Bagian Layanan").late == 0
    assert unit(of(house, MARCH, date(2026, 4, 1)), "Bagian Layanan").late == 1


def test_silence_and_confirmation_are_two_numbers(house):
    house.go_to(date(2026, 3, 2))
    silent = house.answered()
    citizen.confirm_done(complaint=house.answered())
    day = silent.response_due_on
    house.go_to(date(2026, 3, 31))
    assert day < date(2026, 3, 31)
    time.close_silent(house.office.agency, date(2026, 3, 31))
    service = unit(of(house, MARCH, date(2026, 3, 31)), "Bagian Layanan")
    assert (service.confirmed, service.silent) == (1, 1)


@pytest.mark.parametrize(
    ("now", "before", "repeated"), [(0, 0, False), (1, 0, False), (1, 1, True), (2, 0, True), (0, 3, False)]
)
def test_when_a_breach_is_repeated(now, before, repeated):
    assert UnitMonth(1, breaches=now, before=before).is_repeated is repeated


@pytest.mark.parametrize("kind", ["is_secret", "is_misconduct"])
def test_guarded_reports_are_told_from_five_on_and_counted_nowhere_else(house, kind):
    house.go_to(date(2026, 3, 2))
    name = {"is_secret": "secret", "is_misconduct": "misconduct"}[kind]
    empty = of(house, MARCH, date(2026, 4, 20))
    for number in range(1, LEAST + 1):
        found = house.in_hand(**{kind: True}, about_unit=house.units["service"])
        Escalation.objects.create(
            complaint=found, step="jawaban", due_on=date(2026, 3, 9), day=date(2026, 3, 9), at=found.received_at
        )
        report = of(house, MARCH, date(2026, 4, 20))
        assert report.units == empty.units == []
        assert getattr(report, name) == (LEAST if number == LEAST else None)
    assert {report.secret, report.misconduct} == {LEAST, None}


def test_who_reads_it(house, client):
    Post.objects.filter(assignments__employee=house.people["sandi"]).update(title="Sekretaris Daerah")
    house.routed()
    readers = set()
    for who, person in house.people.items():
        client.force_login(person.user)
        answer = client.get(reverse("complaints:month"))
        assert answer.status_code in (200, 403)
        if answer.status_code == 200:
            readers.add(who)
            assert "Bagian Layanan" in answer.content.decode()
            csv = b"".join(client.get(reverse("complaints:month") + "?ekspor=csv")).decode()
            assert "Bagian Layanan" in csv
    assert readers == {"mayor", "sandi", "lina"}


def test_the_page_says_less_than_five_for_none_and_for_four(house, client):
    client.force_login(house.people["mayor"].user)
    pages = []
    for _ in range(2):
        page = client.get(reverse("complaints:month")).content.decode()
        assert page.count("kurang dari 5") == 2
        pages.append(page[page.index("Laporan yang dijaga") :].partition("</section>")[0])
        house.in_hand(is_misconduct=True, about_unit=house.units["other"])
    assert pages[0] == pages[1]


@pytest.mark.parametrize("asked", ["", "2026-13", "x", "9999-12", "2026-01"])
def test_any_month_asked_for_answers(house, client, asked):
    client.force_login(house.people["lina"].user)
    assert client.get(reverse("complaints:month"), {"bulan": asked}).status_code == 200


def test_queries_do_not_grow_with_the_number(house, django_assert_num_queries):
    house.go_to(date(2026, 3, 2))
    for number in (1, 4):
        for _ in range(number):
            house.in_hand()
        with django_assert_num_queries(9):
            of(house, MARCH, date(2026, 4, 20))
    assert Complaint.objects.count() == 5
