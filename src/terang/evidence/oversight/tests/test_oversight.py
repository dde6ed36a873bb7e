"""Inspections: what counts, and who reads what."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from terang.evidence.oversight.evidence import facts, records
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.registry.people.models import Assignment, AssignmentKind, Role

OCTOBER = (date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture
def visit(office):
    return Inspection.objects.create(unit=office.unit, day=date(2026, 10, 8), lead=office.head, purpose="Sidak loket")


def check(visit, employee, met, state=CheckState.CONFIRMED, **fields):
    values = {"criterion": "Loket terisi"} | fields
    return InspectionCheck.objects.create(inspection=visit, employee=employee, met=met, state=state, **values)


def test_only_confirmed_points_count(visit, budi, office):
    check(visit, budi, True)
    check(visit, budi, False)
    check(visit, budi, False, CheckState.OPEN)
    check(visit, budi, False, CheckState.WITHDRAWN)
    check(visit, None, False)
    check(visit, office.employee("Sari"), False, CheckState.OPEN)
    everybody = [budi.pk, *(pk for pk in visit.checks.values_list("employee_id", flat=True) if pk)]
    assert facts(everybody, *OCTOBER) == {"inspections": [(budi.pk, visit.pk, 2, 1)]}
    assert facts([budi.pk], date(2026, 11, 1), date(2026, 12, 1)) == {"inspections": []}
    [record] = records("inspection_compliance", budi.pk, *OCTOBER)
    assert record.effect == "dihitung 1 dari 2 butir; 2 butir belum atau tidak dihitung"
    assert record.lines[2] == "Loket terisi: tidak terpenuhi (menunggu tanggapan)"


def test_one_query_however_many_people(office, visit):
    people = [office.employee(f"Pegawai {number}") for number in range(50)]
    for person in people:
        check(visit, person, True)
    with CaptureQueriesContext(connection) as queries:
        assert len(facts([person.pk for person in people], *OCTOBER)["inspections"]) == 50
    assert len(queries) == 1


def test_points_about_the_unit_are_those_of_who_headed_it_on_the_day(visit, office, budi, django_assert_num_queries):
    check(visit, None, True)
    check(visit, None, False)
    check(visit, None, False, CheckState.OPEN)
    check(visit, None, False, CheckState.WITHDRAWN)
    check(visit, office.head, True)
    later = Inspection.objects.create(unit=office.unit, day=date(2026, 10, 20), lead=budi, purpose="Sidak lagi")
    check(later, None, True)
    Assignment.objects.filter(employee=office.head).update(ends_on=date(2026, 10, 15))
    everybody = [office.head.pk, budi.pk]
    assert facts(everybody, *OCTOBER) == {"inspections": [(office.head.pk, visit.pk, 3, 2)]}, "later it was vacant"
    seat = office.head.assignments.get().post
    for kind, person in ((AssignmentKind.STAND_IN, office.employee("Plh")), (AssignmentKind.ACTING, budi)):
        Assignment.objects.create(employee=person, post=seat, kind=kind, starts_on=date(2026, 10, 18))
    many = [*everybody, office.employee("Lain").pk]
    with django_assert_num_queries(2):
        rows = facts(many, *OCTOBER)["inspections"]
    assert sorted(rows) == sorted([(office.head.pk, visit.pk, 3, 2), (budi.pk, later.pk, 1, 1)])
    with django_assert_num_queries(4):
        [record] = records("inspection_compliance", office.head.pk, *OCTOBER)
    assert record.effect == "dihitung 2 dari 3 butir; 2 butir belum atau tidak dihitung"
    assert "Loket terisi (tentang unit): terpenuhi" in record.lines


def test_the_page_says_where_points_about_the_unit_count_for_nobody(client, visit, office):
    check(visit, None, True)
    client.force_login(office.head.user)
    assert "Dihitung bagi yang memimpin unit" in client.get(visit.get_absolute_url()).content.decode()
    Inspection.objects.filter(pk=visit.pk).update(day=date(1990, 1, 1))
    assert "tidak dihitung bagi siapa pun" in client.get(visit.get_absolute_url()).content.decode()


def test_the_inspected_reads_the_own_points_and_overseers_all(client, office, visit, budi):
    sari, agus, stranger = (office.employee(name) for name in ("Sari", "Agus", "Orang Lain"))
    office.grant(agus, Role.OVERSIGHT)
    check(
        visit, budi, False, CheckState.OPEN, criterion="Papan nama", reply="Sedang dicetak", replied_at=timezone.now()
    )
    check(visit, budi, False, CheckState.OPEN, criterion="Loket kosong", reply_due_on=date(2100, 1, 1))
    check(visit, sari, True, criterion="Antrean tercatat")
    url = f"/pengawasan/inspeksi/{visit.pk}/"

    def read(person):
        client.force_login(person.user)
        response = client.get(url)
        text = response.content.decode()
        return response.status_code, "Papan nama" in text, "Antrean tercatat" in text

    assert read(budi) == (200, True, False)
    assert read(sari) == (200, False, True)
    assert read(agus) == (200, True, True)
    assert read(office.head) == (200, True, True)
    assert read(stranger)[0] == 403
    client.force_login(budi.user)
    page = client.get(url).content.decode()
    assert page.index("menunggu putusan") < page.index("Sedang dicetak") < page.index("menunggu tanggapan")
    assert "0 dari 0" not in page
    assert "Sidak loket" in client.get("/pengawasan/").content.decode()
