"""Questions about entries before they are decided: what is asked, what is not, and that order does not matter."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.policies import PolicyError, digest, load_policy
from terang.rules.policies.loading import preset_text
from terang.rules.work.likeness import Index, likeness_bp, words_of
from terang.rules.work.signals import WEIGHTS, Limits, Told, order, questions, unusual

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANDI, RINA = 1, 2
LONG = "Memutakhirkan data penduduk pindah datang Kelurahan Melati bersama ketua lingkungan"


def told(pk: int, **fields) -> Told:
    minute = fields.pop("minute", pk * 30)
    values = {"employee_id": ANDI, "day": DAY, "sent_at": NOON + timedelta(minutes=minute), "text": f"Kegiatan {pk}"}
    return Told(id=pk, **(values | fields))


def codes(found, pk: int) -> list[str]:
    return [question.code for question in found.get(pk, ())]


@pytest.mark.parametrize(
    ("one", "other", "bp"),
    [
        ("Menerbitkan KTP", "menerbitkan ktp!", 10_000),
        ("Menerbitkan 3 KTP", "Menerbitkan 5 KTP", 5_000),
        ("a b c d e f", "a b c d e f g", 8_571),
        ("rapat", "kunjungan", 0),
        ("", "", 0),
    ],
)
def test_likeness_counts_shared_words(one, other, bp):
    assert likeness_bp(words_of(one), words_of(other)) == bp


def test_an_ordinary_entry_raises_no_question():
    entry = told(9, figure="i1", quantity_milli=3000, target_milli=120_000, minutes=90, proofs=1)
    before = [
        told(n, figure="i1", quantity_milli=3000, day=DAY - timedelta(days=n), minute=-1440 * n) for n in range(8)
    ]
    assert questions([entry], before) == {}


def test_the_same_day_and_text_twice_asks_the_later_one_and_names_the_earlier():
    first, second = told(1, text="Menerbitkan KTP"), told(2, text="menerbitkan KTP.")
    found = questions([first, second], [])
    assert codes(found, 1) == []
    assert (codes(found, 2), found[2][0].compared_id) == (["double"], 1)


def test_the_same_text_for_two_figures_of_one_day_is_no_double():
    rows = [told(1, text="Melayani loket", figure="i1"), told(2, text="Melayani loket", figure="i2")]
    assert questions(rows, []) == {}


def test_a_colleagues_text_is_asked_about_unless_it_is_short():
    colleague = told(1, employee_id=RINA, text=LONG, day=DAY - timedelta(days=3))
    assert codes(questions([told(2, text=LONG)], [colleague]), 2) == ["colleague_copy"]
    many = [told(n, employee_id=10 + n, text=LONG, minute=-n) for n in range(3)]
    assert questions([told(9, text=LONG)], many) == {}
    short = told(1, employee_id=RINA, text="Melayani loket")
    assert questions([told(2, text="Melayani loket")], [short]) == {}


def test_ones_own_long_text_again_is_asked_about_with_the_number_of_times():
    before = [told(n, text=LONG, day=DAY - timedelta(days=n), minute=-1440 * n) for n in (1, 2, 3)]
    found = questions([told(9, text=LONG + " lagi")], before)
    assert codes(found, 9) == ["own_copy"]
    assert "3 kegiatan sebelumnya" in found[9][0].sentence
    assert found[9][0].compared_id == 1


def test_more_than_a_day_in_a_day_and_long_days():
    found = questions([told(1, minutes=900), told(2, minutes=600)], [])
    assert codes(found, 1) == codes(found, 2) == ["minutes"]
    assert "25 jam 0 menit" in found[1][0].sentence
    assert codes(questions([told(1, minutes=14 * 60)], []), 1) == ["minutes"]
    assert questions([told(1, minutes=14 * 60 - 1)], []) == {}


def test_a_clock_ahead_and_a_day_away():
    ahead = told(1, written_at=NOON + timedelta(hours=9))
    assert codes(questions([ahead], []), 1) == ["clock"]
    away = questions([told(1, away="cuti tahunan")], [])
    assert away[1][0].sentence == "Pada hari itu tercatat cuti tahunan. Apakah tanggal kegiatannya benar?"


@pytest.mark.parametrize(("milli", "asked"), [(3999, []), (4000, ["amount"]), (121_000, ["target"])])
def test_amounts_far_above_the_usual_or_the_whole_target(milli, asked):
    before = [
        told(n, figure="i1", quantity_milli=1000, day=DAY - timedelta(days=n), minute=-1440 * n) for n in range(1, 6)
    ]
    entry = told(9, figure="i1", quantity_milli=milli, target_milli=120_000, proofs=1)
    assert codes(questions([entry], before), 9) == asked
    if asked == ["amount"]:
        assert questions([entry], before[:4]) == {}


def test_many_entries_in_ten_minutes_but_not_those_written_offline_over_the_day():
    burst = [told(n, minute=n, day=DAY - timedelta(days=n % 3)) for n in range(6)]
    found = questions(burst, [])
    assert all(codes(found, n) == ["burst"] for n in range(6))
    assert "6 kegiatan ditulis dalam 10 menit" in found[0][0].sentence
    assert questions(burst[:5], []) == {}
    offline = [told(n, minute=400, written_at=NOON + timedelta(minutes=60 * n)) for n in range(6)]
    assert questions(offline, []) == {}


@pytest.mark.parametrize(("rhythm", "days", "asked"), [(1, 6, True), (1, 5, False), (5, 6, False), (5, 10, True)])
def test_many_days_at_once_beyond_the_rhythm(rhythm, days, asked):
    rows = [told(n, minute=n * 20, day=DAY - timedelta(days=n), rhythm_days=rhythm) for n in range(days)]
    assert ("many_days" in codes(questions(rows, []), 0)) is asked


def test_late_photos_and_pictures():
    assert codes(questions([told(1, lag_days=6)], []), 1) == ["late"]
    assert questions([told(1, lag_days=5)], []) == {}
    old = told(1, proofs=1, taken_on=(DAY, DAY - timedelta(days=2)))
    assert codes(questions([old], []), 1) == ["photo_day"]
    seen = questions([told(1, proofs=1, seen_before=7)], [])
    assert (codes(seen, 1), seen[1][0].compared_id) == (["picture"], 7)


def test_an_amount_without_proof_is_only_a_remark():
    found = questions([told(1, figure="i1", quantity_milli=2000)], [])
    assert codes(found, 1) == ["no_proof"]
    assert not unusual(found[1])
    assert order(found[1]) == order(())


def test_the_heaviest_comes_first_and_sorts_the_queue():
    both = told(2, text="Menerbitkan KTP", lag_days=9)
    found = questions([told(1, text="Menerbitkan KTP"), both], [])
    assert codes(found, 2) == ["double", "late"]
    assert order(found[2]) < order(found[2][1:])


def test_limits_are_the_governments():
    row = told(1, lag_days=3)
    assert questions([row], []) == {}
    assert codes(questions([row], [], Limits(late_days=2)), 1) == ["late"]


WORDS = ("loket", "ktp", "akta", "rapat", "data", "warga", "lapangan", "laporan")
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
rows = st.builds(
    dict,
    employee_id=st.sampled_from([ANDI, RINA]),
    day=st.integers(0, 9).map(lambda n: DAY - timedelta(days=n)),
    minute=st.integers(0, 5000),
    text=texts,
    figure=st.sampled_from(["", "i1"]),
    quantity_milli=st.one_of(st.none(), st.integers(0, 9000)),
    minutes=st.one_of(st.none(), st.integers(0, 1500)),
    lag_days=st.integers(0, 12),
)
many = st.lists(rows, max_size=25).map(lambda given: [told(n + 1, **each) for n, each in enumerate(given)])


@given(many, st.randoms())
def test_the_order_of_rows_changes_no_question(entries, chance):
    mixed = entries[:]
    chance.shuffle(mixed)
    assert questions(entries, []) == questions(mixed, [])


@given(many)
def test_questions_never_accuse_and_compare_only_with_earlier_entries(entries):
    at = {entry.id: entry for entry in entries}
    for pk, asked in questions(entries, []).items():
        for question in asked:
            assert question.code in WEIGHTS
            assert not {"curang", "palsu", "menjiplak", "bohong"} & set(question.sentence.casefold().split())
            if question.compared_id:
                other = at[question.compared_id]
                assert (other.sent_at, other.id) < (at[pk].sent_at, pk)


@given(st.lists(texts, max_size=20), texts, st.sampled_from([5_000, 7_000, 8_500, 10_000]))
def test_the_index_finds_exactly_what_comparing_all_would(known, text, least):
    sets = {words_of(each) for each in known} - {frozenset()}
    expected = {each for each in sets if likeness_bp(words_of(text), each) >= least}
    assert Index(sets, least).alike(words_of(text)) == expected


def test_a_policy_dates_its_own_limits_and_says_what_is_wrong_with_them():
    text = preset_text("makassar")
    own = text + "\n[reporting.questions]\nlate_days = 2\n"
    assert load_policy(text).reporting.questions == Limits()
    assert load_policy(own).reporting.questions == Limits(late_days=2)
    assert digest(load_policy(own)) != digest(load_policy(text))
    assert digest(load_policy(own.replace("late_days = 2", "late_days = 5"))) == digest(load_policy(text))
    with pytest.raises(PolicyError) as refused:
        load_policy(own.replace("late_days", "lat_days"))
    assert [problem.path for problem in refused.value.problems] == ["reporting.questions.lat_days"]
