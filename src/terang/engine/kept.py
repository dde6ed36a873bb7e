"""Evidence kept in a folder for trying policies on it: written batch by batch, measured once for each set of measures.

A folder holds `evidence/TABLE.parquet` as declared, `groups.parquet` (what people are compared by) and
`values-….parquet` (the measures of one set of uses). It is written once and never changed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import narwhals as nw
import polars as pl

from terang.engine.files import find_evidence
from terang.engine.output import ParquetOutput
from terang.engine.rows import EvidenceRows, frame_of
from terang.engine.schema import check_values
from terang.rules.layout import Layout, lay_out
from terang.rules.measures.values import measured
from terang.rules.policies import Policy, digest
from terang.rules.scoring import totals
from terang.rules.tables import EVIDENCE_TABLES, PEOPLE

EVIDENCE = "evidence"
GROUPS = "groups.parquet"
GROUP_COLUMNS = ("kind", "status", "category")
"""What people are compared by beside their unit: kind of post, status of employment, family of posts."""

GroupRow = tuple[int, str, str, str]
"""employee, kind of post, status of employment, family of posts."""

_GROUP_SCHEMA = pl.Schema({"employee_id": pl.Int64, **dict.fromkeys(GROUP_COLUMNS, pl.String)})


class Keeper:
    """Takes evidence batch by batch; on leaving without an error the folder is whole, else nothing is left in it."""

    def __init__(self, folder: Path) -> None:
        """Raises FileExistsError where the folder is there already, OSError where it cannot be written."""
        self.folder = folder
        self._stack = ExitStack()
        self._units: dict[str, set[int]] = {}

    def __enter__(self) -> "Keeper":
        (self.folder / EVIDENCE).mkdir(parents=True)
        self._tables = {
            name: self._stack.enter_context(ParquetOutput(self.folder / EVIDENCE / f"{name}.parquet"))
            for name in EVIDENCE_TABLES
        }
        self._groups = self._stack.enter_context(ParquetOutput(self.folder / GROUPS))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def add(self, rows: EvidenceRows, groups: Sequence[GroupRow]) -> None:
        """Adds some people: the tables the rooms keep, and one row of groups for each. A unit that other people of it
        brought along already is not taken twice. Raises `EvidenceError` where a row does not fit its table."""
        for name, given in rows.items():
            self._tables[name].add(frame_of(name, self._new(name, given)))
        self._groups.add(pl.DataFrame(groups, schema=_GROUP_SCHEMA, orient="row", strict=True))

    def _new(self, name: str, given: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
        if EVIDENCE_TABLES[name].names[0] != "unit_id":
            return given
        known = self._units.setdefault(name, set())
        fresh = [row for row in given if row[0] not in known]
        known.update(row[0] for row in fresh)
        return fresh


def values_of(folder: Path, policy: Policy, ruleset: str) -> pl.DataFrame:
    """The measured value of every use of a measure, one row per employee, sorted. Measured once, then read.

    The table is that of `rules.measures.values.measured`. `ruleset` names the state of the rules, so that values of
    older rules are not taken for today's. Raises `EvidenceError` where the folder is not whole.
    """
    return _values(folder, _Measuring(policy, ruleset))


def scored(folder: Path, policy: Policy, ruleset: str) -> pl.DataFrame:
    """`TOTALS` of everybody kept in the folder, sorted by employee: the scoring of `rules`, and nothing else."""
    return _scored(folder, _Scoring(policy, ruleset))


def groups_of(folder: Path) -> pl.DataFrame:
    """What people are compared by, sorted by employee: `GROUP_COLUMNS`."""
    return _groups(folder)


class _Measuring:
    """What measured values depend on: the uses of measures and who belongs to which variant, but no weight."""

    def __init__(self, policy: Policy, ruleset: str) -> None:
        self.policy, self.layout = policy, lay_out(policy)
        self.key = _sha256([ruleset, _uses(self.layout, policy), _variants(policy)])

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Measuring) and other.key == self.key


class _Scoring:
    """A policy and the state of the rules, as a key."""

    def __init__(self, policy: Policy, ruleset: str) -> None:
        self.policy, self.ruleset = policy, ruleset
        self.key = _sha256([ruleset, digest(policy)])

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Scoring) and other.key == self.key


def _uses(layout: Layout, policy: Policy) -> list[Any]:
    instruments = {each.code: repr(each) for each in policy.instruments}
    return [
        [
            use.key,
            use.measure.code,
            use.setting.min_answers,
            sorted(use.setting.parameters.items()),
            instruments.get(str(use.setting.parameters.get("instrument")), ""),
        ]
        for use in layout.uses
    ]


def _variants(policy: Policy) -> Mapping[str, str]:
    """Family of posts to variant of the policy."""
    families = [(family, variant.code) for variant in policy.variants for family in variant.applies_to]
    return dict(reversed(families))


def _sha256(said: Iterable[Any]) -> str:
    return hashlib.sha256(json.dumps(list(said), default=str).encode()).hexdigest()


@lru_cache(maxsize=4)
def _groups(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / GROUPS).sort("employee_id")


@lru_cache(maxsize=8)
def _values(folder: Path, measuring: _Measuring) -> pl.DataFrame:
    path = folder / f"values-{measuring.key[:32]}.parquet"
    if not path.exists():
        with ParquetOutput(path) as output:
            output.add(_measure(folder, measuring))
    return pl.read_parquet(path)


def _measure(folder: Path, measuring: _Measuring) -> pl.DataFrame:
    files = find_evidence(folder / EVIDENCE)
    names = [name for name in (PEOPLE.name, *measuring.layout.tables) if name in files.tables]
    frames = dict(zip(names, pl.collect_all([files.scan(name) for name in names]), strict=True))
    frames[PEOPLE.name] = _in_variants(frames[PEOPLE.name], folder, measuring.policy)
    check_values(frames, measuring.layout.slots)
    evidence = {name: nw.from_native(frame.lazy()) for name, frame in frames.items()}
    values: pl.LazyFrame = measured(evidence, measuring.layout).to_native()
    return values.sort("employee_id").collect()


def _in_variants(people: pl.DataFrame, folder: Path, policy: Policy) -> pl.DataFrame:
    """People in the variants of this policy, which may be others than those of the policy they were gathered under."""
    families = groups_of(folder).select("employee_id", "category")
    variant = pl.col("category").replace_strict(_variants(policy), default="", return_dtype=pl.String)
    return people.join(families, on="employee_id", how="left").with_columns(variant=variant).drop("category")


@lru_cache(maxsize=16)
def _scored(folder: Path, scoring: _Scoring) -> pl.DataFrame:
    values = values_of(folder, scoring.policy, scoring.ruleset)
    frame = nw.from_native(values.lazy())
    plan: pl.LazyFrame = totals(frame, lay_out(scoring.policy), scoring.policy).to_native()
    return plan.collect().sort("employee_id")
