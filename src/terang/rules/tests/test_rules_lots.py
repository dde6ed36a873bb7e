"""The draw: reproducible, fair, and never outside the list. Anybody can repeat it with `sha256sum`."""

import subprocess
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.oversight.lots import Paper, digest_of, drawn, in_order, list_text, number_of, seed_of

seeds = st.text("0123456789abcdef", min_size=64, max_size=64)
codes = st.lists(st.text("ABCDEFG.0123456789", min_size=1, max_size=12), min_size=1, max_size=30, unique=True)


def paper(**fields):
    told = {"title": "094/12", "day": "2026-11-24", "salt": "ab", "lots": 1, "codes": ["A", "B"]} | fields
    return Paper(**told)


@given(seeds, codes, st.integers(0, 40), st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_list(seed, listed, lots, random):
    shuffled = listed[:]
    random.shuffle(shuffled)
    found = drawn(seed, listed, lots)
    assert found == drawn(seed, shuffled, lots)
    assert len(found) == len(set(found)) == min(lots, len(listed))
    assert set(found) <= set(listed)
    assert max((number_of(seed, code) for code in found), default="") <= min(
        (number_of(seed, code) for code in set(listed) - set(found)), default="g"
    )


@given(seeds, codes)
def test_more_lots_only_add(seed, listed):
    orders = [drawn(seed, listed, lots) for lots in range(len(listed) + 1)]
    assert all(more[:-1] == fewer for fewer, more in pairwise(orders))


@given(seeds, codes, st.integers(0, 29))
def test_leaving_a_unit_out_changes_nothing_between_the_others(seed, listed, place):
    """So nobody gains or loses by who else stands on the list: the numbers are each unit's own."""
    left = listed[place % len(listed)]
    assert [code for code in in_order(seed, listed) if code != left] == in_order(seed, set(listed) - {left})


def test_every_unit_has_the_same_chance_and_every_pair_too():
    """Chi-square over 6,000 seeds, two of eight: below the value that chance passes once in ten thousand."""
    units, throws = [f"7371.{number}" for number in range(8)], 6_000
    results = [tuple(sorted(drawn(seed_of("salt", str(each)), units, 2))) for each in range(throws)]
    singles, pairs = Counter(code for pair in results for code in pair), Counter(results)
    expected = throws * 2 / 8
    assert sum((singles[code] - expected) ** 2 / expected for code in units) < 29.9, "7 degrees of freedom"
    each = throws / 28
    assert sum((pairs[pair] - each) ** 2 / each for pair in combinations(units, 2)) < 67, "27 degrees of freedom"


def test_who_stands_twice_is_refused():
    for act in (lambda: in_order("ab", ["A", "B", "A"]), lambda: list_text(paper(codes=["A", "A"]))):
        with pytest.raises(ValueError, match=r"twice|once"):
            act()
    with pytest.raises(ValueError, match="once"):
        list_text(paper(risks={"A": "Keluhan warga"}))


@pytest.mark.parametrize("bad", [{"lots": 3}, {"lots": -1}, {"codes": ["A", "B\nundi: C"]}, {"title": " "}])
def test_a_list_that_can_be_misread_is_refused(bad):
    with pytest.raises(ValueError, match=r"list|line"):
        list_text(paper(**bad))


@given(codes, st.randoms(use_true_random=False))
def test_the_digest_of_the_list_is_the_same_in_any_order_and_moves_with_every_word(listed, random):
    shuffled = listed[:]
    random.shuffle(shuffled)
    told = digest_of(list_text(paper(codes=listed)))
    assert told == digest_of(list_text(paper(codes=shuffled)))
    others = [{"salt": "ac"}, {"lots": 0}, {"title": "094/13"}, {"codes": [*listed, "H"]}, {"risks": {"H": "Keluhan"}}]
    assert told not in {digest_of(list_text(paper(**({"codes": listed} | each)))) for each in others}


def test_what_is_visited_for_risk_is_never_drawn():
    text = list_text(paper(codes=["A", "B"], lots=2, risks={"C": "Tiga pengaduan"}))
    lots = [line.removeprefix("undi: ") for line in text.splitlines() if line.startswith("undi: ")]
    assert lots == ["A", "B"]
    assert "risiko: C (Tiga pengaduan)" in text


def test_anybody_can_repeat_it_with_the_tools_of_every_system(tmp_path):
    """The lines that the page of a mission tells."""
    listed = [f"7371.{number:02}" for number in range(20)]
    text, beacon = list_text(paper(codes=listed, lots=4, salt="0f" * 16)), "e3" * 32
    (tmp_path / "daftar.txt").write_text(text)
    script = f"""
        SEED=$(printf '%s%s' "{"0f" * 16}" "{beacon}" | sha256sum | cut -c1-64)
        grep '^undi: ' daftar.txt | cut -c7- | while read -r kode; do
          printf '%s %s\\n' "$(printf '%s%s' "$SEED" "$kode" | sha256sum | cut -c1-64)" "$kode"
        done | sort | head -n 4 | cut -c66-
        sha256sum daftar.txt | cut -c1-64
    """
    told = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split()
    assert told == [*drawn(seed_of("0f" * 16, beacon), listed, 4), digest_of(text)]
