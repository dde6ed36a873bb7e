from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from terang.web import numbers


@pytest.mark.parametrize(
    ("value_bp", "indonesian", "english"),
    [
        (8750, "87,5\u00a0%", "87.5%"),
        (10000, "100\u00a0%", "100%"),
        (0, "0\u00a0%", "0%"),
        (8745, "87,5\u00a0%", "87.5%"),
        (8744, "87,4\u00a0%", "87.4%"),
        (-320, "−3,2\u00a0%", "−3.2%"),
        (1234500, "12.345\u00a0%", "12,345%"),
    ],
)
def test_percentages_have_no_false_decimals_and_round_half_up(value_bp: int, indonesian: str, english: str) -> None:
    assert numbers.percent(value_bp) == indonesian
    with translation.override("en"):
        assert numbers.percent(value_bp) == english


def test_scores_always_have_one_decimal_so_that_they_align() -> None:
    assert [numbers.score(bp) for bp in (8750, 9000, 10000, 4)] == ["87,5", "90,0", "100,0", "0,0"]


def test_missing_is_said_and_never_zero() -> None:
    for write in (numbers.percent, numbers.score, numbers.quantity, numbers.whole, numbers.rupiah, numbers.duration):
        assert write(None) == "belum ada"
        assert write(0) != "belum ada"


def test_quantities_and_money() -> None:
    assert numbers.quantity(2500) == "2,5"
    assert numbers.quantity(3000) == "3"
    assert numbers.quantity(1) == "0,001"
    assert numbers.rupiah(1250000) == "Rp1.250.000"
    assert numbers.whole(12345) == "12.345"


def test_a_unit_stays_with_its_number_and_a_percent_sign_follows_the_language() -> None:
    assert numbers.with_unit("85", "%") == "85\u00a0%"
    assert numbers.with_unit("85", "dokumen") == "85\u00a0dokumen"
    assert numbers.with_unit("85", "") == "85"
    with translation.override("en"):
        assert numbers.with_unit("85", "%") == "85%"
        assert numbers.with_unit("85", "dokumen") == "85\u00a0dokumen"


def test_durations_in_words() -> None:
    assert numbers.duration(95) == "1 jam 35 menit"
    assert numbers.duration(3000) == "2 hari 2 jam"
    assert numbers.duration(0) == "0 menit"
    assert numbers.duration(60) == "1 jam"


def test_dates_in_long_form_and_moments_in_local_time() -> None:
    moment = datetime(2026, 11, 24, 16, 5, tzinfo=UTC)
    assert numbers.longdate(date(2026, 11, 24)) == "24 November 2026"
    assert numbers.longtime(moment) == "25 November 2026 pukul 00.05"
    with translation.override("en"):
        assert numbers.longdate(date(2026, 8, 17)) == "17 August 2026"
