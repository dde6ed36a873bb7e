"""Applying an import: all or nothing, in one transaction, with an entry in the journal for every person touched."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext, gettext_noop, ngettext

from terang.accounts.models import User
from terang.audit.services import Event, record_many
from terang.interchange.people.differences import Change, Differences, compare
from terang.interchange.people.rows import PersonRow, joined_on, parse_people
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post, RoleGrant
from terang.registry.people.viewer import in_force
from terang.rules.sentences import Sentence
from terang.web.errors import NotNow, Stale
from terang.web.sheets import read_sheet

BATCH = 2_000
MOVED_ON = Sentence("Data pegawai berubah sejak pratinjau dibuat. Periksa pratinjau baru sebelum menerapkan.")
Progress = Callable[[int, str], None]
"""Told the percentage done and what is being done: an Indonesian text, marked for the screens' translations."""


def preview(
    data: bytes, name: str, *, agency: Agency, effective_on: date, complete: bool, progress: Progress = lambda *_: None
) -> Differences:
    """What the file would change on `effective_on`. Raises `SpreadsheetError` for a file of no use."""
    progress(5, gettext_noop("Membaca berkas"))
    sheet = read_sheet(data, name)
    progress(30, gettext_noop("Memeriksa baris"))
    rows, problems = parse_people(sheet)
    progress(70, gettext_noop("Membandingkan dengan data pegawai"))
    differences = compare(agency, rows, problems, effective_on=effective_on, complete=complete and not problems)
    progress(100, gettext_noop("Selesai"))
    return differences


def apply(
    differences: Differences,
    *,
    agency: Agency,
    effective_on: date,
    actor: User | None,
    expected_digest: str = "",
    progress: Progress = lambda *_: None,
) -> dict[str, int]:
    """Write the differences. Refuses while there are problems, and when others were shown (`expected_digest`)."""
    if differences.problems:
        number = len(differences.problems)
        wrong = ngettext(
            "Masih ada %(number)s baris yang salah. Perbaiki berkas lalu unggah lagi.",
            "Masih ada %(number)s baris yang salah. Perbaiki berkas lalu unggah lagi.",
            number,
        )
        raise NotNow(wrong % {"number": number})
    if expected_digest and differences.digest != expected_digest:
        raise Stale(gettext(MOVED_ON))
    with transaction.atomic():
        writer = _Writer(agency, effective_on)
        progress(10, gettext_noop("Menyiapkan jabatan"))
        writer.make_posts([*differences.new, *(change.row for change in differences.changed if change.moves)])
        progress(30, gettext_noop("Menambah pegawai baru"))
        writer.add(differences.new)
        progress(60, gettext_noop("Mengubah pegawai"))
        writer.change(differences.changed)
        progress(80, gettext_noop("Mengakhiri penugasan"))
        writer.end([ending.employee_id for ending in differences.ended])
        progress(90, gettext_noop("Mencatat di jejak"))
        record_many(
            writer.events, actor=actor, agency_id=agency.pk, reason=f"Impor pegawai berlaku {effective_on:%d-%m-%Y}"
        )
    progress(100, gettext_noop("Selesai"))
    return differences.counts()


class _Writer:
    def __init__(self, agency: Agency, effective_on: date) -> None:
        self.agency = agency
        self.effective_on = effective_on
        self.units: dict[str, Unit] = {unit.code.upper(): unit for unit in Unit.objects.filter(agency=agency)}
        self.posts: dict[tuple[int, str, str], Post] = {}
        self.events: list[Event] = []

    def make_posts(self, rows: list[PersonRow]) -> None:
        """Finds the posts the rows name and makes those that are not there, with seats for the people in them."""
        existing = Post.objects.filter(unit__agency=self.agency, valid_to__isnull=True)
        self.posts = {(post.unit_id, post.title, post.kind): post for post in existing}
        wanted = Counter(self._key(row) for row in rows)
        first = {self._key(row): row for row in reversed(rows)}
        made = [
            Post(
                unit_id=unit_id,
                title=title,
                kind=kind,
                level=row.level,
                category=row.category,
                is_head=row.head,
                seats=wanted[unit_id, title, kind],
                valid_from=self.effective_on,
            )
            for (unit_id, title, kind), row in first.items()
            if (unit_id, title, kind) not in self.posts
        ]
        Post.objects.bulk_create(made, batch_size=BATCH)
        self.posts.update({(post.unit_id, post.title, post.kind): post for post in made})

    def _key(self, row: PersonRow) -> tuple[int, str, str]:
        return self.units[row.unit].pk, row.post, row.kind

    def add(self, rows: list[PersonRow]) -> None:
        known = User.objects.in_bulk([row.nip for row in rows], field_name="nip")
        made = User.objects.bulk_create(
            [
                User(nip=row.nip, name=row.name, email=row.email, password=make_password(None))
                for row in rows
                if row.nip not in known
            ],
            batch_size=BATCH,
        )
        users = known | {user.nip: user for user in made}
        employees = Employee.objects.bulk_create(
            [
                Employee(
                    agency=self.agency,
                    user=users[row.nip],
                    nip=row.nip,
                    name=row.name,
                    status=row.status,
                    rank=row.rank,
                    email=row.email,
                    joined_on=joined_on(row.nip, self.effective_on),
                )
                for row in rows
            ],
            batch_size=BATCH,
        )
        self._assign(list(zip(rows, employees, strict=True)))
        self.events += [
            Event(
                "people.employee_imported",
                obj=employee,
                subject_employee_id=employee.pk,
                unit_id=self.units[row.unit].pk,
            )
            for row, employee in zip(rows, employees, strict=True)
        ]

    def change(self, changes: list[Change]) -> None:
        held = Employee.objects.select_for_update(of=("self",)).select_related("user")
        employees = held.in_bulk([change.employee_id for change in changes])
        for change in changes:
            employee = employees[change.employee_id]
            employee.version += 1
            for name, (_, new) in change.fields.items():
                setattr(employee, name, new)
            if employee.user and "name" in change.fields:
                employee.user.name = change.row.name
            self.events.append(
                Event(
                    "people.employee_changed",
                    obj=employee,
                    subject_employee_id=employee.pk,
                    unit_id=self.units[change.row.unit].pk,
                    changes={
                        **change.fields,
                        **({"post": (change.old_place, change.row.post)} if change.moves else {}),
                    },
                )
            )
        _overwrite(Employee, list(employees.values()), key="nip", fields=["name", "status", "rank", "email", "version"])
        renamed = [employees[change.employee_id].user for change in changes if "name" in change.fields]
        _overwrite(User, [user for user in renamed if user], key="nip", fields=["name"])
        moving = [change for change in changes if change.moves]
        self._running([change.employee_id for change in moving]).filter(kind=AssignmentKind.DEFINITIVE).update(
            ends_on=self.effective_on
        )
        self._assign([(change.row, employees[change.employee_id]) for change in moving])

    def end(self, employee_ids: list[int]) -> None:
        """As a departure on screen: every assignment and every role ends with the person's last day."""
        self._running(employee_ids).update(ends_on=self.effective_on)
        roles = RoleGrant.objects.filter(employee_id__in=employee_ids, starts_on__lt=self.effective_on)
        roles.filter(ends_on__isnull=True).update(ends_on=self.effective_on)
        Employee.objects.filter(pk__in=employee_ids).update(left_on=self.effective_on, version=F("version") + 1)
        self.events += [
            Event("people.employee_ended", obj=employee, subject_employee_id=employee.pk)
            for employee in Employee.objects.filter(pk__in=employee_ids)
        ]

    def _running(self, employee_ids: list[int]) -> QuerySet[Assignment]:
        return Assignment.objects.filter(in_force(self.effective_on), employee_id__in=employee_ids)

    def _assign(self, pairs: list[tuple[PersonRow, Employee]]) -> None:
        Assignment.objects.bulk_create(
            [
                Assignment(
                    employee=employee,
                    post=self.posts[self._key(row)],
                    starts_on=self.effective_on,
                    document="Impor pegawai",
                )
                for row, employee in pairs
            ],
            batch_size=BATCH,
        )


def _overwrite(model: type[Any], rows: list[Any], *, key: str, fields: list[str]) -> None:
    """Writes `fields` of existing rows in bulk: as an upsert, which is far quicker than an update row by row."""
    model.objects.bulk_create(rows, batch_size=BATCH, update_conflicts=True, unique_fields=[key], update_fields=fields)
