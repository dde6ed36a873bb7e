"""The people of the tests of reports."""

from datetime import date

import pytest

from terang.evidence.reports.models import ReportTerms
from terang.evidence.reports.tests.reports_cast import Desk
from terang.registry.organization.models import Unit
from terang.registry.people.models import Role
from terang.rules.reports.rubric import as_json, preset


@pytest.fixture
def desk(office, today, monkeypatch):
    author = office.employee("Budi Pelapor")
    indicator = office.indicator(office.plan(author))
    house = Unit.objects.create(
        agency=office.agency, parent=office.root, kind="inspektorat", code="9", name="Inspektorat",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    house.path = f"{office.root.path}{house.pk}/"
    house.save()
    overseer = office.employee("Wati Pengawas", unit=house)
    office.grant(overseer, Role.OVERSIGHT)
    ReportTerms.objects.create(
        agency=office.agency,
        valid_from=date(2026, 7, 1),
        frequencies=["semester"],
        due_days=10,
        opens_days=60,
        reading_days=10,
        second_look_days=5,
        audience="unit",
        rubric=as_json(preset()),
        basis="Peraturan Wali Kota 1/2025",
    )
    office.today = today
    desk = Desk(office, author, overseer, office.employee("Cici Rekan"), indicator, monkeypatch)
    desk.accepts(12_000)
    return desk
