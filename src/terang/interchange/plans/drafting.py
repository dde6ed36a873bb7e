"""A list of plans against what is there: which become drafts, and what is wrong; and writing them, all or none."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from terang.interchange.people.rows import RowProblem
from terang.interchange.plans.rows import LABELS, PersonRows, parse_plans
from terang.planning.plans.models import Plan
from terang.planning.plans.services import give_draft
from terang.planning.plans.years import plan_span, year_of
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment, Employee, PostKind
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.rules.sentences import Sentence
from terang.web.errors import NotNow
from terang.web.sheets import read_sheet


@dataclass(frozen=True)
class Draft:
    """A plan to be made: whose, on which post, and its rows."""

    employee: Employee
    held: Assignment
    rows: PersonRows


@dataclass(frozen=True)
class Drafts:
    """What a file would make, and everything that is wrong with it, in the order of its rows."""

    drafts: tuple[Draft, ...]
    problems: tuple[RowProblem, ...]

    def counts(self) -> dict[str, int]:
        results = [result for draft in self.drafts for result in draft.rows.document.results]
        return {
            "plans": len(self.drafts),
            "results": len(results),
            "indicators": sum(len(result.indicators) for result in results),
            "wrong": len(self.problems),
        }


def drafts_of(data: bytes, name: str, *, agency: Agency, day: date) -> Drafts:
    """Reads a file for the year of `day`. Four queries, whatever the number of rows. Raises `SpreadsheetError` for a
    file of no use."""
    people, problems = parse_plans(read_sheet(data, name))
    employees = {each.nip: each for each in _people(agency, [each.nip for each in people])}
    ids = [each.pk for each in employees.values()]
    posts = main_posts(ids, day)
    start, end = year_of(day)
    planned = Plan.objects.filter(employee_id__in=ids, period_end__gt=start, period_start__lt=end)
    busy = dict(planned.order_by("period_end").values_list("employee_id", "period_end"))
    drafts, found = [], list(problems)
    for rows in people:
        employee = employees.get(rows.nip)
        held = posts.get(employee.pk) if employee else None
        message = _obstacle(employee, held, busy, day)
        if message is not None or employee is None or held is None:
            name_of = employee.name if employee else ""
            found.append(RowProblem(rows.row, LABELS["nip"], message or Sentence(""), rows.nip, name_of))
        else:
            drafts.append(Draft(employee, held, rows))
    return Drafts(tuple(drafts), tuple(sorted(found, key=lambda each: each.row)))


def _people(agency: Agency, nips: list[str]) -> list[Employee]:
    return list(Employee.objects.filter(agency=agency, nip__in=nips, left_on__isnull=True))


def _obstacle(employee: Employee | None, held: Assignment | None, busy: dict[int, date], day: date) -> Sentence | None:
    if employee is None:
        return Sentence("Tidak ada pegawai dengan NIP ini. Periksa di daftar pegawai.")
    if held is None:
        return Sentence("Pegawai ini belum punya jabatan. Tugaskan dahulu ke jabatannya.")
    if held.post.kind == PostKind.ELECTED:
        return Sentence("Kepala daerah tidak menyusun SKP. Hapus barisnya.")
    if busy.get(employee.pk, date.min) > plan_span(held, day)[0]:
        return Sentence("Pegawai ini sudah punya SKP untuk tahun itu. Hapus barisnya: tulisannya tidak ditimpa.")
    return None


def make_drafts(drafts: Drafts, *, actor: Viewer | None, day: date, origin: str) -> dict[str, int]:
    """Begins every plan as a draft, in one transaction. Raises NotNow where anything is wrong or somebody began a plan
    meanwhile: then nothing is kept."""
    if drafts.problems:
        raise NotNow(gettext("Masih ada baris yang salah. Perbaiki berkas lalu unggah lagi."))
    with transaction.atomic():
        for draft in drafts.drafts:
            made = give_draft(
                actor=actor,
                employee=draft.employee,
                post=draft.held.post,
                period=plan_span(draft.held, day),
                document=draft.rows.document,
                origin=origin,
            )
            if made is None:
                raise NotNow(gettext("%(name)s baru saja memulai SKP sendiri.") % {"name": draft.employee.name})
    return drafts.counts()
