"""Every measure against cases calculated by hand (`measure_cases.toml`), and what holds for all of them."""

import tomllib
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest

from terang.rules.catalogue import MEASURES as CATALOGUE
from terang.rules.layout import Layout, Use
from terang.rules.measures import MEASURES, Setting
from terang.rules.measures.values import measure_values, measured
from terang.rules.policies import load_preset
from terang.rules.tables import EVIDENCE_TABLES, PEOPLE

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("measure_cases.toml").read_text())["case"]
TYPES = {"int": nw.Int64, "text": nw.String, "bool": nw.Boolean}
UNIT = 7


def frame(name: str, rows: list[list[Any]]) -> nw.LazyFrame:
    table = EVIDENCE_TABLES[name]
    known = [[None if value == "-" else value for value in row] for row in rows]
    columns = {each.name: [row[i] for row in known] for i, each in enumerate(table.columns)}
    schema = {each.name: TYPES[each.type] for each in table.columns}
    return nw.from_dict(columns, schema=schema, backend="polars").lazy()


def value_of(code: str, tables: dict[str, list[list[Any]]], parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    spec = CATALOGUE[code]
    defaults = {each.name: each.default for each in spec.parameters} | (parameters or {})
    instrument = load_preset("makassar").instruments[0] if "instrument" in defaults else None
    use = Use("m0", MEASURES[code], Setting("m0", spec.min_answers, defaults, instrument))
    layout = Layout((use,), {"": ()}, (), {"": {code: "m0"}})
    evidence = {name: frame(name, rows) for name, rows in tables.items()}
    evidence["people"] = frame(PEOPLE.name, [[1, UNIT, True, ""]])
    rows = measure_values(measured(evidence, layout), layout).collect().rows(named=True)
    assert len(rows) == 1
    return dict(rows[0])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['measure']}: {case['name']}")
def test_case_calculated_by_hand(case: dict[str, Any]) -> None:
    tables = {name: case[name] for name in EVIDENCE_TABLES if name in case}
    expected = {
        "employee_id": 1,
        "measure": case["measure"],
        **{name: case.get(name) for name in ("value_bp", "numerator", "denominator", "n")},
        "reason": case.get("reason", "ok"),
    }
    assert value_of(case["measure"], tables, case.get("parameters")) == expected


def test_every_measure_of_the_catalogue_has_a_case() -> None:
    assert set(CATALOGUE) == set(MEASURES) == {case["measure"] for case in CASES}


@pytest.mark.parametrize("case", [case for case in CASES if "value_bp" in case], ids=lambda case: case["name"])
def test_value_is_numerator_times_scale_by_denominator(case: dict[str, Any]) -> None:
    """What a screen shows under "Mengapa?" must give the value, except that blanks shift an IKM a little."""
    scaled = case["numerator"] * MEASURES[case["measure"]].scale
    exact = (2 * scaled + case["denominator"]) // (2 * case["denominator"])
    blanks = case["measure"] == "citizen_satisfaction" and len(set(case.get("surveys", [[]])[0][13:])) > 1
    assert abs(case["value_bp"] - exact) <= (100 if blanks else 0)


@pytest.mark.parametrize("code", CATALOGUE)
def test_missing_evidence_is_missing_and_never_zero(code: str) -> None:
    nothing = {"employee_id": 1, "measure": code, "value_bp": None, "numerator": None, "denominator": None, "n": 0}
    empty = {name: [] for name in EVIDENCE_TABLES if name != "people"}
    assert value_of(code, empty) == {**nothing, "reason": "no_evidence"}
    assert value_of(code, {}) == {**nothing, "reason": "no_source"}


@pytest.mark.parametrize("code", CATALOGUE)
def test_catalogue_names_the_table_the_measure_reads(code: str) -> None:
    spec = CATALOGUE[code]
    instrument = load_preset("makassar").instruments[0]
    setting = Setting("m0", 1, {each.name: each.default for each in spec.parameters}, instrument)
    assert MEASURES[code].facts(setting)[0].table == spec.evidence


def test_every_measure_is_explained_with_a_worked_example() -> None:
    page = (Path(__file__).parents[5] / "docs" / "measures.md").read_text()
    assert [code for code in CATALOGUE if f"**{code}**" not in page] == []
