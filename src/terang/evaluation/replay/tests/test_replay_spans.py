"""The times a policy can be replayed on."""

from datetime import date

import pytest

from terang.evaluation.models import Period
from terang.evaluation.replay.models import EvidenceCopy
from terang.evaluation.replay.spans import stretches

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "months", "year"),
    [
        (date(2026, 11, 24), (date(2025, 11, 1), date(2026, 11, 1)), (date(2025, 1, 1), date(2026, 1, 1))),
        (date(2024, 2, 29), (date(2023, 2, 1), date(2024, 2, 1)), (date(2023, 1, 1), date(2024, 1, 1))),
    ],
)
def test_twelve_whole_months_and_the_last_calendar_year(cast, today, months, year):
    found = {each.code: (each.start, each.end) for each in stretches(cast.agency, today)}
    assert found == {"12-bulan": months, "tahun-lalu": year}


def test_a_period_stands_for_itself_and_only_once_it_has_begun(cast):
    said = {"agency": cast.agency, "kind": "year", "name": "Tahun"}
    last = Period.objects.create(starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1), **said)
    Period.objects.create(starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1), **said)
    found = {each.code: each.period for each in stretches(cast.agency, date(2026, 11, 24))}
    assert found == {"12-bulan": None, f"p{last.pk}": last}


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), 1),
        (date(2025, 11, 1), date(2026, 11, 1), 12),
        (date(2026, 7, 1), date(2027, 1, 1), 6),
    ],
)
def test_months_of_a_time(start, end, months):
    assert EvidenceCopy(starts_on=start, ends_on=end).months == months
