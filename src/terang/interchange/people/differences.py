"""What an import would change: rows compared with the registry on the day it takes effect. Reads only; five queries."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Any

from terang.interchange.people.rows import LABELS, PersonRow, RowProblem
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post
from terang.registry.people.viewer import in_force
from terang.rules.sentences import Part, Sentence, joined

PERSONAL = ("name", "status", "rank", "email")
NIP_BATCH = 5_000


@dataclass(frozen=True)
class Change:
    """One person's difference. `fields` maps a field to (old, new); `moves` where the post becomes another one.

    `old_place` is empty where the person had no post.
    """

    row: PersonRow
    employee_id: int
    fields: dict[str, tuple[str, str]]
    moves: bool
    old_place: str = ""


@dataclass(frozen=True)
class Ending:
    """Somebody in the registry whom a complete list no longer names."""

    employee_id: int
    nip: str
    name: str


@dataclass(frozen=True)
class Differences:
    """All that an import would do. With any problem nothing is applied. `digest` changes when the answer does."""

    new: list[PersonRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    ended: list[Ending] = field(default_factory=list)
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def digest(self) -> str:
        content = [[asdict(item) for item in group] for group in (self.new, self.changed, self.ended)]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "ended": len(self.ended),
            "unchanged": self.unchanged,
            "wrong": len(self.problems),
        }


def compare(
    agency: Agency, rows: list[PersonRow], problems: list[RowProblem], *, effective_on: date, complete: bool
) -> Differences:
    """Rows against the registry of `agency` on `effective_on`. `complete`: whoever is not in the file has left."""
    registry = _Registry(agency, effective_on)
    by_number = {row.row: row for row in rows}
    found = _faults(registry, rows, effective_on)
    faults = [*problems, *(replace(each, nip=by_number[each.row].nip, name=by_number[each.row].name) for each in found)]
    wrong = {each.row for each in found}
    sound = [row for row in rows if row.row not in wrong]
    new = [row for row in sound if row.nip not in registry.employees]
    changed: list[Change] = []
    for row in sound:
        if employee := registry.employees.get(row.nip):
            change = _change(registry, row, employee)
            if change.fields or change.moves:
                changed.append(change)
    named = {row.nip for row in rows}
    ended = [Ending(e.pk, e.nip, e.name) for e in registry.employees.values() if e.nip not in named] if complete else []
    faults += _endings_too_early(registry, ended, effective_on)
    return Differences(
        new, changed, ended, len(sound) - len(new) - len(changed), sorted(faults, key=lambda fault: fault.row)
    )


class _Registry:
    """The agency as it stands on a day."""

    def __init__(self, agency: Agency, day: date) -> None:
        self.agency = agency
        self.units: dict[str, Unit] = {unit.code.upper(): unit for unit in Unit.objects.filter(agency=agency)}
        self.employees: dict[str, Employee] = {
            employee.nip: employee for employee in Employee.objects.filter(agency=agency).exclude(left_on__lte=day)
        }
        self.heads: dict[int, Post] = {
            post.unit_id: post for post in Post.objects.filter(unit__agency=agency, is_head=True, valid_to__isnull=True)
        }
        self.assignments: dict[int, Assignment] = {
            assignment.employee_id: assignment
            for assignment in Assignment.objects.filter(
                in_force(day), employee__agency=agency, kind=AssignmentKind.DEFINITIVE
            ).select_related("post__unit")
        }

    def foreign(self, nips: Iterable[str]) -> dict[str, str]:
        """NIPs that stand elsewhere already, with the name of that place."""
        elsewhere: dict[str, str] = {}
        left = iter(nips)
        while batch := list(islice(left, NIP_BATCH)):
            known = Employee.objects.filter(nip__in=batch).select_related("agency")
            elsewhere.update({employee.nip: employee.agency.name for employee in known})
        return elsewhere


def _faults(registry: _Registry, rows: list[PersonRow], day: date) -> list[RowProblem]:
    foreign = registry.foreign([row.nip for row in rows if row.nip not in registry.employees])
    heads = Counter(row.unit for row in rows if row.head)
    faults: list[RowProblem] = []
    for row in rows:
        if row.nip in foreign:
            sentence = Sentence(
                "NIP ini sudah tercatat di %(agency)s. Minta instansi itu mengakhiri dahulu.",
                {"agency": foreign[row.nip]},
            )
            faults.append(RowProblem(row.row, LABELS["nip"], sentence))
        unit = registry.units.get(row.unit)
        found = (
            _place_faults(registry, row, unit, heads, day) if unit else [("unit", _unknown_unit(registry, row.unit))]
        )
        faults += [RowProblem(row.row, LABELS[field], sentence) for field, sentence in found]
    return faults


def _place_faults(
    registry: _Registry, row: PersonRow, unit: Unit, heads: Mapping[str, int], day: date
) -> Iterable[tuple[str, Sentence]]:
    """What is wrong with the unit, the post or the move of one row: field and sentence."""
    if unit.valid_to and unit.valid_to <= day:
        yield "unit", Sentence("Unit %(unit)s sudah tidak berlaku. Pakai unit penggantinya.", {"unit": unit.name})
    if row.head and heads[row.unit] > 1:
        yield (
            "head",
            Sentence(
                "%(number)s orang memimpin unit %(unit)s. Sisakan satu.", {"number": heads[row.unit], "unit": row.unit}
            ),
        )
    head = registry.heads.get(unit.pk)
    if row.head and head and head.title != row.post:
        yield (
            "post",
            Sentence(
                "Jabatan pimpinan unit ini adalah “%(post)s”. Samakan atau ubah dahulu jabatannya.",
                {"post": head.title},
            ),
        )
    employee = registry.employees.get(row.nip)
    current = registry.assignments.get(employee.pk) if employee else None
    if current and _moves(current, row, unit) and current.starts_on >= day:
        yield (
            "post",
            Sentence(
                "Penugasan sekarang baru mulai %(day)s. Pilih tanggal berlaku sesudahnya.",
                {"day": f"{current.starts_on:%d-%m-%Y}"},
            ),
        )


def _endings_too_early(registry: _Registry, ended: Iterable[Ending], day: date) -> Iterable[RowProblem]:
    """Who began on the very day cannot end on it. The file has no row for them: the row is 0."""
    for ending in ended:
        current = registry.assignments.get(ending.employee_id)
        if current and current.starts_on >= day:
            sentence = Sentence(
                "%(name)s tidak ada dalam berkas, tetapi penugasannya baru mulai %(day)s. "
                "Pilih tanggal berlaku sesudahnya.",
                {"name": ending.name, "day": f"{current.starts_on:%d-%m-%Y}"},
            )
            yield RowProblem(0, LABELS["nip"], sentence)


def _unknown_unit(registry: _Registry, code: str) -> Sentence:
    near = get_close_matches(code, registry.units, n=1)
    if near:
        return Sentence("Kode unit “%(code)s” tidak ada. Maksudnya %(near)s?", {"code": code, "near": near[0]})
    return Sentence("Kode unit “%(code)s” tidak ada. Lihat daftar kode pada halaman Unit.", {"code": code})


def _moves(current: Assignment, row: PersonRow, unit: Unit) -> bool:
    post = current.post
    return (post.unit_id, post.title, post.kind) != (unit.pk, row.post, row.kind)


def _change(registry: _Registry, row: PersonRow, employee: Employee) -> Change:
    fields: dict[str, tuple[str, str]] = {}
    for name in PERSONAL:
        old, new = str(getattr(employee, name)), str(getattr(row, name))
        if new and old != new:
            fields[name] = (old, new)
    current, unit = registry.assignments.get(employee.pk), registry.units.get(row.unit)
    moves = unit is not None and (current is None or _moves(current, row, unit))
    old_place = f"{current.post.title}, {current.post.unit.name}" if current else ""
    return Change(row, employee.pk, fields, moves, old_place if moves else "")


def as_table(differences: Differences) -> list[dict[str, Any]]:
    """The differences as flat rows for a screen or a spreadsheet: kind, row number, NIP, name, what (a `Sentence`)."""
    table = [
        _shown("wrong", fault.row, fault, joined(": ", [fault.column, fault.message])) for fault in differences.problems
    ]
    table += [_shown("new", row.row, row, joined(", ", [row.post, row.unit])) for row in differences.new]
    table += [_shown("changed", change.row.row, change.row, _difference(change)) for change in differences.changed]
    table += [_shown("ended", None, ending, Sentence("tidak ada lagi dalam daftar")) for ending in differences.ended]
    return table


def _shown(kind: str, row: int | None, who: PersonRow | RowProblem | Ending, what: Sentence) -> dict[str, Any]:
    return {"kind": kind, "row": row, "nip": who.nip, "name": who.name, "what": what}


def _difference(change: Change) -> Sentence:
    parts: list[Part] = [f"{LABELS[name]}: {old or '—'} → {new}" for name, (old, new) in change.fields.items()]
    if change.moves:
        now = f"{change.row.post}, {change.row.unit}"
        parts.append(joined(" → ", [change.old_place or Sentence("tanpa jabatan"), now]))
    return joined("; ", parts)
