"""The rhythm of reporting by kind of post, in zones without signal, and the state of each slot."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.policies import PolicyError, PostReporting, Reporting, load_policy
from terang.rules.policies.loading import digest, preset_text
from terang.rules.work.cadence import (
    Window,
    counted_moment,
    last_day_in_time,
    slack_days,
    slot_states,
    slots,
    window_for,
    working_day_after,
)

MAKASSAR = preset_text("makassar")
MONDAY = date(2026, 11, 2)
WEEKDAYS = [MONDAY + timedelta(days=n) for n in range(60) if (MONDAY + timedelta(days=n)).weekday() < 5]
RULE = Reporting(
    "daily",
    1,
    3,
    "month",
    posts=(
        PostReporting("weekly", 2, 5, applies_to=("guru",)),
        PostReporting("monthly", 4, 4, kinds=("jpt",)),
    ),
)


@pytest.mark.parametrize(
    ("post", "window"),
    [
        ({}, Window("daily", 1)),
        ({"kind": "pelaksana"}, Window("daily", 1)),
        ({"kind": "pelaksana", "remote": True}, Window("daily", 3)),
        ({"kind": "fungsional", "category": "guru"}, Window("weekly", 2)),
        ({"kind": "fungsional", "category": "guru", "remote": True}, Window("weekly", 5)),
        ({"kind": "jpt"}, Window("monthly", 4)),
        ({"kind": "jpt", "category": "guru"}, Window("weekly", 2)),
    ],
)
def test_the_rhythm_follows_the_post_and_the_zone(post: dict, window: Window) -> None:
    assert window_for(RULE, **post) == window


def test_a_zone_never_shortens_the_grace() -> None:
    assert window_for(Reporting("daily", 5, 3, "month"), remote=True) == Window("daily", 5)


def with_posts(extra: str) -> str:
    return MAKASSAR.replace('progress = "month"\n', f'progress = "month"\n{extra}', 1)


def test_a_policy_of_before_stays_what_it_was() -> None:
    policy = load_policy(MAKASSAR)
    assert (policy.reporting.answer_days, policy.reporting.posts) == (2, ())
    assert digest(load_policy(with_posts("answer_days = 2\n"))) == digest(policy)
    assert digest(load_policy(with_posts("answer_days = 3\n"))) != digest(policy)


def test_a_rhythm_of_some_posts_takes_the_general_graces_where_it_names_none() -> None:
    extra = '[[reporting.posts]]\nrhythm = "weekly"\napplies_to = ["guru"]\nkinds = ["fungsional"]\n'
    [rule] = load_policy(with_posts(extra)).reporting.posts
    assert rule == PostReporting("weekly", 1, 3, ("guru",), ("fungsional",))


@pytest.mark.parametrize(
    ("extra", "path"),
    [
        ("answer_days = 0\n", "reporting.answer_days"),
        ('[[reporting.posts]]\nrhythm = "weekly"\n', "reporting.posts[0].applies_to"),
        ('[[reporting.posts]]\nrhythm = "hourly"\napplies_to = ["guru"]\n', "reporting.posts[0].rhythm"),
        ('[[reporting.posts]]\nrhythm = "weekly"\nkinds = ["kepala"]\n', "reporting.posts[0].kinds[0]"),
        ('[[reporting.posts]]\nrhythm = "weekly"\nkinds = ["jpt"]\ngrace_days = 40\n', "reporting.posts[0].grace_days"),
        (
            '[[reporting.posts]]\nrhythm = "weekly"\nkinds = ["jpt"]\n' * 2,
            "reporting.posts[1].kinds",
        ),
    ],
)
def test_a_faulty_rhythm_is_named_with_its_place(extra: str, path: str) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(with_posts(extra))
    [problem] = caught.value.problems
    assert (problem.path, bool(problem.message)) == (path, True)


def states(window: Window, lags: dict, today: date, away: frozenset = frozenset()) -> list[str]:
    asked = slots(window, WEEKDAYS[:10])
    found = slot_states(window, asked, working_days=set(WEEKDAYS), away=away, lags=lags, today=today)
    return [state.kind for state in found]


def test_each_day_is_in_time_late_open_missed_or_excused() -> None:
    lags = {MONDAY: 1, MONDAY + timedelta(days=1): 2}
    away = frozenset({MONDAY + timedelta(days=2)})
    found = states(Window("daily", 1), lags, MONDAY + timedelta(days=4), away)
    assert found[:5] == ["reported", "late", "excused", "open", "open"]
    assert states(Window("daily", 1), {}, MONDAY + timedelta(days=7))[:4] == ["missed"] * 4


def test_one_report_does_for_a_week_and_a_day_of_leave_does_not_excuse_it() -> None:
    away = frozenset({MONDAY})
    found = states(Window("weekly", 2), {MONDAY + timedelta(days=1): 5}, MONDAY + timedelta(days=6), away)
    assert found == ["reported", "open"]
    assert states(Window("weekly", 2), {MONDAY + timedelta(days=1): 6}, MONDAY + timedelta(days=6))[0] == "late"


def test_an_outage_moves_the_deadline() -> None:
    window = Window("daily", 1)
    assert last_day_in_time(MONDAY, window, set(WEEKDAYS)) == date(2026, 11, 3)
    assert last_day_in_time(MONDAY, window, set(WEEKDAYS) - {date(2026, 11, 3)}) == date(2026, 11, 4)


@given(
    grace=st.integers(0, 5),
    rhythm=st.sampled_from(["daily", "weekly", "monthly"]),
    lags=st.dictionaries(st.sampled_from(WEEKDAYS[:30]), st.integers(0, 30)),
    ahead=st.integers(0, 60),
)
def test_every_slot_has_one_state_and_a_faster_report_is_never_worse(grace, rhythm, lags, ahead) -> None:
    window, today = Window(rhythm, grace), MONDAY + timedelta(days=ahead)
    asked = slots(window, WEEKDAYS[:30])
    rank = {"missed": 0, "late": 1, "open": 1, "excused": 2, "reported": 3}
    given_ = {"working_days": set(WEEKDAYS), "away": (), "today": today}
    slow = slot_states(window, asked, lags=lags, **given_)
    fast = slot_states(window, asked, lags=dict.fromkeys(lags, 0), **given_)
    assert [state.slot for state in slow] == asked
    assert all(rank[one.kind] <= rank[other.kind] for one, other in zip(slow, fast, strict=True))
    allowed = {day: lag for lag, days in slack_days(window, asked).items() for day in days}
    in_time = {slot for slot in asked if any(day in lags and lags[day] <= allowed[day] for day in slot.days)}
    assert {state.slot for state in slow if state.kind == "reported"} == in_time


@given(count=st.integers(0, 20), start=st.sampled_from(WEEKDAYS[:20]))
def test_the_nth_working_day_after_has_n_working_days_up_to_it(count: int, start: date) -> None:
    end = working_day_after(start, count, set(WEEKDAYS))
    assert sum(start < day <= end for day in WEEKDAYS) == count


RECEIVED = datetime(2026, 11, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "remote", "counted"),
    [
        (datetime(2026, 11, 2, 15, tzinfo=UTC), True, datetime(2026, 11, 2, 15, tzinfo=UTC)),
        (datetime(2026, 11, 2, 15, tzinfo=UTC), False, RECEIVED),
        (None, True, RECEIVED),
        (datetime(2026, 11, 6, 9, tzinfo=UTC), True, RECEIVED),
        (datetime(2026, 11, 1, 9, tzinfo=UTC), True, RECEIVED),
    ],
)
def test_the_device_counts_only_without_signal_and_only_where_it_can_be(written, remote, counted) -> None:
    assert counted_moment(MONDAY, written, RECEIVED, remote=remote) == counted
