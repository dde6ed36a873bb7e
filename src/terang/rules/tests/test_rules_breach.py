"""By when a failure of data protection is told (UU 27/2022 Pasal 46)."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from terang.rules.errors import RuleInputError
from terang.rules.regulations.breach import is_late, missing_parts, notice_due, required_recipients
from terang.rules.regulations.source import rule_sets

WITA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (datetime(2026, 11, 24, 9, 5, tzinfo=WITA), datetime(2026, 11, 27, 9, 5, tzinfo=WITA)),
        # Friday evening: the weekend counts
        (datetime(2026, 11, 20, 23, 59, tzinfo=WITA), datetime(2026, 11, 23, 23, 59, tzinfo=WITA)),
        # the days of Idul Fitri count
        (datetime(2026, 3, 20, 8, 0, tzinfo=WITA), datetime(2026, 3, 23, 8, 0, tzinfo=WITA)),
        (datetime(2028, 2, 27, 12, 0, tzinfo=UTC), datetime(2028, 3, 1, 12, 0, tzinfo=UTC)),
        (datetime(2026, 12, 30, 1, 0, tzinfo=WITA), datetime(2027, 1, 2, 1, 0, tzinfo=WITA)),
    ],
)
def test_three_times_twenty_four_hours_whatever_the_day(known, due):
    assert notice_due(known) == due


def test_no_rule_before_the_law():
    assert notice_due(datetime(2022, 10, 17, 0, 0, tzinfo=UTC)) == datetime(2022, 10, 20, 0, 0, tzinfo=UTC)
    with pytest.raises(RuleInputError, match="2022-10-16"):
        notice_due(datetime(2022, 10, 16, 23, 59, tzinfo=UTC))


def test_the_last_minute_is_in_time():
    due = datetime(2026, 11, 27, 9, 5, tzinfo=UTC)
    later = due + timedelta(days=9)
    assert not is_late(due, due, later)
    assert is_late(due + timedelta(seconds=1), due, later)
    assert not is_late(None, due, due)
    assert is_late(None, due, later)


def test_what_a_notice_says_and_to_whom():
    assert required_recipients(date(2026, 11, 24)) == ("subjek", "lembaga")
    assert missing_parts([]) == ("data", "when", "how", "measures")
    assert missing_parts(["when", "data"]) == ("how", "measures")
    assert missing_parts(["data", "when", "how", "measures"]) == ()


def test_the_rule_names_its_source_and_its_doubts():
    [rule] = rule_sets("breach")
    assert (rule.id, rule.confidence) == ("uu-27-2022/pasal-46", "high")
    assert "Pasal 58" in rule.note
