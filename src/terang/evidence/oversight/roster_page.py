"""The roster of a visit as a page: everybody of the unit with what is known, what was seen, and what follows."""

from dataclasses import dataclass

from terang.evidence.oversight.hooks import whereabouts
from terang.evidence.oversight.models import Inspection, RosterLine
from terang.evidence.oversight.selectors import people_on_roster
from terang.evidence.oversight.services.roster import UNKNOWN, is_settled, line_of
from terang.evidence.whereabouts import Whereabouts
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.rules.oversight.roster import Line, Mark, Summary, summary


@dataclass(frozen=True)
class Row:
    """One person. `mark` and `told` are chosen beforehand where the records say why they are away."""

    person: Employee
    post: str
    known: Whereabouts
    saved: RosterLine | None
    mark: str
    told: str
    note: str

    @property
    def settled(self) -> bool:
        """Replied to or decided: the line stands."""
        return self.saved is not None and is_settled(self.saved.check_row)


@dataclass(frozen=True)
class RosterView:
    rows: list[Row]
    summary: Summary

    @property
    def begun(self) -> bool:
        return any(row.saved for row in self.rows)


def roster_of(inspection: Inspection) -> RosterView:
    """The roster with what the records know now; a saved line keeps what they knew then. At most twelve queries."""
    people = people_on_roster(inspection)
    ids = [person.pk for person in people]
    saved = {row.employee_id: row for row in inspection.roster.select_related("check_row", "employee")}
    known = whereabouts(inspection.unit.agency, ids, inspection.day)
    posts = main_posts(ids, inspection.day)
    left = [row.employee for row in saved.values() if row.employee_id not in set(ids)]
    rows = [
        _row(person, posts[person.pk].post.title if person.pk in posts else "", known.get(person.pk, UNKNOWN), saved)
        for person in [*people, *left]
    ]
    return RosterView(rows, summary(line_of(row.saved, row.known) for row in rows))


def _row(person: Employee, post: str, known: Whereabouts, saved: dict[int, RosterLine]) -> Row:
    row = saved.get(person.pk)
    if row is not None:
        return Row(person, post, as_known(row), row, row.mark, row.told, row.note)
    away = known.away is not None and not known.punched_at
    return Row(person, post, known, None, Mark.ABSENT if away else "", "", "")


def as_known(row: RosterLine) -> Whereabouts:
    """What the records knew when a line was saved."""
    return Whereabouts(row.punched_at, row.line.recorded, row.recorded_label)


def roster_summary(inspection: Inspection) -> Summary | None:
    """The summary of what was saved, with everybody else of the unit as not marked; None before anything was saved.
    Three queries, one before."""
    saved = {row.employee_id: row.line for row in inspection.roster.all()}
    if not saved:
        return None
    unmarked = [Line(punched=False) for person in people_on_roster(inspection) if person.pk not in saved]
    return summary([*saved.values(), *unmarked])
