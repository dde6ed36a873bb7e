"""What a table of past trainings comes to today: computed whenever somebody looks, so that no preview grows old."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from terang.follow_up.training.models import (
    STANDING,
    DeclaredState,
    DeclaredTraining,
    Form,
    TrainingRecord,
    TrainingSheet,
)
from terang.follow_up.training.past_rows import LABELS, PastRow, RowFault, check_rows
from terang.registry.people.models import Employee
from terang.rules.sentences import Sentence

SAME = ("form", "provider", "ends_on", "hours")
"""What has to be as it stands for a training that is there already."""
Key = tuple[str, str, date, str]
Standing = DeclaredTraining | TrainingRecord


@dataclass(frozen=True)
class Comparison:
    """`new` rows with their people, how many are `there` already, and every fault, in the order of the table."""

    new: list[tuple[PastRow, Employee]] = field(default_factory=list)
    there: int = 0
    faults: list[RowFault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def digest(self) -> str:
        """Changes when what would be taken over changes."""
        told = [[row.row, employee.pk] for row, employee in self.new]
        text = json.dumps([told, self.there, [[each.row, each.column] for each in self.faults]])
        return hashlib.sha256(text.encode()).hexdigest()


def compare(sheet: TrainingSheet, today: date) -> Comparison:
    """Three queries, however many rows."""
    rows, faults = check_rows(sheet.rows, today)
    people = {
        each.nip: each for each in Employee.objects.filter(agency=sheet.agency, nip__in={row.nip for row in rows})
    }
    standing = dict(_standing(list(people.values())))
    new: list[tuple[PastRow, Employee]] = []
    there = 0
    for row in rows:
        employee, known = people.get(row.nip), standing.get(row.key)
        if employee is None:
            message = Sentence("Tidak ada pegawai dengan NIP ini. Periksa NIP, atau impor pegawainya dahulu.")
            faults.append(RowFault(row.row, LABELS["nip"], message, row.nip))
        elif known is None:
            new.append((row, employee))
        elif differing := [name for name in SAME if getattr(known, name) != getattr(row, name)]:
            faults.append(_differs(row, known, differing[0]))
        else:
            there += 1
    return Comparison(new, there, sorted(faults, key=lambda each: each.row))


def _standing(people: list[Employee]) -> Iterable[tuple[Key, Standing]]:
    """What is there already, by what makes it the same."""
    records = TrainingRecord.objects.filter(employee__in=people).select_related("employee")
    declared = DeclaredTraining.objects.filter(employee__in=people, state__in=STANDING).select_related("employee")
    rows: list[Standing] = [*records, *declared]
    for row in rows:
        yield (row.employee.nip, row.title.casefold(), row.starts_on, row.certificate), row


def _differs(row: PastRow, known: Standing, name: str) -> RowFault:
    there = getattr(known, name)
    text = str(Form(there).value) if name == "form" else str(there)
    message = Sentence(
        "Sudah tercatat dengan “%(there)s”. Samakan, atau hapus baris ini dan perbaiki lewat sanggahan.",
        {"there": f"{there:%d-%m-%Y}" if isinstance(there, date) else text},
    )
    return RowFault(row.row, LABELS[name], message, row.nip)


def waiting_in(sheet: TrainingSheet, viewer: Employee) -> int:
    """How many trainings of a table, except the viewer's own, wait for a second person. One query."""
    return sheet.trainings.filter(state=DeclaredState.DECLARED).exclude(employee=viewer).count()
