"""Weights, caps, what is missing, coverage and suggested ratings, on a policy small enough to calculate by hand."""

from dataclasses import replace
from typing import Any

import pytest

from terang.engine import Component, EvidenceError, Total, evaluate_rows
from terang.engine.tests import evidence_rows as given
from terang.rules.policies import Aspect, BehaviourRating, MeasureRule, Policy, Variant, WorkRating, load_preset


def policy(**changes: Any) -> Policy:
    """Attendance 60, tasks 30 and timeliness 10 of 100; standard 65, least coverage 50, above 90, meets 70."""
    rules = [
        Aspect("disiplin", "Disiplin", "Discipline", 6_000, (MeasureRule("attendance_rate", 10_000),)),
        Aspect(
            "kerja",
            "Kerja",
            "Work",
            4_000,
            (MeasureRule("task_completion", 7_500), MeasureRule("service_timeliness", 2_500, cap_bp=9_000)),
        ),
    ]
    small = replace(
        load_preset("makassar"),
        aspects=tuple(rules),
        variants=(),
        work_rating=WorkRating(("kerja",), 9_000, 7_000),
        behaviour_rating=BehaviourRating((MeasureRule("punctuality", 10_000),), 9_000, 7_000),
    )
    return replace(small, **changes)


def hold(base: Policy, code: str) -> Policy:
    aspects = tuple(
        replace(
            aspect,
            measures=tuple(replace(rule, missing="hold") if rule.code == code else rule for rule in aspect.measures),
        )
        for aspect in base.aspects
    )
    return replace(base, aspects=aspects)


def rows(**tables: list[tuple[Any, ...]]) -> given.Rows:
    return given.NONE | {"people": [given.person(1)]} | tables


ATTENDANCE = [(1, 202601, 20, 16, 12)]
TASKS = [(1, 1, 10_000, 9_000, False)]
SERVICES = [(1, 202601, 30, None, 30, 7_200, 6_000, 0)]


def only(found: given.Rows, rules: Policy | None = None) -> tuple[Total, dict[str, Component]]:
    result = evaluate_rows(found, rules or policy())
    assert len(result.totals) == 1
    return result.totals[0], {each.measure: each for each in result.components}


def test_all_evidence_gives_the_weighted_mean() -> None:
    """(60 × 80 % + 30 × 90 % + 10 × 90 % after the cap) / 100 = 84 %."""
    total, parts = only(rows(attendance=ATTENDANCE, tasks=TASKS, services=SERVICES))
    assert (total.total_bp, total.coverage_bp, total.status) == (8_400, 10_000, "complete")
    assert not total.below_standard
    assert [part.effective_weight_bp for part in parts.values()] == [6_000, 3_000, 1_000]
    timely = parts["service_timeliness"]
    assert (timely.value_bp, timely.score_bp, timely.capped) == (10_000, 9_000, True)
    assert not parts["task_completion"].capped


def test_missing_weight_is_shared_out_and_coverage_says_so() -> None:
    """(60 × 80 % + 30 × 90 %) / 90 = 83,33 %; weights shown 66,67 and 33,33."""
    total, parts = only(rows(attendance=ATTENDANCE, tasks=TASKS))
    assert (total.total_bp, total.coverage_bp, total.status) == (8_333, 9_000, "partial")
    assert [part.effective_weight_bp for part in parts.values()] == [6_667, 3_333, 0]
    missing = parts["service_timeliness"]
    assert (missing.value_bp, missing.score_bp, missing.reason) == (None, None, "no_evidence")


def test_held_weight_counts_nothing_and_stays() -> None:
    """(60 × 80 % + 30 × 90 %) / 100 = 75 %."""
    total, parts = only(rows(attendance=ATTENDANCE, tasks=TASKS), hold(policy(), "service_timeliness"))
    assert (total.total_bp, total.coverage_bp, total.status) == (7_500, 9_000, "partial")
    held = parts["service_timeliness"]
    assert (held.value_bp, held.score_bp, held.effective_weight_bp) == (None, 0, 1_000)


def test_nothing_about_citizens_is_held_against_who_serves_none() -> None:
    office = rows(people=[given.person(1, serves=False)], attendance=ATTENDANCE, tasks=TASKS)
    total, parts = only(office, hold(policy(), "service_timeliness"))
    assert total.total_bp == 8_333
    assert parts["service_timeliness"].score_bp is None


def test_below_least_coverage_there_is_no_total_no_warning_no_rating() -> None:
    total, parts = only(rows(tasks=[(1, 1, 10_000, 1_000, False)]))
    assert (total.total_bp, total.coverage_bp, total.status) == (None, 3_000, "insufficient")
    assert (total.below_standard, total.behaviour) == (False, "none")
    assert parts["task_completion"].score_bp == 1_000


def test_nothing_at_all_is_insufficient_even_where_the_policy_asks_for_no_coverage() -> None:
    total, parts = only(rows(), policy(least_coverage_bp=0))
    assert (total.total_bp, total.coverage_bp, total.status) == (None, 0, "insufficient")
    assert {part.effective_weight_bp for part in parts.values()} == {0}


@pytest.mark.parametrize(("present", "below"), [(12, True), (13, False)])
def test_standard_itself_is_not_below_standard(present: int, below: bool) -> None:
    total, _ = only(rows(attendance=[(1, 202601, 20, present, 0)]))
    assert (total.total_bp, total.below_standard) == (present * 500, below)


@pytest.mark.parametrize(
    ("accepted", "suggested"), [(9_000, "above"), (8_999, "meets"), (7_000, "meets"), (6_999, "below")]
)
def test_work_result_rating_comes_from_its_aspects_alone(accepted: int, suggested: str) -> None:
    total, _ = only(rows(attendance=[(1, 202601, 20, 10, 10)], tasks=[(1, 1, 10_000, accepted, False)]))
    assert (total.work_result, total.work_result_bp) == (suggested, accepted)


def test_rating_needs_the_least_coverage_of_its_own_measures() -> None:
    total, _ = only(rows(attendance=ATTENDANCE, services=SERVICES))
    assert (total.status, total.work_result, total.work_result_bp) == ("partial", "none", None)
    assert (total.behaviour, total.behaviour_bp) == ("meets", 7_500)


def test_measure_used_only_for_behaviour_has_a_value_but_is_no_component() -> None:
    result = evaluate_rows(rows(attendance=ATTENDANCE), policy())
    assert "punctuality" in {each.measure for each in result.measures}
    assert "punctuality" not in {each.measure for each in result.components}


def test_variant_has_its_own_aspects() -> None:
    teachers = Variant(
        "guru",
        "Guru",
        "Teachers",
        ("guru",),
        (Aspect("hasil", "Hasil", "Results", 10_000, (MeasureRule("observation_score", 10_000),)),),
    )
    found = rows(
        people=[given.person(1), given.person(2, variant="guru")],
        attendance=[*ATTENDANCE, (2, 202601, 20, 2, 2)],
        observations=[(2, 1, 3_000, 4_000)],
    )
    result = evaluate_rows(found, policy(variants=(teachers,)))
    assert {each.employee_id: each.total_bp for each in result.totals} == {1: 8_000, 2: 7_500}
    assert [each.measure for each in result.components if each.employee_id == 2] == ["observation_score"]


def test_unknown_variant_is_refused() -> None:
    with pytest.raises(EvidenceError, match="varian kebijakan tidak dikenal: dosen"):
        evaluate_rows(rows(people=[given.person(1, variant="dosen")]), policy())


def test_source_that_is_not_kept_is_named() -> None:
    result = evaluate_rows({"people": [(1, 7, True)], "attendance": ATTENDANCE}, policy())
    assert {each.measure: each.reason for each in result.components} == {
        "attendance_rate": "ok",
        "task_completion": "no_source",
        "service_timeliness": "no_source",
    }


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ({"attendance": []}, "tabel people tidak ada"),
        (rows() | {"absensi": []}, "tabel absensi tidak dikenal"),
        (rows(attendance=[(1, 202601, 20)]), "attendance: baris berisi 3 nilai, seharusnya 5"),
        (rows(attendance=[(1, 202601, "dua puluh", 1, 1)]), "attendance: ada nilai dengan tipe yang salah"),
        (rows(attendance=[(1, 202601, None, 1, 1)]), "kolom required_days kosong pada 1 baris"),
        (rows(people=[given.person(1), given.person(1)]), "1 pegawai tercatat lebih dari sekali"),
    ],
)
def test_rows_that_do_not_fit_are_refused(found: given.Rows, message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        evaluate_rows(found, policy())


def test_digest_names_the_input_of_one_person() -> None:
    people = [given.person(1), given.person(2)]
    first = [(1, 202601, 20, 16, 12), (1, 202602, 20, 18, 12)]
    one = evaluate_rows(rows(people=people, attendance=first), policy()).digests
    turned = evaluate_rows(rows(people=people[::-1], attendance=first[::-1]), policy()).digests
    other = evaluate_rows(rows(people=people, attendance=[*first, (2, 202601, 20, 1, 1)]), policy()).digests
    assert one == turned
    assert other[1] == one[1]
    assert other[2] != one[2]
