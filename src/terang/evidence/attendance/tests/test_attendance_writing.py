"""Fast writing: the same rows as Django writes, and what is known is passed over."""

from datetime import UTC, date, datetime

import pytest

from terang.registry.organization.models import Agency, Holiday, Outage
from terang.web.writing import add_missing, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return Agency.objects.create(code="99.71", name="Kota Uji", kind="kota")


def test_rows_of_a_model(agency):
    started = datetime(2026, 10, 1, 3, 4, 5, tzinfo=UTC)
    write([Outage(agency=agency, started_at=started, cause=f"Padam {n}") for n in range(3)])
    assert [(row.cause, row.started_at) for row in Outage.objects.order_by("id")][2] == ("Padam 2", started)
    write([])


def test_what_is_known_is_passed_over_and_counted(agency):
    names = ("agency", "day", "name", "kind", "basis")
    rows = [(agency.pk, date(2026, 10, n), "Libur", "daerah", "") for n in range(1, 4)]
    assert add_missing(Holiday, names, rows) == 3
    assert add_missing(Holiday, names, [*rows, (agency.pk, date(2026, 10, 9), "Baru", "daerah", "")]) == 1
    assert add_missing(Holiday, names, []) == 0
    assert Holiday.objects.get(day=date(2026, 10, 9)).name == "Baru"
