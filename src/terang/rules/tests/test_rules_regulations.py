"""What the golden files do not say: dating, blanks, exceptions, and the properties that must hold for any input."""

from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.errors import RuleInputError
from terang.rules.predicate import employee_predicate, head_work_result, organisation_year
from terang.rules.regulations.clocks import annual_window_end, check_objection, due_date
from terang.rules.regulations.credit import after_level_promotion, standing
from terang.rules.regulations.distribution import check_distribution
from terang.rules.regulations.follow_up import possible_actions
from terang.rules.regulations.quadrant import quadrant, study_leave_predicate
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.sample_size import sample_size
from terang.rules.regulations.satisfaction import ORDERS, satisfaction_from_answers, satisfaction_from_means
from terang.rules.regulations.source import rule_set, rule_sets
from terang.rules.regulations.words import ORGANISATION_PREDICATES, PREDICATES, RATINGS
from terang.rules.regulations.working_days import (
    MONDAY_TO_SATURDAY,
    Calendar,
    deadline,
    national_calendar,
    national_holidays,
)
from terang.rules.regulations.working_time import Shift, average_daily_minutes
from terang.rules.tables import ELEMENTS

NAMES = ("quadrant", "distribution", "organisation_head", "ikm", "sample_size", "credit", "working_time", "holidays")
CAREER = ("asn_index", "talent", "promotion", "promotion_periods", "retirement", "succession")
CALENDAR = national_calendar()
answer = st.one_of(st.none(), st.integers(1, 4))
respondent = st.fixed_dictionaries(dict.fromkeys(ELEMENTS, st.integers(1, 4)))
days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 10, 1))


@pytest.mark.parametrize(
    "name",
    [*NAMES, "clocks", "follow_up", "improvement", "guidance", "counselling", "study_leave", "training_hours", *CAREER],
)
def test_versions_follow_each_other_without_overlap(name: str) -> None:
    versions = rule_sets(name)
    assert len({version.id for version in versions}) == len(versions)
    for earlier, later in pairwise(versions):
        assert earlier.valid_to is not None
        assert earlier.valid_to < later.valid_from


def test_a_rule_that_is_not_sure_says_why() -> None:
    unsure = [
        version
        for name in (*NAMES, *CAREER, "clocks", "follow_up", "improvement", "counselling", "training_hours")
        for version in rule_sets(name)
    ]
    unsure = [version for version in unsure if version.confidence != "high"]
    assert unsure
    assert all(version.note for version in unsure)


def test_an_old_day_gets_the_old_rule_and_a_day_before_it_none() -> None:
    assert rule_set("distribution", date(2023, 1, 30)).id == "permenpanrb-6-2022/pola-distribusi"
    assert rule_set("distribution", date(2023, 1, 31)).id == "se-menpanrb-3-2023/pola-distribusi"
    with pytest.raises(RuleInputError, match="2022-02-06"):
        rule_set("quadrant", date(2022, 2, 6))


def test_predicate_needs_the_organisation_first() -> None:
    made = employee_predicate("di atas", "di atas", organisation="baik")
    assert made.predicate == "sangat_baik"
    assert made.reason.startswith("Hasil kerja di atas ekspektasi, perilaku di atas ekspektasi: Sangat Baik")
    with pytest.raises(RuleInputError, match="Predikat organisasi belum ditetapkan"):
        employee_predicate("di atas", "di atas", organisation=None)


def test_unfinished_study_leave_is_the_one_exception() -> None:
    made = employee_predicate("sesuai", "sesuai", organisation="baik", study_leave_not_finished="Misconduct")
    assert made.predicate == "kurang"
    with pytest.raises(RuleInputError, match="tidak dapat diberi predikat Butuh Perbaikan"):
        study_leave_predicate("butuh perbaikan")


def test_organisation_predicate_issued_after_january_counts_for_nothing() -> None:
    assert organisation_year(2025, date(2026, 1, 31)) == 2025
    assert organisation_year(2025, date(2026, 2, 10)) == 2024


def test_head_of_an_excellent_unit_is_suggested_above() -> None:
    assert head_work_result("Istimewa") == "above"
    assert rule_set("organisation_head").confidence == "low"


@given(st.sampled_from(RATINGS), st.integers(0, 1))
def test_better_results_never_lower_the_predicate(behaviour: str, worse: int) -> None:
    better = PREDICATES.index(quadrant(RATINGS[worse], behaviour))
    lower = PREDICATES.index(quadrant(RATINGS[worse + 1], behaviour))
    assert better <= lower


@given(st.sampled_from(RATINGS), st.integers(0, 1))
def test_better_behaviour_never_lowers_the_predicate(work_result: str, worse: int) -> None:
    better = PREDICATES.index(quadrant(work_result, RATINGS[worse]))
    assert better <= PREDICATES.index(quadrant(work_result, RATINGS[worse + 1]))


@given(st.sampled_from(ORGANISATION_PREDICATES), st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(any))
def test_distribution_depends_on_shares_only(organisation: str, numbers: list[int]) -> None:
    counts = dict(zip(PREDICATES, numbers, strict=True))
    tenfold = {code: 10 * count for code, count in counts.items()}
    if sum(numbers) > 4 and check_distribution(organisation, counts).ok:
        assert check_distribution(organisation, tenfold).ok


def test_blank_answers_are_reported_and_never_filled_in() -> None:
    full = dict.fromkeys(ELEMENTS, 4)
    partly = {**dict.fromkeys(ELEMENTS, 2), "waktu": None, "biaya": None}
    result = satisfaction_from_answers([full, partly])
    assert result.respondents == 2
    assert result.blanks == 2
    assert result.elements["waktu"] == 4
    assert result.elements["syarat"] == 3


def test_an_element_nobody_answered_leaves_no_index() -> None:
    with pytest.raises(RuleInputError, match=r"Penanganan pengaduan.*tidak punya satu pun jawaban"):
        satisfaction_from_answers([{**dict.fromkeys(ELEMENTS, 3), "pengaduan": None}])


@pytest.mark.parametrize(("answers", "message"), [([], "Belum ada responden"), ([{"syarat": 5}], "Jawaban 5")])
def test_ikm_refuses_what_is_no_survey(answers: list[dict[str, int | None]], message: str) -> None:
    with pytest.raises(RuleInputError, match=message):
        satisfaction_from_answers(answers)


def test_ikm_refuses_means_off_the_scale_missing_elements_and_other_weights() -> None:
    means = dict.fromkeys(ELEMENTS, Fraction(3))
    assert satisfaction_from_means(means).respondents is None
    with pytest.raises(RuleInputError, match="di luar 1 sampai 4"):
        satisfaction_from_means({**means, "waktu": Fraction(86)})
    with pytest.raises(RuleInputError, match="Sarana dan prasarana belum ada"):
        satisfaction_from_means({code: mean for code, mean in means.items() if code != "sarana"})
    with pytest.raises(RuleInputError, match=r"Bobot “0\.1” tidak dikenal"):
        satisfaction_from_means(means, "0.1")


def test_the_two_orders_swap_complaints_and_facilities_only() -> None:
    assert ORDERS["regulation"][7:] == ("pengaduan", "sarana")
    assert ORDERS["questionnaire"][7:] == ("sarana", "pengaduan")
    assert ORDERS["regulation"][:7] == ORDERS["questionnaire"][:7]


@given(st.lists(respondent, min_size=1, max_size=8), st.randoms())
def test_ikm_does_not_depend_on_the_order_of_respondents(answers: list[dict[str, int]], random: object) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert satisfaction_from_answers(shuffled).index == satisfaction_from_answers(answers).index


@given(st.lists(respondent, min_size=1, max_size=8), st.sampled_from(ELEMENTS))
def test_a_better_answer_never_lowers_the_ikm(answers: list[dict[str, int]], element: str) -> None:
    better = [{**answers[0], element: min(4, answers[0][element] + 1)}, *answers[1:]]
    assert satisfaction_from_answers(better).index >= satisfaction_from_answers(answers).index


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(ELEMENTS, answer)), min_size=1, max_size=6))
def test_answers_and_blanks_add_up(answers: list[dict[str, int | None]]) -> None:
    if all(any(each[element] is not None for each in answers) for element in ELEMENTS):
        result = satisfaction_from_answers(answers)
        assert result.blanks == sum(value is None for each in answers for value in each.values())
        assert Decimal(25) <= result.value <= Decimal(100)


@given(st.fractions(-1000, 1000), st.integers(0, 4))
def test_half_up_is_never_further_than_half_a_step(value: Fraction, places: int) -> None:
    assert abs(Fraction(half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


@given(st.integers(1, 2_000_000))
def test_a_bigger_population_never_needs_fewer_people(population: int) -> None:
    assert sample_size(population) <= sample_size(population + 1)
    assert 1 <= sample_size(population) <= population


def test_credit_shows_what_is_missing_and_what_does_not_exist() -> None:
    pertama = standing("ahli_pertama", Decimal("20.83"))
    assert (pertama.to_next_rank, pertama.to_next_level) == (Decimal("29.17"), Decimal("79.17"))
    assert standing("ahli_pertama", Decimal("100.00")).to_next_level == Decimal("0.00")
    assert standing("penyelia", Decimal(10)).to_next_level is None
    assert after_level_promotion() == Decimal("0.00")


def test_2026_has_seventeen_national_holidays_and_eight_days_of_joint_leave() -> None:
    kinds = [holiday.kind for holiday in national_holidays() if holiday.day.year == 2026]
    assert (kinds.count("national"), kinds.count("joint_leave")) == (17, 8)


def test_a_deadline_runs_over_the_turn_of_the_year() -> None:
    # Christmas and its joint leave, then New Year.
    assert deadline(date(2025, 12, 23), 5, CALENDAR) == date(2026, 1, 2)


def test_joint_leave_moves_the_deadline() -> None:
    joint_leave = {holiday.day for holiday in national_holidays() if holiday.kind == "joint_leave"}
    without = Calendar(CALENDAR.holidays - joint_leave)
    assert deadline(date(2026, 3, 13), 3, without) == date(2026, 3, 18)
    assert deadline(date(2026, 3, 13), 3, CALENDAR) == date(2026, 3, 25)


def test_a_government_adds_its_own_holiday_and_a_unit_its_saturdays() -> None:
    assert deadline(date(2026, 11, 6), 1, CALENDAR) == date(2026, 11, 9)
    assert deadline(date(2026, 11, 6), 1, national_calendar([date(2026, 11, 9)])) == date(2026, 11, 10)
    assert deadline(date(2026, 11, 6), 1, national_calendar(weekdays=MONDAY_TO_SATURDAY)) == date(2026, 11, 7)


def test_years_without_holiday_data_are_named() -> None:
    assert CALENDAR.unknown_years(date(2026, 12, 1), date(2027, 1, 5)) == (2027,)
    assert CALENDAR.unknown_years(date(2026, 1, 1), date(2026, 12, 31)) == ()


@pytest.mark.parametrize("working_days", [0, -1, 1001])
def test_a_deadline_needs_a_possible_number_of_days(working_days: int) -> None:
    with pytest.raises(RuleInputError, match="tidak mungkin"):
        deadline(date(2026, 1, 1), working_days, CALENDAR)


def test_a_calendar_without_working_days_is_refused() -> None:
    with pytest.raises(RuleInputError, match="tidak punya hari kerja"):
        deadline(date(2026, 1, 1), 1, Calendar(frozenset(), frozenset()))


@given(days_of_2026, st.integers(1, 60))
def test_a_deadline_is_a_working_day_with_exactly_that_many_days_before_it(start: date, count: int) -> None:
    due = deadline(start, count, CALENDAR)
    assert CALENDAR.is_working_day(due)
    assert due.weekday() < 5
    assert due not in CALENDAR.holidays
    assert CALENDAR.working_days(start + timedelta(days=1), due) == count


@given(days_of_2026, st.integers(1, 59))
def test_a_longer_term_ends_later(start: date, count: int) -> None:
    assert deadline(start, count, CALENDAR) < deadline(start, count + 1, CALENDAR)


def test_clocks_and_objections_refuse_what_cannot_be() -> None:
    assert annual_window_end(2025) == date(2026, 1, 31)
    with pytest.raises(RuleInputError, match="Tenggat “banding” tidak dikenal"):
        due_date("banding", date(2026, 1, 1), CALENDAR)
    with pytest.raises(RuleInputError, match="sebelum dokumen diterima"):
        check_objection(date(2026, 2, 2), date(2026, 2, 1), CALENDAR)
    with pytest.raises(RuleInputError, match="Alasan final “lain” tidak dikenal"):
        check_objection(date(2026, 2, 2), date(2026, 2, 3), CALENDAR, final_result="lain")


def test_working_time_averages_and_refuses_nonsense() -> None:
    assert (average_daily_minutes(), average_daily_minutes(ramadan=True)) == (450, 390)
    with pytest.raises(RuleInputError, match="tidak masuk akal"):
        _ = Shift(time(8), time(8, 30), 60).minutes


def test_follow_up_names_possibilities_with_their_article() -> None:
    best = {action.code: action.article for action in possible_actions("Sangat Baik")}
    assert best["succession_pool"] == "Pasal 31"
    assert "sanction" not in best
    assert "sanction" in {action.code for action in possible_actions("Misconduct")}


@pytest.mark.parametrize("name", ["complaints", "breach"])
def test_notes_that_stand_on_pages_speak_to_the_office_and_not_to_who_keeps_the_data(name: str) -> None:
    for version in rule_sets(name):
        for word in ("di sini.", "batang tubuh", "dipakai:", "versi baru", "JDIH"):
            assert word not in version.note
