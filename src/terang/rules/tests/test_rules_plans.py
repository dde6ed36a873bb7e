"""The document of a plan and its checks: the planning cases V28–V48 of PermenPANRB 6/2022, and properties."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.plans import (
    BadDocument,
    LeaderRow,
    Manual,
    PlanDocument,
    PlannedIndicator,
    PlannedResult,
    Step,
    Study,
    as_json,
    digest,
    from_json,
)
from terang.rules.plans.behaviour import VALUE_CODES, VALUES
from terang.rules.plans.cascade import Carried, Part, findings, people_without_a_role
from terang.rules.plans.checks import Setting, errors, open_assignments, problems
from terang.rules.plans.differences import differences
from terang.rules.plans.document import PERSPECTIVES
from terang.rules.plans.promises import Promised

COUNT = PlannedIndicator("i", "Jumlah dokumen terbit", unit_label="dokumen", target_milli=90_000)
RESULT = PlannedResult("r", "Dokumen terbit tepat waktu", indicators=(COUNT,))
PLAN = PlanDocument(results=(RESULT,))


def codes(document: PlanDocument, setting: Setting | None = None, severity: str = "error") -> set[str]:
    return {each.code for each in problems(document, setting) if each.severity == severity}


def leading(*perspectives: str) -> PlanDocument:
    rows = tuple(
        PlannedResult(
            f"r{n}", "Layanan membaik", level="outcome", indicators=(replace(COUNT, key=f"i{n}", perspective=each),)
        )
        for n, each in enumerate(perspectives)
    )
    return PlanDocument(form="jpt", results=rows)


def with_indicator(**change: object) -> PlanDocument:
    return PlanDocument(results=(replace(RESULT, indicators=(replace(COUNT, **change),)),))  # type: ignore[arg-type]


def with_result(form: str = "ja", **change: object) -> PlanDocument:
    return replace(PLAN, form=form, results=(replace(RESULT, **change),))  # type: ignore[arg-type]


def test_a_plain_plan_can_be_submitted() -> None:
    assert errors(PLAN) == ()
    assert codes(PLAN, severity="hint") == {"annex", "no_leader_row"}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (PlanDocument(), "no_main"),
        (PlanDocument(results=(replace(RESULT, main=False),)), "no_main"),
        (with_result(indicators=()), "no_indicator"),
        (with_result(text=" "), "no_text"),
        (with_indicator(text=""), "indicator_text"),
        (with_indicator(target_milli=None), "no_target"),
        (with_indicator(aspects=()), "aspects"),
        (with_indicator(aspects=("mutu",)), "aspects"),
        (with_indicator(target_max_milli=80_000), "range"),
        (with_indicator(direction="range"), "range_end"),
        (with_indicator(direction="impact"), "baseline"),
        (with_result(assigner_id=7, approved=False), "approval_refused"),
        (replace(PLAN, behaviour={"XX": "Ramah"}), "unknown_value"),
        (PlanDocument(results=(RESULT, RESULT)), "same_key"),
        (with_result(form="jpt", level="kendali_tinggi"), "level_leading"),
    ],
)
def test_what_keeps_a_plan_from_being_submitted(document: PlanDocument, code: str) -> None:
    assert code in codes(document)


def test_v33_v34_all_four_perspectives_and_the_budget_always() -> None:
    assert codes(leading("penerima_layanan", "proses_bisnis", "penguatan_internal")) == {"perspective_anggaran"}
    assert codes(leading(*PERSPECTIVES, "proses_bisnis")) == set()
    assert codes(PLAN) == set(), "administrators and functionals have no perspectives"


def test_v35_every_promised_indicator_is_a_main_result() -> None:
    setting = Setting(post_kind="jpt", promised=(Promised(5, "Indeks kepuasan"), Promised(6, "Persentase tepat waktu")))
    document = leading(*PERSPECTIVES)
    carried = replace(document.results[0], goal_indicator_id=5)
    document = replace(document, results=(carried, *document.results[1:]))
    assert codes(document, setting) == {"promise_6"}
    demoted = replace(document, results=(replace(carried, main=False), *document.results[1:]))
    assert codes(demoted, setting) == {"promise_5", "promise_6"}


PROMISE = Promised(5, "Jumlah dokumen terbit", 90_000, None, "dokumen")


def promising(promise: Promised, *indicators: PlannedIndicator, **change: object) -> set[str]:
    """The findings about one promise in a plan whose first result carries these indicators."""
    document = leading(*PERSPECTIVES)
    first = replace(document.results[0], **{"goal_indicator_id": 5, "indicators": indicators, **change})  # type: ignore[arg-type]
    found = problems(replace(document, results=(first, *document.results[1:])), Setting("jpt", (promise,)))
    return {f"{each.severity} {each.code}" for each in found if each.code.startswith("promise")}


@pytest.mark.parametrize(
    ("promise", "planned", "found"),
    [
        ({}, {}, set()),
        ({}, {"target_milli": 95_000}, set()),
        ({}, {"target_milli": 1_000}, {"error promised_target_5"}),
        ({}, {"unit_label": "berkas"}, {"error promised_target_5"}),
        ({}, {"text": "Lain sama sekali"}, {"hint promised_text_5"}),
        ({}, {"target_milli": None, "target_text": "Terbit semua"}, set()),
        ({}, {"target_milli": None}, {"error promised_target_5"}),
        ({"direction": "lower"}, {"target_milli": 80_000}, set()),
        ({"direction": "lower"}, {"target_milli": 95_000}, {"error promised_target_5"}),
        ({"target_max_milli": 95_000}, {"target_max_milli": 95_000}, set()),
        ({"target_max_milli": 95_000}, {"target_max_milli": 99_000}, {"error promised_target_5"}),
        ({"draft": True}, {"target_milli": 1_000}, {"hint promised_target_5"}),
    ],
)
def test_v35_the_target_is_the_promised_one_or_better(
    promise: dict[str, object], planned: dict[str, object], found: set[str]
) -> None:
    row = replace(COUNT, perspective=PERSPECTIVES[0], **planned)  # type: ignore[arg-type]
    assert promising(replace(PROMISE, **promise), row) == found  # type: ignore[arg-type]


def test_v35_what_was_promised_is_said() -> None:
    row = replace(COUNT, perspective=PERSPECTIVES[0], target_milli=1_000)
    document = leading(*PERSPECTIVES)
    first = replace(document.results[0], goal_indicator_id=5, indicators=(row,))
    found = errors(replace(document, results=(first, *document.results[1:])), Setting("jpt", (PROMISE,)))
    assert [each.message for each in found] == [
        "Diperjanjikan 90 dokumen, di rencana ini 1 dokumen: “Jumlah dokumen terbit”."
    ]
    assert found[0].row_key == row.key


def test_v35_one_result_may_carry_several_promised_indicators() -> None:
    other = replace(COUNT, key="x", text="Indeks", target_milli=3_000, goal_indicator_id=5, perspective=PERSPECTIVES[0])
    first = replace(COUNT, key="y", goal_indicator_id=6, perspective=PERSPECTIVES[0])
    second = Promised(6, COUNT.text, 90_000, None, "dokumen")
    index = Promised(5, "Indeks", 3_000, None, "dokumen")
    assert promising(index, first, other, goal_indicator_id=None) == set()
    assert promising(second, first, other, goal_indicator_id=None) == set()
    assert promising(second, other, goal_indicator_id=None) == {"error promise_6"}


def test_v44_a_draft_that_is_missing_draws_a_hint() -> None:
    found = promising(replace(PROMISE, draft=True), goal_indicator_id=None)
    assert found == {"hint promise_5"}


def test_a_field_that_came_later_leaves_old_digests_alone() -> None:
    assert "goal_indicator_id" not in as_json(PLAN)["results"][0]["indicators"][0]
    named = with_indicator(goal_indicator_id=5)
    assert from_json(as_json(named)) == named
    assert digest(named) != digest(PLAN)


def test_a_leading_official_chooses_a_level_for_each_result() -> None:
    document = leading(*PERSPECTIVES)
    assert codes(replace(document, results=(replace(document.results[0], level=""), *document.results[1:]))) == {
        "level_empty"
    }
    assert codes(PLAN) == set(), "others need not"


def test_v36_work_as_acting_official_is_always_main() -> None:
    document = PlanDocument(
        results=(RESULT, replace(RESULT, key="p", indicators=(replace(COUNT, key="q"),), acting=True))
    )
    assert codes(document) == set()
    wrong = replace(document, results=(RESULT, replace(document.results[1], main=False)))
    assert codes(wrong) == {"acting_additional"}


def test_v37_v38_absolute_targets_are_for_life_and_safety() -> None:
    claims = with_indicator(text="Semua pemrosesan klaim selesai dalam waktu cepat")
    assert "absolute" in codes(claims, severity="hint")
    midwife = PlanDocument(
        results=(
            replace(
                RESULT,
                text="Tidak ada kesalahan tindakan pada pemeriksaan kehamilan",
                vital="keselamatan ibu dan bayi",
                indicators=(replace(COUNT, text="Setiap pemeriksaan sesuai prosedur"),),
            ),
        )
    )
    assert "absolute" not in codes(midwife, severity="hint")
    assert "absolute" in codes(replace(midwife, results=(replace(midwife.results[0], main=False),)), severity="hint")


def test_v39_one_indicator_may_look_at_several_aspects() -> None:
    assert codes(with_indicator(aspects=("kuantitas", "waktu"))) == set()


def test_v42_work_from_another_leader_waits_for_the_appraiser() -> None:
    waiting = with_result(assigner_id=7, assigned_by="Kepala Bidang Pencatatan Sipil")
    assert (codes(waiting), "approval_open" in codes(waiting, severity="hint")) == (set(), True)
    assert [each.key for each in open_assignments(waiting)] == ["r"]
    assert open_assignments(with_result(assigner_id=7, approved=True)) == ()


def test_v48_a_low_level_is_a_hint_by_kind_of_post() -> None:
    document = with_result(level="kendali_tinggi")
    assert "level_low" not in codes(document, Setting(post_kind="pelaksana"), "hint")
    assert "level_low" in codes(document, Setting(post_kind="administrator"), "hint")


def test_v41_activities_and_categories_are_hints() -> None:
    for text in ("Menyusun laporan bulanan", "Sosialisasi"):
        assert "wording" in codes(with_result(text=text), severity="hint")
    assert "wording" not in codes(PLAN, severity="hint")


def test_v28_v31_direct_parts_stand_for_the_leaders_result() -> None:
    areas = tuple(Part(name, "wilayah") for name in ("I", "II", "III"))
    assert Carried(None, areas).represents_leader
    assert Carried(None, (Part("a", "aspek"),)).represents_leader
    assert not Carried(None, (*areas, Part("b", "output_antara"))).represents_leader
    assert not Carried(None, ()).represents_leader


def test_v29_parts_of_a_load_should_add_up() -> None:
    ton = Carried(10_000, (Part("a", "target", 5_000), Part("b", "target", 5_000)))
    assert findings(ton) == ()
    less = replace(ton, parts=(ton.parts[0], Part("b", "target", 4_500)))
    assert findings(less) == ("Bagian-bagiannya belum genap: 0,5 belum terbagi.",)
    assert findings(Carried(3_000_500, (Part("a", "target", 500),))) == (
        "Bagian-bagiannya belum genap: 3.000 belum terbagi.",
    )
    more = replace(ton, parts=(*ton.parts, Part("c", "target", 1_000)))
    assert findings(more) == ("Bagian-bagiannya melebihi target pimpinan: lebih 1.",)
    assert findings(Carried(10_000, ())) == ("Belum ada yang memegang hasil ini.",)


def test_v27_a_row_may_stay_empty() -> None:
    columns = [
        Carried(None, (Part("dokter", "aspek"), Part("loket", "aspek"))),
        Carried(None, (Part("dokter", "aspek"),)),
    ]
    assert people_without_a_role(["dokter", "loket", "sopir"], columns) == ("sopir",)


def test_the_printed_numbers_run_on_through_the_additional_results() -> None:
    other = replace(RESULT, key="s", main=False)
    document = PlanDocument(results=(other, RESULT, replace(RESULT, key="t")))
    assert [(number, each.key) for number, each in document.printed_results] == [(1, "r"), (2, "t"), (3, "s")]


def test_the_seven_values_have_three_guides_each() -> None:
    assert len(VALUES) == len(set(VALUE_CODES)) == 7
    assert all(len(value.guides) == 3 for value in VALUES)


words = st.text(min_size=1, max_size=12)
numbers = st.none() | st.integers(-(10**12), 10**12)
indicators = st.builds(
    PlannedIndicator,
    key=words,
    text=words,
    target_milli=numbers,
    target_max_milli=numbers,
    manual=st.none() | st.builds(Manual, purpose=words),
)
results = st.builds(
    PlannedResult,
    key=words,
    text=words,
    main=st.booleans(),
    approved=st.none() | st.booleans(),
    leader=st.none() | st.builds(LeaderRow, text=words, result_id=st.none() | st.integers(1, 9)),
    indicators=st.lists(indicators, max_size=3).map(tuple),
    steps=st.lists(st.builds(Step, text=words, due_on=st.just("2026-06-30")), max_size=2).map(tuple),
)
documents = st.builds(
    PlanDocument,
    form=st.sampled_from(["ja", "jpt"]),
    results=st.lists(results, max_size=4, unique_by=lambda row: row.key).map(tuple),
    behaviour=st.dictionaries(st.sampled_from(VALUE_CODES), words),
    study=st.none() | st.builds(Study, institution=words, level=words),
)


@given(documents)
def test_a_document_survives_being_written_and_read(document: PlanDocument) -> None:
    again = from_json(json.loads(json.dumps(as_json(document))))
    assert again == document
    assert digest(again) == digest(document)
    assert differences(document, again) == ()


@given(documents, documents)
def test_what_was_added_one_way_was_removed_the_other(old: PlanDocument, new: PlanDocument) -> None:
    assert {(d.kind, d.row_key) for d in differences(old, new) if d.kind != "changed"} == {
        ({"added": "removed", "removed": "added"}[d.kind], d.row_key)
        for d in differences(new, old)
        if d.kind != "changed"
    }


def test_a_changed_target_is_told_with_both_values() -> None:
    lower = with_indicator(target_milli=45_000)
    assert [(d.kind, d.row_key, d.field, d.before, d.after, d.label) for d in differences(PLAN, lower)] == [
        ("changed", "i", "target_milli", 90_000, 45_000, "Target")
    ]


def test_rows_come_and_go() -> None:
    other = replace(RESULT, key="s", text="Arsip tertata")
    changed = PlanDocument(results=(other,), behaviour={"KP": "Ikut pelatihan"})
    assert [(d.kind, d.row_key, d.row) for d in differences(PLAN, changed)] == [
        ("added", "s", "Arsip tertata"),
        ("removed", "r", "Dokumen terbit tepat waktu"),
        ("added", "KP", ""),
    ]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ([], "naskah"),
        ({"lagi": 1}, "naskah"),
        ({"results": [{"key": "r"}]}, "naskah.results[0]"),
        ({"results": [{"key": "r", "text": 5}]}, "naskah.results[0].text"),
        ({"results": [{"key": "r", "text": "x", "main": 1}]}, "naskah.results[0].main"),
        ({"form": "lain"}, "naskah.form"),
        ({"behaviour": {"BP": 1}}, "naskah.behaviour"),
    ],
)
def test_anything_else_is_refused_with_the_place(value: object, path: str) -> None:
    with pytest.raises(BadDocument) as caught:
        from_json(value)
    assert caught.value.path == path
