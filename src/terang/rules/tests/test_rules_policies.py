"""Policies: the five presets load, and whatever is wrong is named with its place and what to do."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules import tables
from terang.rules.catalogue import MEASURES, MISSING_REASONS, SIGNALS
from terang.rules.policies import PRESETS, Aspect, MeasureRule, PolicyError, Problem, digest, load_policy, load_preset

MAKASSAR = (files("terang.rules.policies") / "presets" / "makassar.toml").read_text(encoding="utf-8")


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(PolicyError) as refused:
        load_policy(text)
    return refused.value.problems


def only_problem(old: str, new: str) -> Problem:
    assert old in MAKASSAR
    found = problems(MAKASSAR.replace(old, new, 1))
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


@pytest.mark.parametrize("code", PRESETS)
def test_presets_load_and_their_weights_add_up(code: str) -> None:
    policy = load_preset(code)
    assert policy.code == code
    for variant in ("", *(each.code for each in policy.variants)):
        aspects = policy.aspects_for(variant)
        assert sum(weight for aspect in aspects for weight in aspect.measure_weights_bp()) == 10_000
    assert all(rule.guards for aspect in policy.aspects for rule in aspect.measures)


def test_presets_say_what_the_governments_said() -> None:
    makassar, palu, aceh, semarang, mamuju = (load_preset(code) for code in PRESETS)
    assert {aspect.code: aspect.weight_bp for aspect in makassar.aspects} == {
        "hasil": 4000,
        "layanan": 3000,
        "kegiatan": 1000,
        "disiplin": 2000,
    }
    assert palu.aspects[1].measures[0].parameters == {"fallback": "unit"}
    assert palu.aspects[1].measures[0].min_answers == 20
    assert [(floor.subject, floor.floor_bp) for floor in aceh.floors] == [("karakter.integritas", 6000)]
    assert semarang.aspects[0].measures[0].parameters == {"superior_share_bp": 6000, "oversight_share_bp": 4000}
    assert mamuju.variant_for("guru") == "guru"
    assert mamuju.variant_for("pelaksana") == ""
    assert [rule.code for rule in mamuju.aspects_for("guru")[0].measures] == ["plan_achievement", "observation_score"]
    assert [policy.agency_code for policy in (makassar, palu, aceh, semarang, mamuju)] == [
        "73.71",
        "72.71",
        "11.02",
        "33.74",
        "76.02",
    ]


def test_an_unknown_preset_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load_preset("../makassar")


def test_catalogue_reads_declared_tables_and_explains_every_reason() -> None:
    assert len(MEASURES) == 18
    assert {spec.evidence for spec in MEASURES.values()} <= set(tables.EVIDENCE_TABLES)
    assert not set(SIGNALS) & set(MEASURES)
    reasons = next(column.meaning for column in tables.MEASURE_VALUES.columns if column.name == "reason")
    assert set(MISSING_REASONS) == set(reasons.split(" | "))


def test_catalogue_defaults_fill_what_a_policy_leaves_out() -> None:
    rule = next(rule for aspect in load_preset("mamuju").aspects for rule in aspect.measures if "peer" in rule.code)
    assert rule.min_answers == MEASURES["peer_review"].min_answers == 3
    assert rule.parameters == {"instrument": "berakhlak"}
    assert (rule.cap_bp, rule.missing) == (10_000, "share_out")


def test_digest_sees_what_a_policy_says_and_not_how_it_is_written() -> None:
    policy = load_policy(MAKASSAR)
    respaced = "# catatan\n" + MAKASSAR.replace("standard_bp = 6500 ", "standard_bp   =   6_500 ")
    assert digest(load_policy(respaced)) == digest(policy)
    assert digest(load_policy(MAKASSAR.replace("standard_bp = 6500", "standard_bp = 6600"))) != digest(policy)


def test_weights_that_do_not_add_up_are_shown_with_their_sum() -> None:
    problem = only_problem("weight_bp = 4000", "weight_bp = 3500")
    assert problem.path == "aspects"
    assert "9500 (95 %)" in problem.message
    assert "kurang 500" in problem.message
    assert "hasil 3500, layanan 3000" in problem.hint


def test_shares_that_do_not_add_up_name_their_aspect() -> None:
    problem = only_problem('code = "service_speed", share_bp = 2000', 'code = "service_speed", share_bp = 2500')
    assert problem.path == "aspects[1].measures"
    assert "lebih 500" in problem.message


def test_a_misspelt_measure_gets_a_suggestion() -> None:
    problem = only_problem('code = "service_speed"', 'code = "servis_speed"')
    assert problem.path == "aspects[1].measures[1].code"
    assert problem.hint == "Maksud Anda “service_speed”?"


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("standard_bp = 6500", 'standard_bp = "65"', "standard_bp", "harus bilangan bulat, bukan teks"),
        ("standard_bp = 6500", "standard_bp = true", "standard_bp", "bukan ya/tidak"),
        ("standard_bp = 6500", "standard_bp = 65.5", "standard_bp", "bukan bilangan desimal"),
        ("standard_bp = 6500", "standard_bp = 65000", "standard_bp", "di luar batas"),
        ("standard_bp = 6500", "standar_bp = 6500\nstandard_bp = 6500", "standar_bp", "tidak dikenal"),
        ("valid_from = 2025-01-01", 'valid_from = "2025"', "valid_from", "harus tanggal"),
        ('agency_code = "73.71"', 'agency_code = "Makassar"', "agency_code", "bukan kode wilayah"),
        ('period = "month"', 'period = "bulan"', "period", "“bulan” tidak dikenal"),
        ('code = "makassar"', 'code = "Kota Makassar"', "code", "bukan kode"),
        ("action_days = 10", "action_days = 5", "action_days", "tidak lebih lama dari warning_days"),
        ('"operator"]', '"admin"]', "second_factor_roles[4]", "“admin” tidak dikenal"),
        ("above_bp = 9000", "above_bp = 7000", "ratings.work_result.meets_bp", "tidak lebih rendah"),
        ('aspects = ["hasil", "layanan"]', 'aspects = ["hasl"]', "ratings.work_result.aspects", "“hasl” tidak ada"),
        ('guards = ["stated_share"]', 'guards = ["x"]', "aspects[0].measures[1].guards[0]", "tidak dikenal"),
        ('guards = ["stated_share"]', "missing = 3", "aspects[0].measures[1].missing", "tidak dikenal"),
        ("cap_bp = 12000", "cap_bp = 13000", "aspects[0].measures[0].cap_bp", "di luar batas"),
        ('code = "kegiatan"', 'code = "hasil"', "aspects[2].code", "sudah ada di aspects[0].code"),
        ('label = "Hasil"', 'label = ""', "aspects[0].label", "harus berupa teks"),
        ('label = "Hasil"\n', "", "aspects[0].label", "belum diisi"),
        ("scale_max = 5", "scale_max = 1", "instruments[0].scale_max", "tidak lebih besar"),
        ('rhythm = "daily"', "rhythm = []", "reporting.rhythm", "tidak dikenal"),
        ("[reporting]", "[[reporting]]", "reporting", "harus bagian tersendiri"),
    ],
)
def test_each_fault_is_named_with_its_place(old: str, new: str, path: str, words: str) -> None:
    assert old in MAKASSAR
    found = {problem.path: problem for problem in problems(MAKASSAR.replace(old, new, 1))}
    assert path in found
    assert words in found[path].message
    assert found[path].hint


def test_all_faults_are_reported_at_once() -> None:
    text = MAKASSAR.replace("version = 1", "version = 0").replace("grace_days = 1", "grace_days = 99")
    assert [problem.path for problem in problems(text)] == ["version", "reporting.grace_days"]


def test_a_fault_in_the_writing_is_named_by_line() -> None:
    (problem,) = problems('code = "x"\ntitle = = "y"\n')
    assert problem.path == "baris 2, kolom 9"
    (problem,) = problems("aspects = [\n")
    assert problem.path == "akhir berkas"


@pytest.mark.parametrize("text", ["version = " + "9" * 5000, "aspects = " + "[" * 20_000])
def test_a_file_made_to_break_the_reader_is_refused(text: str) -> None:
    assert [problem.path for problem in problems(text)] == ["berkas"]


def test_an_empty_file_asks_for_everything() -> None:
    paths = {problem.path for problem in problems("")}
    assert {"code", "title", "aspects", "ratings.behaviour.measures", "reporting.rhythm"} <= paths


def test_references_must_lead_somewhere() -> None:
    floor = '\n[[floors]]\nsubject = "berakhlak.loyl"\nfloor_bp = 6000\nfollow_up = "talk"\nmessage = "x"\n'
    (problem,) = problems(MAKASSAR + floor)
    assert (problem.path, problem.hint) == ("floors[0].subject", "Maksud Anda “berakhlak.loyal”?")
    (problem,) = problems(MAKASSAR.replace('code = "berakhlak"', 'code = "nilai"'))
    assert problem.path == "ratings.behaviour.measures[0].parameters.instrument"


def test_one_measure_is_made_in_one_way() -> None:
    text = MAKASSAR.replace(
        '{ code = "citizen_satisfaction", ', '{ code = "citizen_satisfaction", min_answers = 9, ', 1
    )
    (problem,) = problems(text)
    assert "min_answers atau parameters yang berbeda" in problem.message


def test_readers_of_a_report_share_the_whole() -> None:
    text = (files("terang.rules.policies") / "presets" / "semarang.toml").read_text(encoding="utf-8")
    (problem,) = problems(text.replace("oversight_share_bp = 4000", "oversight_share_bp = 3000"))
    assert problem.path == "aspects[0].measures[0].parameters"
    assert "9000 (90 %)" in problem.message


def test_a_kind_of_post_has_one_variant() -> None:
    text = (files("terang.rules.policies") / "presets" / "mamuju.toml").read_text(encoding="utf-8")
    variant = text[text.index("[[variants]]") : text.index("[[instruments]]")].replace(
        'code = "guru"', 'code = "dua"', 1
    )
    found = problems(text.replace("[[instruments]]", variant + "[[instruments]]", 1))
    assert [problem.path for problem in found] == ["variants[1].applies_to"]


def test_a_policy_is_read_from_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "kebijakan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MAKASSAR.encode())
    assert load_policy(path) == load_preset("makassar")


@given(st.lists(st.integers(1, 9_999), min_size=1, max_size=6), st.integers(1, 10_000))
def test_measure_weights_lose_nothing_to_rounding(parts: list[int], weight_bp: int) -> None:
    total = sum(parts)
    shares = [part * 10_000 // total for part in parts]
    shares[-1] += 10_000 - sum(shares)
    rules = tuple(MeasureRule("punctuality", share) for share in shares)
    weights = Aspect("a", "A", "A", weight_bp, rules).measure_weights_bp()
    assert sum(weights) == weight_bp
    assert all(
        abs(10_000 * weight - weight_bp * share) <= 10_000 for weight, share in zip(weights, shares, strict=True)
    )


keys = st.sampled_from(["code", "title", "version", "period", "aspects", "ratings", "reporting", "floors", "x"])
values = st.recursive(
    st.one_of(
        st.integers(-(2**63), 2**63 - 1), st.booleans(), st.text("abc ", max_size=5), st.sampled_from([0.5, -2e9])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(keys, values, max_size=6))
def test_no_shape_of_input_gets_past_the_loader_or_breaks_it(data: dict[str, object]) -> None:
    with pytest.raises(PolicyError) as refused:
        load_policy(_toml(data))
    assert refused.value.problems


def _toml(data: dict[str, object]) -> str:
    return "\n".join(f"{key} = {_inline(value)}" for key, value in data.items())


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value)
