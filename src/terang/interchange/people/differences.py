"""What an import would change: rows compared with the registry on the day it takes effect. Reads only; five queries."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Any

from terang.interchange.people.rows import LABELS, PersonRow, RowProblem
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post
from terang.registry.people.viewer import in_force

PERSONAL = ("name", "status", "rank", "email")
NIP_BATCH = 5_000


@dataclass(frozen=True)
class Change:
    """One person's difference. `fields` maps a field to (old, new); `moves` where the post becomes another one."""

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
    faults: list[RowProblem] = []
    foreign = registry.foreign([row.nip for row in rows if row.nip not in registry.employees])
    heads = Counter(row.unit for row in rows if row.head)
    for row in rows:
        unit = registry.units.get(row.unit)
        if row.nip in foreign:
            faults.append(
                RowProblem(
                    row.row,
                    LABELS["nip"],
                    f"NIP ini sudah tercatat di {foreign[row.nip]}. Minta instansi itu mengakhiri dahulu.",
                )
            )
        if unit is None:
            faults.append(RowProblem(row.row, LABELS["unit"], _unknown_unit(registry, row.unit)))
            continue
        if unit.valid_to and unit.valid_to <= day:
            faults.append(
                RowProblem(row.row, LABELS["unit"], f"Unit {unit.name} sudah tidak berlaku. Pakai unit penggantinya.")
            )
        if row.head and heads[row.unit] > 1:
            faults.append(
                RowProblem(row.row, LABELS["head"], f"{heads[row.unit]} orang memimpin unit {row.unit}. Sisakan satu.")
            )
        head = registry.heads.get(unit.pk)
        if row.head and head and head.title != row.post:
            faults.append(
                RowProblem(
                    row.row,
                    LABELS["post"],
                    f"Jabatan pimpinan unit ini adalah “{head.title}”. Samakan atau ubah dahulu jabatannya.",
                )
            )
        employee = registry.employees.get(row.nip)
        current = registry.assignments.get(employee.pk) if employee else None
        if current and _moves(current, row, unit) and current.starts_on >= day:
            faults.append(
                RowProblem(
                    row.row,
                    LABELS["post"],
                    f"Penugasan sekarang baru mulai {current.starts_on:%d-%m-%Y}. Pilih tanggal berlaku sesudahnya.",
                )
            )
    return faults


def _endings_too_early(registry: _Registry, ended: Iterable[Ending], day: date) -> Iterable[RowProblem]:
    """Who began on the very day cannot end on it. The file has no row for them: the row is 0."""
    for ending in ended:
        current = registry.assignments.get(ending.employee_id)
        if current and current.starts_on >= day:
            began = f"penugasannya baru mulai {current.starts_on:%d-%m-%Y}. Pilih tanggal berlaku sesudahnya."
            yield RowProblem(0, LABELS["nip"], f"{ending.name} tidak ada dalam berkas, tetapi {began}")


def _unknown_unit(registry: _Registry, code: str) -> str:
    near = get_close_matches(code, registry.units, n=1)
    hint = f" Maksudnya {near[0]}?" if near else " Lihat daftar kode pada halaman Unit."
    return f"Kode unit “{code}” tidak ada.{hint}"


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
    old_place = f"{current.post.title}, {current.post.unit.name}" if current else "tanpa jabatan"
    return Change(row, employee.pk, fields, moves, old_place if moves else "")


def as_table(differences: Differences) -> list[dict[str, Any]]:
    """The differences as flat rows for a screen or a spreadsheet: kind, row number, NIP, name, what."""
    table: list[dict[str, Any]] = [
        {
            "kind": "wrong",
            "row": fault.row,
            "nip": fault.nip,
            "name": fault.name,
            "what": f"{fault.column}: {fault.message}",
        }
        for fault in differences.problems
    ]
    table += [
        {"kind": "new", "row": row.row, "nip": row.nip, "name": row.name, "what": f"{row.post}, {row.unit}"}
        for row in differences.new
    ]
    for change in differences.changed:
        parts = [f"{LABELS[name]}: {old or '—'} → {new}" for name, (old, new) in change.fields.items()]
        if change.moves:
            parts.append(f"{change.old_place} → {change.row.post}, {change.row.unit}")
        table.append(
            {
                "kind": "changed",
                "row": change.row.row,
                "nip": change.row.nip,
                "name": change.row.name,
                "what": "; ".join(parts),
            }
        )
    table += [
        {"kind": "ended", "row": None, "nip": e.nip, "name": e.name, "what": "tidak ada lagi dalam daftar"}
        for e in differences.ended
    ]
    return table
