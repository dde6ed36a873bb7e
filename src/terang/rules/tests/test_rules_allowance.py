"""The allowance: every worked example in rupiah, what always holds, and what a rule is refused for."""

import json
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.allowance import (
    FACTS,
    PRESETS,
    AllowanceRule,
    Ledger,
    compute,
    from_stored,
    in_force,
    load_rule,
    load_rule_document,
    load_rule_preset,
    problems_of_rule,
    rule_digest,
    rule_preset_text,
)
from terang.rules.allowance.computing import rounded
from terang.rules.allowance.national import board_amount, ter_rate
from terang.rules.errors import RuleInputError
from terang.rules.policies import PolicyError, json_text, read_json, read_toml

CASES = tomllib.loads((Path(__file__).parent / "cases" / "allowance.toml").read_text(encoding="utf-8"))
MONTH = date(2026, 10, 1)
RULES = {code: load_rule_preset(code) for code in PRESETS}


def month_of(facts: dict[str, Any], code: str, month: date = MONTH) -> Ledger:
    return compute(RULES[code], {**CASES["biasa"], **facts}, month)


@pytest.mark.parametrize("case", CASES["cases"], ids=[case["id"] for case in CASES["cases"]])
def test_worked_examples(case: dict[str, Any]) -> None:
    ledger = month_of(case["fakta"], case["aturan"], case.get("bulan", MONTH))
    for step, amounts in case.get("langkah", {}).items():
        assert [row.amount for row in ledger.rows if row.step == step] == amounts, step
    for name, value in case.get("nilai", {}).items():
        assert [row.value for row in ledger.rows if row.step == name] == [value], name
    for key, found in (("bruto", ledger.gross_idr), ("bersih", ledger.net_idr)):
        assert case.get(key, found) == found


@pytest.mark.parametrize("case", CASES["ter"], ids=lambda case: f"{case['ptkp']} {case['bruto']}")
def test_effective_rates(case: dict[str, Any]) -> None:
    assert ter_rate(case["ptkp"], Fraction(case["bruto"]), MONTH)[0] == case["bp"]


def test_a_medium_sanction_cuts_for_its_months_and_no_longer() -> None:
    """V11: 7.5 million in six months, 11.25 in nine, 15 in twelve."""
    months = [date(2026 + n // 12, n % 12 + 1, 1) for n in range(20)]
    for code, whole in (("sedang_6", 7_500_000), ("sedang_9", 11_250_000), ("sedang_12", 15_000_000)):
        facts = {"basic_idr": 5_000_000, "sanction": code, "sanction_since": date(2026, 2, 16)}
        assert sum(5_000_000 - month_of(facts, "bekasi", month).gross_idr for month in months) == whole


def test_the_national_formula_gives_the_published_amounts() -> None:
    """V18: the audit board's amount times the printed product; class 3 is a rupiah off, for the product is rounded."""
    (table,) = RULES["lubuklinggau"].amounts
    index = Fraction("0.59112978")
    away = {
        grade: rounded(board_amount(grade, MONTH) * index, "half_up") - amount
        for grade, amount in table.by_class.items()
    }
    assert {grade for grade, gap in away.items() if gap} == {3}
    assert away[3] == 1


def ter_rule(**more: Any) -> AllowanceRule:
    document = read_toml(rule_preset_text("bekasi"))
    (tax,) = [step for step in document["steps"] if step["code"] == "pph21"]
    tax.update(scheme="ter", **more)
    return load_rule_document(document)


def test_tax_by_effective_rate() -> None:
    """V13: 1.75 % of salary and allowance together; or only what is due beyond the salary's own."""
    facts = {**CASES["biasa"], "basic_idr": 5_000_000, "salary_idr": 4_000_000, "salary_insurance_idr": 40_000}
    assert compute(ter_rule(), facts, MONTH).amount("pph21") == -157_500
    more = {**facts, "salary_idr": 6_000_000}
    assert compute(ter_rule(), more, MONTH).amount("pph21") == -330_000
    assert compute(ter_rule(less_salary=True), more, MONTH).amount("pph21") == -330_000 + 45_000


def test_december_is_computed_anew_for_the_year() -> None:
    facts = {**CASES["biasa"], "basic_idr": 5_000_000}
    with pytest.raises(RuleInputError, match="PPh 21 Desember"):
        compute(ter_rule(), facts, date(2026, 12, 1))
    assert compute(ter_rule(), {**facts, "december_tax_idr": 123_456}, date(2026, 12, 1)).amount("pph21") == -123_456


@pytest.mark.parametrize(("divide", "minutes", "days"), [(450, 455, 1), (450, 449, 0), (450, 900, 2), (300, 380, 1)])
def test_minutes_become_days(divide: int, minutes: int, days: int) -> None:
    """V12: each full 450 minutes is a day, the rest is left."""
    document = read_toml(rule_preset_text("semarang_2015"))
    document["values"][0]["divide"] = divide
    ledger = compute(load_rule_document(document), {**CASES["biasa"], "basic_idr": 1, "late_minutes": minutes}, MONTH)
    assert next(row.value for row in ledger.rows if row.step == "days_from_minutes") == days


@pytest.mark.parametrize(
    ("value", "how", "whole"),
    [
        ("0.5", "half_up", 1),
        ("-0.5", "half_up", -1),
        ("0.4999", "half_up", 0),
        ("0.01", "up", 1),
        ("-0.01", "up", -1),
        ("0.99", "down", 0),
        ("7", "up", 7),
    ],
)
def test_roundings(value: str, how: Any, whole: int) -> None:
    assert rounded(Fraction(value), how) == whole


# what always holds

SMALL = {
    "late_1": st.integers(0, 22),
    "late_2": st.integers(0, 22),
    "late_3": st.integers(0, 22),
    "late_4": st.integers(0, 22),
    "early_1": st.integers(0, 22),
    "absent_days": st.integers(0, 22),
    "late_minutes": st.integers(0, 2_000),
    "presence_bp": st.integers(0, 10_000),
    "productive_minutes": st.integers(0, 8_000),
    "realisation_bp": st.integers(0, 12_000),
    "achievement_bp": st.integers(0, 12_000),
    "plan_score_bp": st.integers(0, 12_000),
    "behaviour_score_bp": st.integers(0, 12_000),
    "basic_idr": st.integers(0, 60_000_000),
    "salary_idr": st.integers(0, 20_000_000),
    "other_deduction_idr": st.integers(0, 60_000_000),
    "sanction_idr": st.integers(0, 10_000_000),
    "rank": st.sampled_from(["II/a", "III/b", "IV/c"]),
    "employment": st.sampled_from(["pns", "cpns"]),
    "state": st.sampled_from(["aktif", "cltn", "tugas_belajar"]),
    "sick_days": st.integers(0, 20),
    "award": st.sampled_from(["", "nasional"]),
    "award_base_idr": st.integers(0, 5_000_000),
}
anybody = st.fixed_dictionaries({**SMALL, "sanction": st.just("")})
presets = st.sampled_from(PRESETS)


@given(presets, anybody)
def test_the_ledger_adds_up_and_keeps_the_order(code: str, facts: dict[str, Any]) -> None:
    ledger = month_of(facts, code)
    running = 0
    for number, row in enumerate(ledger.rows, 1):
        running += row.amount
        assert (row.number, row.running) == (number, running)
        assert not (row.is_working and row.amount)
    assert ledger.net_idr == running
    gross = next(row for row in ledger.rows if row.kind == "gross")
    assert gross.value == ledger.gross_idr == gross.running
    declared = [step.code for step in RULES[code].steps]
    places = [declared.index(row.step) for row in ledger.money]
    assert places == sorted(places)


@given(presets, anybody)
def test_never_negative(code: str, facts: dict[str, Any]) -> None:
    ledger = month_of(facts, code)
    assert 0 <= ledger.net_idr <= ledger.gross_idr


@given(
    presets,
    anybody,
    st.sampled_from(["late_1", "late_2", "late_3", "late_4", "early_1", "absent_days", "late_minutes"]),
)
def test_more_lateness_never_pays_more(code: str, facts: dict[str, Any], which: str) -> None:
    worse = {**facts, which: facts[which] + 1}
    assert month_of(worse, code).gross_idr <= month_of(facts, code).gross_idr


@given(presets, anybody, st.sampled_from(["productive_minutes", "achievement_bp", "realisation_bp", "plan_score_bp"]))
def test_more_work_never_pays_less(code: str, facts: dict[str, Any], which: str) -> None:
    better = {**facts, which: facts[which] + 1}
    assert month_of(better, code).gross_idr >= month_of(facts, code).gross_idr


@given(presets, anybody)
def test_stored_and_read_again_it_says_the_same(code: str, facts: dict[str, Any]) -> None:
    ledger = month_of(facts, code)
    kept = json.loads(json.dumps(ledger.as_json(stored=True)))
    assert from_stored(kept) == ledger
    assert from_stored(kept).as_json() == ledger.as_json()


@given(anybody)
def test_an_old_month_is_the_same_after_a_newer_rule(facts: dict[str, Any]) -> None:
    old = RULES["semarang"]
    document = read_toml(rule_preset_text("semarang")) | {"version": 2, "valid_from": date(2026, 7, 1)}
    document["steps"][0]["rate"] = 5000
    new = load_rule_document(document)
    said = {**CASES["biasa"], **facts}
    before = compute(in_force([old], date(2026, 6, 1)), said, date(2026, 6, 1))
    assert compute(in_force([old, new], date(2026, 6, 30)), said, date(2026, 6, 1)) == before
    assert in_force([old, new], date(2026, 7, 1)) is new
    after = compute(in_force([old, new], MONTH), said, MONTH)
    assert after.gross_idr <= before.gross_idr


def test_no_rule_before_the_first() -> None:
    with pytest.raises(RuleInputError, match="Belum ada aturan tunjangan"):
        in_force([RULES["semarang"]], date(2020, 12, 1))


def test_amounts_change_with_their_decree() -> None:
    document = read_toml(rule_preset_text("lubuklinggau"))
    document["amounts"][0]["valid_to"] = date(2026, 6, 30)
    document["amounts"].append(
        {"decree": "Keputusan baru", "valid_from": date(2026, 7, 1), "by_class": {"9": 6_000_000}}
    )
    rule = load_rule_document(document)
    june, july = (compute(rule, CASES["biasa"], date(2026, month, 1)) for month in (6, 7))
    assert (june.rows[0].value, june.rows[0].source) == (5_532_975, RULES["lubuklinggau"].amounts[0].decree)
    assert (july.rows[0].value, july.rows[0].source) == (6_000_000, "Keputusan baru")


# every row can say why


@pytest.mark.parametrize("code", PRESETS)
def test_every_row_has_words_and_facts(code: str) -> None:
    ledger = month_of({"basic_idr": 4_000_000, "late_2": 1, "absent_days": 1}, code)
    for row in ledger.rows:
        assert row.label
        assert row.label_en
        assert row.reason or row.kind == "value"
        assert set(row.facts) <= {each.code for each in RULES[code].facts()}
    assert {"basic_idr"} <= set(ledger.rows[0].facts)


def test_a_cut_names_its_facts_and_its_share() -> None:
    row = next(
        row
        for row in month_of({"basic_idr": 4_000_000, "late_2": 3}, "tulang_bawang").rows
        if row.step == "late_band_2"
    )
    assert (row.base, str(row.operand), row.amount, row.facts) == (4_000_000, "3 × 0,4\u00a0%", -48_000, ("late_2",))
    assert str(row.reason) == "Dari TPP penuh Rp4.000.000. Dibulatkan ke rupiah terdekat."


def test_the_employers_part_is_noted_and_not_taken() -> None:
    ledger = month_of({"basic_idr": 32_400_000, "salary_idr": 6_000_000, "salary_insurance_idr": 60_000}, "bekasi")
    (row,) = [row for row in ledger.rows if row.step == "bpjs_pemda"]
    assert (row.kind, row.amount, row.value) == ("memo", 0, 240_000)


def test_what_is_missing_is_asked_for() -> None:
    facts = {name: value for name, value in CASES["biasa"].items() if name != "presence_bp"}
    with pytest.raises(RuleInputError, match=r"kehadiran” belum diisi\. Isi kolom kehadiran"):
        compute(RULES["bekasi"], {**facts, "basic_idr": 1}, MONTH)
    with pytest.raises(RuleInputError, match="tidak punya besaran"):
        compute(RULES["bekasi"], CASES["biasa"], MONTH)
    with pytest.raises(RuleInputError, match="kelas jabatan 16"):
        compute(RULES["lubuklinggau"], {**CASES["biasa"], "class": 16}, MONTH)
    with pytest.raises(RuleInputError, match="tidak dapat bernilai -1"):
        compute(RULES["bekasi"], {**CASES["biasa"], "basic_idr": 1, "presence_bp": -1}, MONTH)
    with pytest.raises(RuleInputError, match="Hukuman “berat” tidak ada"):
        month_of({"basic_idr": 1, "sanction": "berat", "sanction_since": MONTH}, "bekasi")
    with pytest.raises(RuleInputError, match="tanggal berlaku"):
        month_of({"basic_idr": 1, "sanction": "sedang_6"}, "bekasi")


# what a rule is refused for


def faults(code: str, change: Any) -> list[str]:
    document = read_toml(rule_preset_text(code))
    change(document)
    return [f"{each.path}: {each.message}" for each in problems_of_rule(document)]


def _set(*path: Any, value: Any) -> Any:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_set("steps", 0, "rte", value=1), "steps[0].rte: kunci ini tidak dikenal."),
        (_set("steps", 0, "kind", value="bayar"), "steps[0].kind: “bayar” tidak dikenal."),
        (_set("steps", 0, "of", value="basik"), "steps[0]: “basik” tidak dikenal di tempat ini."),
        (_set("steps", 0, "of", value="kondisi"), "steps[0]: “kondisi” tidak dikenal di tempat ini."),
        (
            _set("steps", 0, "splits", 0, "portion_bp", value=3000),
            "steps[0].splits: bagian berjumlah 9000 (90 %), seharusnya 10000 (100 %).",
        ),
        (_set("steps", 1, "code", value="beban"), "steps[1].code: “beban” sudah ada di steps[0].code."),
        (_set("steps", 1, "code", value="class"), "steps[1].code: “class” sudah ada di docs/allowance.md."),
        (_set("steps", 6, "kind", value="cut"), "steps[6].rate: belum diisi."),
        (_set("steps", 0, "when", value=[{"name": "class"}]), "steps[0].when[0].in: belum menyebut syarat."),
        (
            _set("steps", 0, "when", value=[{"name": "class", "in": ["9"]}]),
            "steps[0].when: “class” bukan kode, jadi tidak dapat memakai in.",
        ),
        (_set("steps", 0, "when", value=[{"name": "employment", "in": ["pn"]}]), "steps[0].when: “pn” tidak dikenal."),
        (
            _set("amounts", value=[{"decree": "x", "valid_from": MONTH}]),
            "amounts[0].by_class: perlu salah satu: by_class atau index.",
        ),
        (
            _set("amounts", value=[{"decree": "x", "valid_from": MONTH, "index": "0,5"}]),
            "amounts[0].index: “0,5” bukan bilangan desimal.",
        ),
        (_set("values", 0, "parts", 0, "target", value=0), "values[0].parts[0].target: tidak boleh nol."),
        (_set("values", 0, "least", value=20_000), "values[0].least: lebih besar daripada most."),
        (_set("higher_class", value="ya"), "higher_class: harus true atau false."),
    ],
)
def test_a_rule_is_refused_precisely(change: Any, told: str) -> None:
    assert told in faults("bekasi", change)


def test_ladders_stand_in_order() -> None:
    wrong = [{"from": 0, "value": 0}, {"from": 9000, "value": 10000}]
    assert "values[0].parts[0].ladder: tidak berurutan." in faults(
        "semarang", _set("values", 0, "parts", 0, "ladder", value=wrong)
    )


def test_one_mark_divides_making_from_taking_off() -> None:
    assert any("langkah gross" in each for each in faults("bekasi", lambda document: document["steps"].pop(7)))

    def tax_first(document: dict[str, Any]) -> None:
        document["steps"].insert(0, document["steps"].pop(10))

    assert any("steps[0].kind: langkah tax berdiri sebelum gross." in each for each in faults("bekasi", tax_first))
    assert any(
        "tidak didahului langkah least" in each for each in faults("bekasi", lambda found: found["steps"].pop(6))
    )


@pytest.mark.parametrize("code", PRESETS)
def test_json_says_the_same_as_toml(code: str) -> None:
    document = read_json(json_text(read_toml(rule_preset_text(code))))
    assert rule_digest(load_rule_document(document)) == rule_digest(RULES[code])


def test_all_problems_at_once() -> None:
    with pytest.raises(PolicyError) as refused:
        load_rule('code = "X"\nversion = 0\n')
    assert {each.path for each in refused.value.problems} >= {
        "code",
        "title",
        "version",
        "valid_from",
        "legal_basis",
        "steps",
    }


def test_the_catalogue_of_facts_has_no_two_of_a_kind() -> None:
    assert len({each.column for each in FACTS.values()}) == len(FACTS)
    assert not {each.column for each in FACTS.values()} & set(FACTS) - {
        each.code for each in FACTS.values() if each.code == each.column
    }
