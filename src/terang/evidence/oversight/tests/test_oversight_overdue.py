"""What is open after visits, for who leads the inspectorate."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.evidence.oversight.overdue import counts, open_findings
from terang.registry.organization.models import Unit
from terang.registry.people.models import Role


@pytest.fixture
def visit(office, agus, today):
    return Inspection.objects.create(unit=office.unit, day=today - timedelta(days=20), lead=agus, purpose="Sidak")


@pytest.fixture
def find(visit, today):
    def find(criterion, **fields):
        told = {"met": False, "state": CheckState.OPEN, "note": "Kosong", "reply_due_on": today} | fields
        return InspectionCheck.objects.create(inspection=visit, criterion=criterion, **told)

    return find


def test_every_open_finding_waits_for_one_thing_and_closed_ones_for_none(find, office, agus, today):
    late, soon = today - timedelta(days=5), today + timedelta(days=5)
    mend = {"state": CheckState.CONFIRMED, "advice": "Susun jadwal"}
    find("ditunggu")
    find("diam", reply_due_on=late)
    find("dijawab", replied_at=timezone.now())
    find("diperbaiki", mend_due_on=late, **mend)
    find("nanti", mend_due_on=soon, **mend)
    find("periksa", mend_due_on=soon, mended_on=late, mend_note="Sudah", **mend)
    find("selesai", mend_due_on=soon, mended_on=late, verified_on=today, **mend)
    find("tanpa saran", state=CheckState.CONFIRMED)
    find("dicabut", state=CheckState.WITHDRAWN)
    find("terpenuhi", met=True, state=CheckState.CONFIRMED)
    viewer = office.viewer(agus)
    assert {row.criterion: (row.wait, row.due) for row in open_findings(viewer)} == {
        "ditunggu": ("tanggapan", today),
        "diam": ("putusan", late),
        "dijawab": ("putusan", today),
        "diperbaiki": ("perbaikan", late),
        "nanti": ("perbaikan", soon),
        "periksa": ("periksa", late),
    }
    assert [(value, number, past) for value, _label, number, past in counts(viewer)] == [
        ("putusan", 2, 0),
        ("periksa", 1, 0),
        ("perbaikan", 2, 1),
        ("tanggapan", 1, 0),
    ]


def test_the_list_is_narrowed_and_paged_and_refused_to_others(
    client, find, office, agus, today, django_assert_num_queries, django_assert_max_num_queries
):
    find("Loket terisi", reply_due_on=today - timedelta(days=3))
    find("Standar terpasang")
    url = reverse("oversight:overdue")
    client.force_login(agus.user)
    page = client.get(url, {"menunggu": "putusan"}).content.decode()
    assert "Loket terisi" in page
    assert "3 hari" not in page, "nothing says by when it is decided"
    assert "Standar terpasang" not in page
    mend = {"state": CheckState.CONFIRMED, "advice": "Susun jadwal", "mend_due_on": today - timedelta(days=4)}
    find("Jadwal", **mend)
    assert "4 hari" in client.get(url, {"menunggu": "perbaikan"}).content.decode()
    with django_assert_max_num_queries(16) as few:
        client.get(url)
    for number in range(40):
        find(f"Butir {number}")
    with django_assert_num_queries(len(few)):
        page = client.get(url).content.decode()
    assert "Halaman 1 dari 2" in page
    client.force_login(office.head.user)
    assert client.get(url).status_code == 403


def test_a_team_of_one_area_follows_only_that_area(find, office, visit):
    find("Loket terisi")
    near, far = office.employee("Dekat"), office.employee("Jauh", unit=office.root)
    other = Unit.objects.create(
        agency=office.agency, kind="dinas", code="2", name="Dinas Lain", path="/77/", valid_from=date(2020, 1, 1)
    )
    office.grant(near, Role.OVERSIGHT, office.unit)
    office.grant(far, Role.OVERSIGHT, other)
    assert [row.inspection for row in open_findings(office.viewer(near))] == [visit]
    assert not open_findings(office.viewer(far)).exists()
