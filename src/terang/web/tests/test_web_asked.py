"""What an address or a form names: a number, a year, a day, or nothing; never an error."""

from datetime import date

import pytest

from terang.web.asked import NEVER, asked_day, asked_int, asked_ints, asked_pairs, asked_version, asked_year


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_a_number(text, number):
    assert asked_int(text) == number
    assert asked_version(text) == number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.5", " 1", "abc", "9" * 19, None])
def test_no_number(text):
    assert asked_int(text) is None
    assert asked_version(text) == NEVER


def test_several():
    assert asked_ints(["3", "²", "1"]) == [3, 1]
    assert asked_pairs(["4:2", "5", "6:²", ":1", "7:0"]) == {4: 2, 7: 0}


@pytest.mark.parametrize(
    ("text", "year"), [("2026", 2026), ("1999", None), ("2101", None), ("²²²²", None), ("0001", None), ("10000", None)]
)
def test_a_year(text, year):
    assert asked_year(text) == year


@pytest.mark.parametrize("text", ["", "0001-01-01", "9999-12-31", "2026-02-30", "kemarin", None])
def test_no_day(text):
    assert asked_day(text) is None
    assert asked_day("2026-11-24") == date(2026, 11, 24)
