"""The digest of a closed period: the same on SQLite and PostgreSQL, whatever numbers rows have, on Polars and Spark."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from terang.cli import main
from terang.engine import Component, MeasureValue, Rows, Total, evaluate
from terang.engine.tests.evidence_rows import write
from terang.evaluation.closing.frozen import evidence_digests, result_digest, results, run_digest, unpack
from terang.evaluation.closing.models import Closing, FrozenInputs, FrozenScore
from terang.evaluation.policies import rules_of
from terang.evaluation.services.computing import RULESET, Evidence, Scored
from terang.rules.tables import EVIDENCE_TABLES

GOLDEN = ("terang-3", "fd29e203112752cdba47d55c517329b5cc7579c353c4db03e766601cd5c66382")
"""Kota Terang's November (`conftest`): the rule set, and the digest it gives on every database. It changes where a rule
or the policy's text changes its meaning, and then `RULESET` does."""


def test_every_database_comes_to_the_same_digest(city):
    assert (RULESET, city.close().digest) == GOLDEN


@pytest.fixture
def frozen(city) -> tuple[Closing, Evidence]:
    run = city.close()
    [part] = FrozenInputs.objects.filter(closing=run)
    return run, unpack(bytes(part.body), run.period, run.policy)


def renumbered(evidence: Evidence, by: int) -> Evidence:
    """As another database would have numbered the rows."""
    numbers = {"employee_id", "unit_id", "record_id"}

    def moved(name: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
        names = EVIDENCE_TABLES[name].names
        return tuple(
            value + by if column in numbers and value is not None else value
            for column, value in zip(names, row, strict=False)
        )

    rows = {name: [moved(name, row) for row in reversed(table)] for name, table in evidence.rows.items()}
    return replace(evidence, rows=rows, signalled={pk + by: told for pk, told in evidence.signalled.items()})


def test_numbers_and_order_of_rows_do_not_matter_and_the_evidence_does(frozen):
    _run, evidence = frozen
    known = evidence_digests(evidence)
    assert {pk - 1_000: digest for pk, digest in evidence_digests(renumbered(evidence, 1_000)).items()} == known
    [name] = [each for each in evidence.rows if each == "attendance"]
    first, *others = evidence.rows[name]
    worse = replace(evidence, rows={**evidence.rows, name: [(*first[:-1], first[-1] + 1), *others]})
    assert {pk for pk, digest in evidence_digests(worse).items() if digest != known[pk]} == {first[0]}
    pk = next(iter(known))
    guarded = replace(evidence, signalled={**evidence.signalled, pk: {"corrections": [1, 2]}})
    assert evidence_digests(guarded)[pk] != known[pk]


def digest_on(engine: str, run: Closing, evidence: Evidence, folder: Any, spark: Any = None) -> str:
    """The run's digest, from the kept inputs as Parquet through an engine for tables."""
    kept = write(evidence.rows, folder / "bukti")
    made = evaluate(kept, rules_of(run.policy), engine=engine, spark=spark)  # type: ignore[arg-type]
    rows = Rows(
        [MeasureValue(*row) for row in made.measures.iter_rows()],
        [Component(*row) for row in made.components.iter_rows()],
        [Total(*row) for row in made.totals.iter_rows()],
        {},
    )
    digests = evidence_digests(evidence)
    nips: Mapping[int, str] = dict(FrozenScore.objects.filter(closing=run).values_list("employee_id", "employee__nip"))
    found = results(Scored(rows, digests))
    return run_digest({nips[pk]: result_digest(nips[pk], digests[pk], run.ruleset, told) for pk, told in found.items()})


def test_the_engine_for_files_comes_to_the_digest_of_the_live_one(frozen, tmp_path):
    run, evidence = frozen
    assert digest_on("polars", run, evidence, tmp_path) == run.digest


@pytest.mark.spark
def test_spark_comes_to_the_digest_of_polars(frozen, tmp_path):
    from terang.engine.on_spark import start_session

    run, evidence = frozen
    session = start_session()
    try:
        assert digest_on("spark", run, evidence, tmp_path, session) == run.digest
    finally:
        session.stop()


# ---------------------------------------------------------------- terang closing verify
@pytest.mark.parametrize("asked", [(), ("--period", "november 2026"), ("--agency", "99.71"), ("--run", "this")])
def test_the_command_says_the_same(city, capsys, asked):
    run = city.close()
    assert main(["closing", "verify", *(str(run.pk) if word == "this" else word for word in asked)]) == 0
    assert f"SAMA, 12 pegawai.\nSidik {run.digest}" in capsys.readouterr().out
    assert Closing.objects.get().checked_at is None, "it only reads"


def test_the_command_names_who_comes_out_otherwise(city, capsys):
    run = city.close()
    FrozenScore.objects.filter(closing=run, employee=city.cast.andi).update(digest="0" * 64)
    assert main(["closing", "verify"]) == 1
    said = capsys.readouterr().out
    assert "BERBEDA, hanya 11 dari 12 pegawai sama." in said
    assert f"NIP yang berbeda: {city.cast.andi.nip}" in said
    assert "Sidik pembekuan tidak cocok" in said
    assert main(["closing", "verify", "--json"]) == 1
    assert '"same": false' in capsys.readouterr().out


def test_the_command_finds_changed_inputs_and_tells_where_there_is_nothing(city, capsys):
    run = city.close()
    FrozenInputs.objects.filter(closing=run).update(sha256="0" * 64)
    assert main(["closing", "verify"]) == 1
    assert "hanya 0 dari 12" in capsys.readouterr().out
    assert main(["closing", "verify", "--period", "Tahun 1999"]) == 1
    assert "Tidak ada pembekuan selesai yang cocok" in capsys.readouterr().err
