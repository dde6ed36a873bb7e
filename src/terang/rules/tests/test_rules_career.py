"""The professionalism index, the nine boxes, and the conditions of the next rank."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.errors import RuleInputError
from terang.rules.regulations.asn_index import IndexFacts, asn_index, band, mean
from terang.rules.regulations.credit import months_to
from terang.rules.regulations.promotion import RankFacts, coming_period, next_rank
from terang.rules.regulations.retirement import retires_on
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.succession import Contender, criteria, is_considered, order_key
from terang.rules.regulations.talent import PERFORMANCE, POTENTIAL, box_of, placing
from terang.rules.regulations.words import PREDICATES
from terang.rules.tests.test_rules_golden import each

TODAY = date(2026, 11, 24)
KNOWN = IndexFacts("administrator", "s2", "pka", None, 20, True, "baik", "none")
RANKED = RankFacts("pns", "pelaksana", "III/a", date(2022, 11, 24), "s1", ((2025, "baik"), (2024, "baik")), "none")


def facts_of(case: dict[str, Any]) -> IndexFacts:
    return IndexFacts(
        case["jabatan"],
        case.get("pendidikan"),
        case.get("kepemimpinan"),
        case.get("fungsional"),
        case.get("jp"),
        case.get("seminar"),
        case.get("predikat"),
        case.get("hukuman"),
    )


@each("asn_index")
def test_index(case: dict[str, Any]) -> None:
    total = asn_index(facts_of(case)).total
    assert total == Decimal(case["hasil"])
    assert band(total) == case["pita"]


@each("asn_index", "bands")
def test_band(case: dict[str, Any]) -> None:
    assert band(Decimal(case["nilai"])) == case["pita"]


@pytest.mark.parametrize("fact", ["education", "leadership", "hours", "seminar", "predicate", "sanction", "post_kind"])
def test_what_is_missing_is_told_and_is_never_zero(fact: str) -> None:
    index = asn_index(replace(KNOWN, **{fact: None}))
    assert index.total is None
    assert index.missing
    assert index.least < Decimal(90) <= index.most


@given(
    st.sampled_from(["jpt", "administrator", "pengawas", "fungsional", "pelaksana"]),
    st.one_of(st.none(), st.integers(0, 99)),
    st.one_of(st.none(), st.booleans()),
    st.one_of(st.none(), st.sampled_from(PREDICATES)),
)
def test_the_dimensions_add_up_and_never_leave_their_weights(kind, hours, seminar, predicate) -> None:
    index = asn_index(IndexFacts(kind, "s1", "pkn1", True, hours, seminar, predicate, "none"))
    assert Decimal(0) <= index.least <= index.most <= Decimal(100)
    for name, weight in rule_set("asn_index").values["weights"].items():
        assert sum(part.most for part in index.parts if part.dimension == name) == Decimal(weight)
    if index.total is not None:
        told = [index.of(name) for name in ("qualification", "competence", "performance", "discipline")]
        assert sum(each for each in told if each is not None) == index.total


def test_leaders_need_the_training_of_their_own_post_or_a_higher_one() -> None:
    told = {word: asn_index(replace(KNOWN, leadership=word)).total for word in ("none", "pkp", "pka", "pkn2")}
    assert told == {"none": 75, "pkp": 75, "pka": 90, "pkn2": 90}


def test_an_agency_is_the_mean_of_who_is_complete_and_says_who_is_not() -> None:
    officer = asn_index(IndexFacts("pelaksana", "s1", hours=20, seminar=False, predicate="baik", sanction="none"))
    third = asn_index(IndexFacts("pelaksana", "sma", hours=20, seminar=False, predicate="baik", sanction="none"))
    made = mean([officer, third, third, asn_index(replace(KNOWN, seminar=None))])
    assert (made.counted, made.left_out, made.total) == (3, 1, Decimal("60.83"))
    assert made.dimensions["qualification"] == Decimal("8.33")
    assert mean([asn_index(replace(KNOWN, seminar=None))]).total is None


@pytest.mark.parametrize("changed", [{"education": "s9"}, {"leadership": "pim"}, {"sanction": "?"}])
def test_unknown_words_are_refused(changed: dict[str, str]) -> None:
    with pytest.raises(RuleInputError):
        asn_index(replace(KNOWN, **changed))
    with pytest.raises(RuleInputError, match="tidak mempunyai indeks"):
        asn_index(replace(KNOWN, post_kind="kepala_daerah"))


@each("talent")
def test_boxes(case: dict[str, Any]) -> None:
    assert placing(case["predikat"], case["potensi"]).box == case["kotak"]


def test_each_box_is_reached_once_and_nobody_is_in_one_by_what_is_missing() -> None:
    boxes = [box_of(performance, potential) for performance in PERFORMANCE for potential in POTENTIAL]
    assert sorted(boxes) == list(range(1, 10))
    assert placing(None, 9_000).box is None
    assert placing("baik", None).box is None
    assert placing("baik", None).performance == "meets"


def test_every_condition_met_makes_complete() -> None:
    found = next_rank(RANKED, TODAY)
    assert (found.rank, found.is_complete) == ("III/b", True)
    assert [each.code for each in found.conditions] == [
        "years",
        "predicate.2025",
        "predicate.2024",
        "discipline",
        "education",
    ]


@pytest.mark.parametrize(
    ("changed", "code", "state"),
    [
        ({"rank_since": date(2022, 11, 25)}, "years", "not_met"),
        ({"rank_since": None}, "years", "unknown"),
        ({"predicates": ((2025, "butuh_perbaikan"), (2024, "baik"))}, "predicate.2025", "not_met"),
        ({"predicates": ((2025, "baik"), (2024, None))}, "predicate.2024", "unknown"),
        ({"sanction": "light"}, "discipline", "not_met"),
        ({"sanction": None}, "discipline", "unknown"),
        ({"education": "below"}, "education", "not_met"),
        ({"education": None}, "education", "unknown"),
    ],
)
def test_each_condition_alone_holds_it_back(changed: dict[str, Any], code: str, state: str) -> None:
    found = next_rank(replace(RANKED, **changed), TODAY)
    assert [(each.code, each.state) for each in found.missing] == [(code, state)]
    assert not found.is_complete


def test_only_time_missing_says_when() -> None:
    assert next_rank(replace(RANKED, rank_since=date(2024, 2, 29)), TODAY).missing[0].by == date(2028, 2, 29)
    functional = replace(RANKED, post_kind="fungsional", rank_since=date(2024, 2, 29), credit_missing=Decimal(0))
    assert next_rank(functional, date(2026, 3, 1)).is_complete
    assert next_rank(functional, date(2026, 2, 28)).missing[0].by == date(2026, 3, 1)


def test_a_functional_post_asks_for_credit_points_instead_of_the_ceiling() -> None:
    functional = replace(RANKED, post_kind="fungsional", education=None, credit_missing=Decimal("6.25"))
    assert [(each.code, each.has) for each in next_rank(functional, TODAY).missing] == [("credit", "6.25")]
    assert next_rank(replace(functional, credit_missing=None), TODAY).missing[0].state == "unknown"


def test_who_has_no_next_rank() -> None:
    assert not next_rank(replace(RANKED, status="pppk"), TODAY).applies
    assert next_rank(replace(RANKED, rank="IV/e"), TODAY).rank is None
    unknown = next_rank(replace(RANKED, rank=""), TODAY)
    assert [each.code for each in unknown.missing] == ["rank"]


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2023, 4, 1), date(2023, 4, 1)),
        (date(2023, 4, 2), date(2023, 10, 1)),
        (date(2023, 10, 2), date(2024, 2, 1)),
        (date(2025, 8, 2), date(2025, 10, 1)),
        (date(2025, 10, 2), date(2025, 11, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_the_coming_period_by_the_rule_of_its_own_day(today: date, period: date) -> None:
    assert coming_period(today) == period


def test_years_may_be_full_by_the_period() -> None:
    facts = replace(RANKED, rank_since=date(2022, 12, 1))
    assert not next_rank(facts, TODAY).is_complete
    assert next_rank(facts, TODAY, date(2026, 12, 1)).is_complete


@pytest.mark.parametrize(
    ("missing", "predicate", "months"),
    [("25", "baik", 24), ("25.01", "baik", 25), ("25", "sangat_baik", 16), ("0", "baik", 0)],
)
def test_the_wait_for_credit_points(missing: str, predicate: str, months: int) -> None:
    assert months_to("ahli_pertama", predicate, Decimal(missing)) == months


@pytest.mark.parametrize(
    ("kind", "level", "family", "day"),
    [
        ("jpt", "", "", date(2035, 6, 1)),
        ("pengawas", "", "", date(2033, 6, 1)),
        ("fungsional", "Ahli Muda", "", date(2033, 6, 1)),
        ("fungsional", "Ahli Muda", "guru", date(2035, 6, 1)),
        ("fungsional", "Ahli Utama", "guru", date(2040, 6, 1)),
        ("kepala_daerah", "", "", None),
    ],
)
def test_retirement_begins_with_the_month_after_the_age(kind: str, level: str, family: str, day: date | None) -> None:
    assert retires_on(date(1975, 5, 12), kind, level, family) == day
    assert retires_on(date(1975, 12, 31), "jpt") == date(2036, 1, 1)


READY = Contender(
    "pengawas",
    "",
    8,
    "III/d",
    date(2022, 4, 1),
    "s1",
    "pkp",
    ((2025, "baik"), (2024, "sangat_baik")),
    "none",
    False,
    date(1980, 1, 1),
)


def test_who_meets_every_criterion() -> None:
    assert is_considered(READY, "administrator", TODAY)
    assert {each.state for each in criteria(READY, "administrator", TODAY)} == {"met"}


@pytest.mark.parametrize(
    ("changed", "code", "state"),
    [
        ({"kind": "fungsional", "level": "Ahli Pertama"}, "post", "not_met"),
        ({"kind": "fungsional", "level": ""}, "post", "unknown"),
        ({"rank": "III/b"}, "grade", "not_met"),
        ({"rank": None}, "grade", "unknown"),
        ({"education": "d3"}, "schooling", "not_met"),
        ({"training": "none"}, "training", "not_met"),
        ({"training": None}, "training", "unknown"),
        ({"predicates": ((2025, "baik"), (2024, "kurang"))}, "predicate.2024", "not_met"),
        ({"sanction": "light"}, "integrity", "not_met"),
        ({"disputed": True}, "integrity", "unknown"),
    ],
)
def test_each_criterion_alone_keeps_from_a_place(changed: dict[str, Any], code: str, state: str) -> None:
    found = [each for each in criteria(replace(READY, **changed), "administrator", TODAY) if each.state != "met"]
    assert [(each.code, each.state) for each in found] == [(code, state)]


def test_leaders_have_an_age_and_supervisors_need_no_training() -> None:
    leader = replace(READY, kind="administrator", rank="IV/a", training="pka", born=date(1969, 11, 25))
    assert criteria(leader, "jpt", TODAY)[-1].state == "met"
    assert criteria(replace(leader, born=date(1969, 11, 24)), "jpt", TODAY)[-1].state == "not_met"
    assert "training" not in {each.code for each in criteria(replace(READY, kind="pelaksana"), "pengawas", TODAY)}


def test_nobody_is_considered_by_what_is_not_known_or_from_another_post() -> None:
    assert not is_considered(replace(READY, box=None), "administrator", TODAY)
    assert not is_considered(replace(READY, box=6), "administrator", TODAY)
    assert not is_considered(replace(READY, kind="pelaksana"), "administrator", TODAY)


def test_the_order_is_box_then_predicates_then_rank_then_years_in_it() -> None:
    best = ((2025, "sangat_baik"), (2024, "sangat_baik"))
    told = [
        replace(READY, box=9),
        replace(READY, predicates=best),
        replace(READY, rank="IV/a"),
        replace(READY, rank_since=date(2020, 4, 1)),
        READY,
        replace(READY, rank_since=None),
        replace(READY, box=7, predicates=best, rank="IV/b"),
    ]
    keys = [order_key(each, TODAY) for each in told]
    assert keys == sorted(keys)
    assert order_key(replace(READY, education="s3", born=None), TODAY) == order_key(READY, TODAY)
