"""What the citizens room hands to the engine, and what of it is shown."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from terang.evidence.citizens.evidence import facts, records
from terang.evidence.citizens.models import Service, ServiceRequest, SurveyInvitation, SurveyResponse
from terang.evidence.citizens.working_time import working_time
from terang.registry.organization.models import Unit
from terang.rules.tables import ELEMENTS, EVIDENCE_TABLES

OCTOBER = (date(2026, 10, 1), date(2026, 11, 1))
NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
NUMBERS = itertools.count(1)


@pytest.fixture
def budi(office):
    return office.employee("Budi")


@pytest.fixture
def ktp(office):
    return Service.objects.create(
        unit=office.unit, code="ktp", name="KTP elektronik", standard_minutes=2250, monthly_norm=20
    )


def finish(office, service, officer, day, minutes=900, hour=10, **fields):
    completed = office.moment(day, hour)
    return ServiceRequest.objects.create(
        service=service,
        officer=officer,
        tracking_code=f"KTP-{next(NUMBERS)}",
        received_at=completed - timedelta(days=2),
        completed_at=completed,
        actual_minutes=minutes,
        **fields,
    )


def answer(service, officer, day, value=3, **fields):
    values = dict.fromkeys(ELEMENTS, value) | fields
    return SurveyResponse.objects.create(service=service, officer=officer, day=day, **values)


def row(table, rows):
    return [dict(zip(EVIDENCE_TABLES[table].names, each, strict=True)) for each in rows[table]]


def test_finished_requests_are_summed_by_month_against_standard_and_norm(office, budi, ktp):
    kk = Service.objects.create(
        unit=office.unit, code="kk", name="Kartu keluarga", standard_minutes=1350, monthly_norm=10
    )
    finish(office, ktp, budi, date(2026, 10, 5), 2250)
    finish(office, ktp, budi, date(2026, 10, 6), 2251, reopened=True)
    finish(office, kk, budi, date(2026, 10, 31), 300, hour=23)
    ServiceRequest.objects.create(
        service=ktp, officer=budi, tracking_code="X", received_at=office.moment(date(2026, 10, 7))
    )
    [october] = row("services", facts([budi.pk], [], *OCTOBER))
    assert (october["month"], october["completed"], october["timely"], october["reopened"]) == (202610, 3, 2, 1)
    assert (october["standard_minutes"], october["actual_minutes"]) == (5850, 4801)
    assert october["expected"] == 30


def test_without_a_norm_nothing_is_expected_and_a_running_month_owes_its_days(office, budi, ktp):
    finish(office, ktp, budi, date(2026, 11, 5))
    [running] = row("services", facts([budi.pk], [], *NOVEMBER))
    assert running["expected"] == 15  # 20 × 23/30
    ktp.monthly_norm = None
    ktp.save()
    [without] = row("services", facts([budi.pk], [], *NOVEMBER))
    assert without["expected"] is None


def test_answers_are_summed_and_blanks_left_out(office, budi, ktp):
    answer(ktp, budi, date(2026, 10, 5), 4, pengaduan=None)
    answer(ktp, budi, date(2026, 10, 6), 2)
    answer(ktp, office.employee("Sari"), date(2026, 10, 6), 1)
    request = finish(office, ktp, budi, date(2026, 10, 6))
    for number in range(3):
        other = finish(office, ktp, budi, date(2026, 10, 7))
        SurveyInvitation.objects.create(request=other, token_hash=f"{number}", expires_at=request.completed_at)
    rows = facts([budi.pk], [office.unit.pk, office.root.pk], *OCTOBER)
    [own] = row("surveys", rows)
    assert (own["respondents"], own["invited"]) == (2, 3)
    assert (own["sum_syarat"], own["answered_syarat"]) == (6, 2)
    assert (own["sum_pengaduan"], own["answered_pengaduan"]) == (2, 1)
    for unit in row("unit_surveys", rows):
        assert (unit["respondents"], unit["sum_syarat"], unit["answered_pengaduan"]) == (3, 7, 2)
    assert {unit["unit_id"] for unit in row("unit_surveys", rows)} == {office.unit.pk, office.root.pk}


def test_a_unit_outside_sees_nothing_of_it(office, budi, ktp):
    other = Unit.objects.create(
        agency=office.agency, parent=office.root, kind="bidang", code="2", name="Lain", valid_from=date(2020, 1, 1)
    )
    other.path = f"{office.root.path}{other.pk}/"
    other.save()
    answer(ktp, budi, date(2026, 10, 5))
    assert facts([budi.pk], [other.pk], *OCTOBER)["unit_surveys"] == []


def test_queries_do_not_grow_with_people(office, ktp):
    people = [office.employee(f"Petugas {number}") for number in range(50)]
    for person in people:
        finish(office, ktp, person, date(2026, 10, 5))
        answer(ktp, person, date(2026, 10, 5))

    def count(some):
        with CaptureQueriesContext(connection) as queries:
            assert facts([person.pk for person in some], [office.unit.pk], *OCTOBER)["services"]
        return len(queries)

    assert count(people) == count(people[:1]) <= 7


def test_a_request_record_tells_time_and_standard(office, budi, ktp):
    request = finish(office, ktp, budi, date(2026, 10, 5), 2700, waiting_minutes=450)
    [record] = records("service_timeliness", budi.pk, *OCTOBER)
    assert (
        record.detail
        == "selesai dalam 6 hari kerja; standar 5 hari kerja; menunggu pemohon 1 hari kerja, tidak dihitung"
    )
    assert (record.effect, record.url) == ("dihitung: melewati standar", f"/layanan/permohonan/{request.pk}/")


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "0 menit kerja"),
        (59, "59 menit kerja"),
        (60, "1 jam kerja"),
        (449, "7 jam 29 menit kerja"),
        (450, "1 hari kerja"),
        (1350, "3 hari kerja"),
        (1351, "3 hari kerja 1 menit"),
        (1530, "3 hari kerja 3 jam"),
    ],
)
def test_working_time_is_told_to_the_minute(minutes, told):
    assert working_time(minutes) == told


def test_working_time_in_english_counts_one_and_many():
    with override("en"):
        assert working_time(450).startswith("1 working day")
        assert "days" not in working_time(450)
        assert working_time(900) == "2 working days"


def test_who_is_late_by_a_minute_is_told_more_than_the_standard(office, budi, ktp):
    finish(office, ktp, budi, date(2026, 10, 5), 2251)
    [record] = records("service_timeliness", budi.pk, *OCTOBER)
    assert record.detail == "selesai dalam 5 hari kerja 1 menit; standar 5 hari kerja"
    assert record.effect == "dihitung: melewati standar"


def test_few_answers_show_neither_figures_nor_remarks(office, budi, ktp):
    for _ in range(4):
        answer(ktp, budi, date(2026, 10, 5), remark="Petugas galak")
    shown = records("citizen_satisfaction", budi.pk, *OCTOBER)
    assert not any(record.counted or record.lines for record in shown)
    assert "galak" not in repr(shown)
    assert "IKM" not in repr(shown)


def test_enough_answers_show_the_group_and_remarks_without_a_day(office, budi, ktp):
    for number in range(5):
        answer(ktp, budi, date(2026, 10, 5), 3, remark=f"Saran {number}", released=True)
    answer(ktp, budi, date(2026, 9, 5), 1)
    group, remarks = records("citizen_satisfaction", budi.pk, *OCTOBER)
    assert (group.id, group.counted, group.detail) == (0, True, "5 orang menjawab, IKM 75,00 (C)")
    assert group.lines[0] == "Persyaratan: 3,00 dari 4"
    with override("en"):
        [group] = [each for each in records("citizen_satisfaction", budi.pk, *OCTOBER) if each.counted]
        assert "IKM 75.00 (C)" in group.detail
        assert "3.00" in group.lines[0]
    assert (len(remarks.lines), remarks.day) == (5, None)
    lone, *_ = reversed(records("citizen_satisfaction", budi.pk, date(2026, 9, 1), date(2026, 11, 1))[:2])
    assert (lone.day.month, lone.lines) == (9, ())


def test_a_month_in_which_nobody_answered_counts_in_the_response_rate(office, budi, ktp):
    answer(ktp, budi, date(2026, 10, 5))
    silent = finish(office, ktp, budi, date(2026, 11, 5))
    SurveyInvitation.objects.create(request=silent, token_hash="x", expires_at=silent.completed_at)
    october, november = row("surveys", facts([budi.pk], [], OCTOBER[0], NOVEMBER[1]))
    assert (october["respondents"], october["invited"]) == (1, 1)
    assert (november["respondents"], november["invited"], november["answered_syarat"]) == (0, 1, 0)
