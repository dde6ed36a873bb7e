"""Written tests, their faults by line, orders, marks; and paired change with its interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.training_change import change_of
from terang.rules.training_tests import Question, read_questions, score_bp, shuffled, written

TEXT = """Warga marah di loket. Apa yang pertama?
- Memanggil petugas keamanan
* Mendengar sampai selesai
= Yang didengar lebih cepat tenang.


Berapa lama standar KTP-el?
* Satu hari
- Satu minggu
= Menurut standar pelayanan yang diumumkan.
"""


def test_a_text_is_read_and_written_the_same():
    questions, faults = read_questions(TEXT)
    assert not faults
    assert [(each.right, len(each.choices)) for each in questions] == [(1, 2), (0, 2)]
    assert read_questions(written(questions)) == (questions, [])


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 1, "satu pertanyaan"),
        ("\nA?\n- b\n- c\n= d", 2, "tepat satu"),
        ("A?\n* b\n= d", 1, "2 sampai"),
        ("A?\n* b\n- c", 1, "menjelaskan"),
        ("A?\n* b\nc\n- e\n= d", 3, "Awali"),
        ("A?\n* b\n- B\n= d", 1, "sama bunyinya"),
        ("- A\n* b\n= d", 1, "Mulai"),
        ("A?\n* b\n- c\n= " + "d" * 500, 4, "persingkat"),
    ],
)
def test_a_fault_names_its_line_and_what_to_do(text, line, word):
    _questions, faults = read_questions(text)
    assert (line, True) in [(each.line, word in each.message) for each in faults]


@given(st.integers(1, 12), st.text(max_size=5))
def test_an_order_has_everything_once_and_is_the_same_for_the_same_seed(number, seed):
    questions = [Question("A?", ("b", "c", "d"), 0, "e")] * number
    order = shuffled(questions, seed)
    assert sorted(place for place, _ in order) == list(range(number))
    assert all(sorted(choices) == [0, 1, 2] for _, choices in order)
    assert order == shuffled(questions, seed)


def test_a_mark_is_the_share_of_right_answers():
    questions = [Question("A?", ("b", "c"), 1, "d")] * 3
    assert score_bp(questions, {}) == 0
    assert score_bp(questions, {0: 1, 1: 0}) == 3_333
    assert score_bp(questions, {0: 1, 1: 1}) == 6_667
    assert score_bp(questions, {0: 1, 1: 1, 2: 1}) == 10_000


def test_under_ten_people_nothing_is_told():
    assert change_of([(5_000, 6_000)] * 9) is None


def test_a_change_has_the_interval_of_paired_differences():
    """Differences 100 … 1000: mean 550, s = 302,77, t(9) = 2,262, so 550 ± 216,57."""
    change = change_of([(5_000, 5_000 + 100 * each) for each in range(1, 11)])
    assert (change.before_bp, change.after_bp, change.change_bp) == (5_000, 5_550, 550)
    assert (change.low_bp, change.high_bp, change.is_clear) == (333, 767, True)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), min_size=10, max_size=60))
def test_the_interval_holds_the_change_and_mirrors(pairs):
    change, back = change_of(pairs), change_of([(after, before) for before, after in pairs])
    assert change.low_bp <= change.change_bp <= change.high_bp
    assert (back.low_bp, back.high_bp) == (-change.high_bp, -change.low_bp)
