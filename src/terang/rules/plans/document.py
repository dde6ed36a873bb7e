"""The shape of an SKP as a document (PermenPANRB 6/2022 Pasal 7–13, Formats A.1.1–A.1.3 and A.1.6–A.1.8).

A document is a value: it is made whole, never changed, and written as canonical JSON whose digest names it. Quantities
are integers in milli-units; days are ISO dates; an empty text means that nothing was written.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

Approach = Literal["kuantitatif", "kualitatif"]
"""Chosen by the leader (p. 50): measured indicator and target apart, or both in one narrative."""
Form = Literal["jpt", "ja"]
"""`jpt`: leading officials and heads of independent units, with perspectives; `ja`: administrators and functionals."""
Level = Literal["", "outcome", "outcome_antara", "kendali_rendah", "kendali_sedang", "kendali_tinggi"]
ASPECTS = ("kuantitas", "kualitas", "waktu", "biaya")
PERSPECTIVES = ("penerima_layanan", "proses_bisnis", "penguatan_internal", "anggaran")
RESOURCE_KINDS = ("sdm", "anggaran", "peralatan", "pendampingan", "sarana")
RHYTHMS = ("harian", "mingguan", "bulanan", "triwulanan", "semesteran", "tahunan", "sewaktu")

LATER: Mapping[str, Any] = {"later": True}
"""Marks a field that came later: it is written only where it says something, so that old digests stay as they are."""


class BadDocument(ValueError):
    """The JSON is not a plan document; `path` names the first place that is not."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        super().__init__(f"{path}: {message}")


@dataclass(frozen=True)
class Manual:
    """The manual of an indicator (Format A.1.3 p. 38). `level` is its quality and control level."""

    purpose: str = ""
    definition: str = ""
    formula: str = ""
    level: Level = ""
    source: str = ""
    rhythm: str = ""


@dataclass(frozen=True)
class PlannedIndicator:
    """How a result is measured (IKI). `target_text` is the target as printed; where empty it is made of the numbers.

    `target_max_milli` is the upper end of a range. `aspects` may name several (p. 51). `perspective` only on `jpt`.
    `measure` is a measure of Terang that gives the live value, `entry_id` the row of the dictionary it comes from.
    `goal_indicator_id` is the promised indicator it stands for, where one result carries several of them.
    """

    key: str
    text: str
    aspects: tuple[str, ...] = ("kuantitas",)
    perspective: str = ""
    direction: str = "higher"
    gathering: str = "sum"
    unit_label: str = ""
    target_milli: int | None = None
    target_max_milli: int | None = None
    baseline_milli: int | None = None
    target_text: str = ""
    share_bp: int = 10_000
    measure: str = ""
    entry_id: int | None = None
    manual: Manual | None = None
    goal_indicator_id: int | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class LeaderRow:
    """The leader's result (of a leading official: and indicator) that a result serves (RHK yang diintervensi p. 59)."""

    text: str
    indicator_text: str = ""
    result_id: int | None = None
    indicator_id: int | None = None
    goal_indicator_id: int | None = None


@dataclass(frozen=True)
class Step:
    """A step of the action plan (rencana aksi, Format B.1.1), due on an ISO day."""

    text: str
    due_on: str


@dataclass(frozen=True)
class PlannedResult:
    """A result (RHK). `main` is high priority, decided by the appraiser (p. 27, 49–50).

    `assigned_by` is the post or team that gave it (empty: the appraiser), `assigner_id` the employee, where it is known
    who that is. Where either is told, `approved` says whether the appraiser agreed first (A3 p. 46): None while open.
    `acting` marks work as Plt. or Plh., which is always main (p. 50). `vital` is the reason why an absolute target is
    allowed: life, injury, national security or large loss of money (p. 51). `cell_id` is the cell of the leader's
    matrix it came from.
    """

    key: str
    text: str
    main: bool = True
    level: Level = ""
    programme: str = ""
    assigned_by: str = ""
    assigner_id: int | None = None
    approved: bool | None = None
    acting: bool = False
    vital: str = ""
    leader: LeaderRow | None = None
    goal_indicator_id: int | None = None
    cell_id: int | None = None
    indicators: tuple[PlannedIndicator, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def from_elsewhere(self) -> bool:
        """Whether somebody other than the appraiser gave it, by person or only by words: the appraiser's yes is
        needed."""
        return self.assigner_id is not None or bool(self.assigned_by.strip())


@dataclass(frozen=True)
class Resource:
    """Support that was agreed (Pasal 11): `kind` is one of `RESOURCE_KINDS`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Report:
    """One line of the accountability scheme (Pasal 12): what is reported, how often, and with which evidence."""

    what: str
    rhythm: str
    evidence: str = ""


@dataclass(frozen=True)
class Consequence:
    """What follows from reaching the results or not (Pasal 13)."""

    positive: bool
    text: str


@dataclass(frozen=True)
class Study:
    """Study leave that runs in the plan's time (Lampiran II.B p. 62–65). Grade points in hundredths, 3.25 is 325."""

    institution: str
    level: str
    abroad: bool = False
    university_accreditation: str = ""
    programme_accreditation: str = ""
    grade_point_centi: int | None = None
    finishes_on: str = ""


@dataclass(frozen=True)
class PlanDocument:
    """An SKP. `behaviour` holds the leader's special expectation per value code, only where there is one (Pasal 10).

    The seven values with their guides belong to every plan and stand in `terang.rules.plans.behaviour`.
    """

    approach: Approach = "kuantitatif"
    form: Form = "ja"
    results: tuple[PlannedResult, ...] = ()
    behaviour: Mapping[str, str] = field(default_factory=dict)
    resources: tuple[Resource, ...] = ()
    reports: tuple[Report, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    study: Study | None = None

    @property
    def main_results(self) -> tuple[PlannedResult, ...]:
        return tuple(result for result in self.results if result.main)

    @property
    def additional_results(self) -> tuple[PlannedResult, ...]:
        return tuple(result for result in self.results if not result.main)

    @property
    def printed_results(self) -> tuple[tuple[int, PlannedResult], ...]:
        """Results with their printed number: main ones first, the numbers run on through the additional ones."""
        return tuple(enumerate((*self.main_results, *self.additional_results), 1))

    def result(self, key: str) -> PlannedResult | None:
        """The result with this key, or None."""
        return next((result for result in self.results if result.key == key), None)


def as_json(document: PlanDocument) -> dict[str, Any]:
    """The document as JSON values."""
    return _plain(document)  # type: ignore[no-any-return]


def digest(document: PlanDocument) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return digest_of(as_json(document))


def digest_of(value: Mapping[str, Any]) -> str:
    """The same for a document that is JSON already."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Written by hand: `dataclasses.asdict` copies every leaf and takes ten times as long for a plan."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return dict(value)
    told = ((name, getattr(value, name), later) for name, later in _names(type(value)))  # type: ignore[arg-type]
    return {name: _plain(each) for name, each, later in told if not (later and each is None)}


@cache
def _names(kind: type) -> tuple[tuple[str, bool], ...]:
    return tuple((each.name, "later" in each.metadata) for each in fields(kind))


def from_json(value: Any) -> PlanDocument:
    """Reads what `as_json` wrote; fields left out take their default. Raises BadDocument for anything else."""
    document = _read(PlanDocument, value, "naskah")
    assert isinstance(document, PlanDocument)
    return document


def _read(kind: Any, value: Any, path: str) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None else _read(next(each for each in inside if each is not NoneType), value, path)
    if origin is Literal:
        return _require(value in inside, value, path)
    if origin is tuple:
        _require(isinstance(value, list), value, path)
        return tuple(_read(inside[0], each, f"{path}[{n}]") for n, each in enumerate(value))
    if origin is not None:
        _require(isinstance(value, dict) and all(isinstance(each, str) for each in value.values()), value, path)
        return dict(value)
    if is_dataclass(kind):
        return _read_row(kind, value, path)
    return _require(type(value) is kind, value, path)


def _read_row(kind: Any, value: Any, path: str) -> Any:
    _require(isinstance(value, dict), value, path)
    hints = get_type_hints(kind)
    names = {each.name for each in fields(kind)}
    for name in value:
        _require(name in names, name, path)
    read = {name: _read(hints[name], each, f"{path}.{name}") for name, each in value.items()}
    try:
        return kind(**read)
    except TypeError as error:
        raise BadDocument(path, "belum lengkap") from error


def _require(fine: bool, value: Any, path: str) -> Any:
    if not fine:
        raise BadDocument(path, f"tidak dikenal: {str(value)[:60]!r}")
    return value
