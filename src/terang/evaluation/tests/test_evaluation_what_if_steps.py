"""Each kind of step by hand, on made-up rows: today's total, and that of the period's end where all has fallen due."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy import policy_of

from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.whatif.ahead import Ahead
from terang.evaluation.whatif.comparing import compare
from terang.evaluation.whatif.imagining import Steps, changed
from terang.evidence.citizens.ahead import InHand
from terang.registry.people.models import Employee
from terang.rules.tables import EVIDENCE_TABLES

POLICY = policy_of(
    "kerja",
    """
[[aspects]]
code = "kerja"
label = "Kerja"
label_en = "Work"
weight_bp = 10000
measures = [
  { code = "task_completion", share_bp = 2500 },
  { code = "reporting_regularity", share_bp = 2500 },
  { code = "complaint_response", share_bp = 2500 },
  { code = "plan_achievement", share_bp = 2500 },
]
""",
)
NOW = {
    "people": [(7, 1, True, "")],
    "tasks": [(7, 11, 1000, 500, False)],
    "reporting": [(7, 202611, 10, 8)],
    "complaints": [(7, 202611, 2, 1, 0)],
    "plan_results": [(7, 21, "higher", True, None, 10_000, None, 4_000, 10_000)],
}
END = NOW | {
    "tasks": [(7, 11, 1000, 500, False), (7, 12, 1000, 0, False)],
    "reporting": [(7, 202611, 15, 8)],
    "complaints": [(7, 202611, 3, 1, 0)],
    "plan_results": [(7, 21, "higher", True, None, 20_000, None, 4_000, 10_000)],
}


def task(pk):
    return SimpleNamespace(pk=pk, planned_milli=1000, result=SimpleNamespace(programme=""))


def ahead(gathering="sum", **others):
    empty = {name: [] for name in EVIDENCE_TABLES}
    told = {
        "employee": Employee(pk=7),
        "period": Period(kind="month", starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 1)),
        "version": PolicyVersion(text=POLICY, digest="what-if-steps", version=1),
        "today": date(2026, 11, 24),
        "now": {**empty, **NOW},
        "end": {**empty, **END},
        "tasks": [task(11), task(12)],
        "indicators": [SimpleNamespace(pk=21, gathering=gathering)],
        "days": 5,
        "slots": 5,
        "requests": InHand((), 0),
        "answers": [date(2026, 11, 27), date(2026, 12, 3)],
    }
    return Ahead(**{**told, **others})


def totals(steps, **others):
    told = compare(ahead(**others), steps)
    return [each.score.total_bp for each in (told.now, told.then, told.at_end, told.idle)]


def test_without_a_step_the_end_tells_what_falls_due():
    """Now (5000 + 8000 + 5000 + 4000) / 4; at the end (2500 + 5333 + 3333 + 2000) / 4 = 3291.5."""
    assert totals(Steps()) == [5500, 5500, 3292, 3292]


@pytest.mark.parametrize(
    ("steps", "then", "at_end"),
    [
        pytest.param(Steps(tasks=frozenset({11, 12})), 6750, 5167, id="both tasks: 10000, at the end 10000"),
        pytest.param(Steps(tasks=frozenset({11})), 6750, 3917, id="one: 10000, at the end (10000 + 0) / 2 = 5000"),
        pytest.param(Steps(reports=5), 5667, 4125, id="13/15 = 8667 both times"),
        pytest.param(Steps(answers=1), 5917, 4125, id="2/3 = 6667 both times: the first falls due within the period"),
        pytest.param(Steps(answers=2), 6125, 4333, id="3/4 = 7500; at the end 3/4 as well, the second asks anew"),
        pytest.param(Steps(values_milli={21: 6_000}), 7000, 4042, id="10/10 = 10000, at the end 10/20 = 5000"),
    ],
)
def test_each_step_by_hand(steps, then, at_end):
    assert totals(steps) == [5500, then, at_end, 3292]


def test_a_latest_value_replaces_a_sum_adds():
    row = changed({**NOW}, ahead("latest"), Steps(values_milli={21: 6_000}), all_due=False)["plan_results"][0]
    assert row[7] == 6_000
    row = changed({**NOW}, ahead("sum"), Steps(values_milli={21: 6_000}), all_due=False)["plan_results"][0]
    assert row[7] == 10_000


def test_the_rows_it_starts_from_stay_as_they_are():
    start = ahead()
    before = {name: list(rows) for name, rows in start.now.items()}
    compare(start, Steps(tasks=frozenset({11}), reports=3, answers=1, values_milli={21: 1}))
    assert start.now == before


@given(
    tasks=st.frozensets(st.sampled_from([11, 12])),
    more=st.frozensets(st.sampled_from([11, 12])),
    reports=st.tuples(st.integers(0, 5), st.integers(0, 5)),
    answers=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    value=st.tuples(st.integers(0, 30_000), st.integers(0, 30_000)),
)
@settings(max_examples=30, deadline=None)
def test_doing_more_of_anything_never_lowers_a_total(tasks, more, reports, answers, value):
    """Here every cap is 100 % and every measure has a value: where one has none, its first value may draw the mean."""
    less = Steps(tasks, {21: min(value)}, reports=min(reports), answers=min(answers))
    most = Steps(tasks | more, {21: max(value)}, reports=max(reports), answers=max(answers))
    _, then_less, end_less, _ = totals(less)
    _, then_most, end_most, _ = totals(most)
    assert then_most >= then_less
    assert end_most >= end_less
