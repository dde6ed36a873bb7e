"""What scores, predicates and history make due: the golden cases of the policies, and what must hold for any score."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.follow_up import Standing, due_of_predicates, due_of_scores
from terang.rules.improvement import improvement_rule
from terang.rules.policies import PolicyError, digest, document_of, load_policy, load_preset, preset_text, toml_text
from terang.rules.sentences import restored

MAKASSAR, PALU = load_preset("makassar"), load_preset("palu")
JUNE = date(2026, 6, 2)
ON = date(2026, 2, 2)


def kinds(dues):
    return [each.kind for each in dues]


@pytest.mark.parametrize(("days", "opened"), [(9, []), (10, ["corrective"]), (11, ["corrective"])])
def test_makassar_opens_a_corrective_action_after_ten_working_days_below(days, opened):
    assert kinds(due_of_scores(MAKASSAR, "1", Standing(5200, JUNE, days))) == opened


def test_its_reason_says_the_numbers_and_reads_the_same_when_stored():
    [due] = due_of_scores(MAKASSAR, "1", Standing(5250, JUNE, 12))
    assert str(due.reason).startswith("Nilai 52,5, standarnya 65. Sudah 12 hari kerja")
    assert restored(due.reason.stored()) == due.reason


def test_its_cause_is_the_fall_and_not_the_period():
    first, second = (due_of_scores(MAKASSAR, period, Standing(5200, JUNE, 30))[0].cause for period in "12")
    assert first == second


def test_at_the_standard_nothing_is_due_whatever_the_days_say():
    assert due_of_scores(MAKASSAR, "1", Standing(6500, JUNE, 40)) == ()
    assert due_of_scores(MAKASSAR, "1", Standing(None, JUNE, 40)) == ()


def test_a_value_below_its_floor_is_due_whatever_the_total_says():
    standing = Standing(9800, values={"berakhlak.akuntabel": 5999, "berakhlak.loyal": 6000})
    [due] = due_of_scores(PALU, "7", standing)
    assert (due.kind, due.subject) == ("coaching", "berakhlak.akuntabel")
    assert "Akuntabel 59,99" in str(due.reason)


def test_a_floor_is_due_once_a_period():
    causes = {due_of_scores(PALU, p, Standing(9800, values={"berakhlak.loyal": 1}))[0].cause for p in "778"}
    assert len(causes) == 2


def test_what_has_no_evidence_is_never_due():
    assert due_of_scores(PALU, "1", Standing(9000)) == ()


@given(st.integers(0, 12_000), st.integers(0, 60), st.integers(0, 2_000))
def test_a_better_score_never_makes_more_due(total, days, more):
    worse = due_of_scores(MAKASSAR, "1", Standing(total, JUNE, days))
    better = due_of_scores(MAKASSAR, "1", Standing(total + more, JUNE, days))
    assert len(better) <= len(worse)


@pytest.mark.parametrize("word", ["Kurang/Misconduct", "sangat_kurang", "Cukup", "Butuh Perbaikan"])
def test_a_poor_yearly_predicate_gives_six_months(word):
    [due] = due_of_predicates(MAKASSAR, {2025: word}, ON)
    assert due.kind == "improvement"
    assert "6 bulan" in str(due.reason)
    assert "Pasal 56–58" in str(due.reason)


def test_only_the_newest_year_counts_and_nothing_is_due_before_the_rule():
    assert due_of_predicates(MAKASSAR, {2024: "kurang", 2025: "baik"}, ON) == ()
    assert due_of_predicates(MAKASSAR, {2018: "kurang"}, date(2019, 1, 5)) == ()
    assert improvement_rule(date(2019, 1, 5)) is None


@pytest.mark.parametrize(
    ("yearly", "opened"),
    [
        ({2024: "sangat_baik", 2025: "sangat_baik"}, ["succession_pool"]),
        ({2024: "baik", 2025: "baik"}, ["development_priority"]),
        ({2024: "baik", 2025: "sangat_baik"}, []),
        ({2023: "sangat_baik", 2025: "sangat_baik"}, []),
        ({2025: "sangat_baik"}, []),
        ({}, []),
    ],
)
def test_palu_weighs_two_successive_years(yearly, opened):
    assert kinds(due_of_predicates(PALU, yearly, ON)) == opened


def test_a_policy_without_the_section_stays_what_it_was_and_one_with_it_comes_back_the_same():
    assert "follow_up" not in document_of(MAKASSAR)
    usual = load_policy(preset_text("makassar") + "\n[follow_up]\nact_days = 5\n")
    assert digest(usual) == digest(MAKASSAR)
    other = replace(PALU, follow_up=replace(PALU.follow_up, remeasure_days=40))
    assert load_policy(toml_text(document_of(other))) == other
    assert digest(other) != digest(PALU)


def test_wrong_terms_are_told_by_their_place():
    text = (
        preset_text("makassar")
        + '\n[[follow_up.successive]]\npredicate = "kurang"\nyears = 1\naction = "x"\nmessage = "x"\n'
    )
    with pytest.raises(PolicyError) as refused:
        load_policy(text)
    told = {each.path for each in refused.value.problems}
    assert {f"follow_up.successive[0].{name}" for name in ("predicate", "years", "action")} <= told
