"""The roster on the spot: saved as one, what follows from it worked out by the rules. Who has neither punch, record nor
excuse gets a point that waits for the reply, as every finding does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from terang.audit.services import record
from terang.evidence.oversight.access import require_inspector
from terang.evidence.oversight.hooks import whereabouts
from terang.evidence.oversight.models import Inspection, InspectionCheck, RosterLine
from terang.evidence.oversight.roster_words import SLIP, point_of
from terang.evidence.oversight.selectors import people_on_roster
from terang.evidence.oversight.services.points import reply_due_on, take_back, write_point
from terang.evidence.whereabouts import Whereabouts
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.oversight.roster import Away, Line, Mark, outcome
from terang.web.errors import NotAllowed, Stale
from terang.web.numbers import clock

UNKNOWN = Whereabouts()


@dataclass(frozen=True)
class Marked:
    """What the overseer says of one person. `told` only of who is not there for a reason."""

    mark: Mark
    told: Away | None = None
    note: str = ""


def save_roster(
    *,
    actor: Viewer | None,
    inspection: Inspection,
    marks: Mapping[int, Marked],
    version: int,
    seen_at: time | None = None,
) -> list[RosterLine]:
    """Saves what was seen of each person of the unit, by their id, and tells the lines that changed. Who is left out,
    or whose mark, reason and note are as they were, keeps line and finding.

    `seen_at` is when they were looked for: now where it is missing; asked where the day of the visit is past.

    A finding or question that a corrected mark no longer carries is taken back; one that was replied to or decided
    stands, and its line with it. Raises NotAllowed (also for oneself), Stale, ValidationError for a stranger, an
    excuse with no reason, or a new mark on a past day without its time.
    """
    viewer = require_inspector(actor, inspection.unit)
    if viewer.employee.pk in marks:
        raise NotAllowed(gettext("Kehadiran Anda dicatat oleh anggota tim lain."))
    people = {person.pk: person for person in people_on_roster(inspection) if person.pk in marks}
    _require_sense(marks, people)
    with transaction.atomic():
        current = (
            Inspection.objects.select_for_update(of=("self",)).select_related("unit__agency").get(pk=inspection.pk)
        )
        if current.roster_version != version:
            raise Stale(gettext("Daftar hadir ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
        current.roster_version += 1
        current.save(update_fields=["roster_version"])
        with override("id"):
            lines = _Roster(current, viewer, seen_at).save(marks, people)
        record(
            "oversight.roster_saved",
            actor=viewer.user,
            obj=current,
            agency_id=current.unit.agency_id,
            unit_id=current.unit_id,
            changes={"day": current.day, "count": len(lines)},
        )
    return lines


def _require_sense(marks: Mapping[int, Marked], people: Mapping[int, Employee]) -> None:
    if set(marks) - set(people):
        raise ValidationError(gettext("Sebagian orang tidak bekerja di unit itu pada hari kunjungan."))
    for pk, told in marks.items():
        if told.mark == Mark.EXCUSED and told.told is None:
            raise ValidationError({f"told-{pk}": gettext("Pilih alasannya.")})
        if told.told == Away.OTHER and not told.note.strip():
            raise ValidationError({f"note-{pk}": gettext("Tulis alasannya.")})


class _Roster:
    """One saving: the lines there are, what the records know now, and when a reply is due."""

    def __init__(self, inspection: Inspection, viewer: Viewer, seen_at: time | None) -> None:
        self.inspection, self.viewer = inspection, viewer
        self.due_on = reply_due_on(inspection, viewer.today)
        self.seen_at = seen_at
        if seen_at is None and inspection.day == viewer.today:
            here = timezone.now().astimezone(ZoneInfo(inspection.unit.agency.time_zone))
            self.seen_at = here.time().replace(second=0, microsecond=0)

    def save(self, marks: Mapping[int, Marked], people: Mapping[int, Employee]) -> list[RosterLine]:
        there = self.inspection.roster.select_related("check_row__inspection__unit")
        lines = {line.employee_id: line for line in there.filter(employee_id__in=people)}
        changed = {pk: told for pk, told in marks.items() if _changes(lines.get(pk), told)}
        known = self._known(changed)
        return [
            self._saved(lines.get(pk) or RosterLine(inspection=self.inspection, employee=people[pk]), told, known)
            for pk, told in changed.items()
        ]

    def _saved(self, line: RosterLine, told: Marked, known: Mapping[int, Whereabouts]) -> RosterLine:
        line.seen_at = self._time_of(line, told)
        self._fill(line, told, known.get(line.employee_id, UNKNOWN))
        self._follow(line, line.employee)
        line.save()
        return line

    def _time_of(self, line: RosterLine, told: Marked) -> time:
        """Another mark is another look; another reason or note tells more of the same look."""
        if line.pk and (line.mark == told.mark or self.seen_at is None):
            return line.seen_at
        if self.seen_at is None:
            raise ValidationError({"seen_at": gettext("Isi pukul berapa Anda melihatnya.")})
        return self.seen_at

    def _known(self, people: Collection[int]) -> dict[int, Whereabouts]:
        return whereabouts(self.inspection.unit.agency, people, self.inspection.day)

    def _fill(self, line: RosterLine, told: Marked, known: Whereabouts) -> None:
        by_then = known.punched_at <= clock(line.seen_at)
        line.punched_at = known.punched_at if by_then else ""
        line.recorded, line.recorded_label = known.away or "", known.label[:60]
        line.mark, line.told, line.note = _words(told)
        line.outcome = outcome(line.line) or ""

    def _follow(self, line: RosterLine, person: Employee) -> None:
        """A point where one is due; an open one that is due no more, or of another kind, is taken back."""
        wanted = point_of(line, person)
        have = line.check_row
        if have is not None and (wanted is None or have.criterion != wanted.criterion):
            take_back(have, self.viewer, SLIP)
            line.check_row = have = None
        if wanted is not None and have is None:
            line.check_row = write_point(self.inspection, wanted, self.viewer, self.due_on)


def _words(told: Marked) -> tuple[str, str, str]:
    """What is kept of a mark: it, its reason, its note."""
    return told.mark, told.told if told.mark == Mark.EXCUSED and told.told else "", told.note.strip()


def _changes(line: RosterLine | None, told: Marked) -> bool:
    """Whether there is anything to write: a new line, or other words for one that does not stand yet."""
    return line is None or (not is_settled(line.check_row) and (line.mark, line.told, line.note) != _words(told))


def is_settled(check: InspectionCheck | None) -> bool:
    """Whether a point was replied to or decided, so that its line of the roster stands."""
    return check is not None and (not check.is_open or check.replied_at is not None)


def line_of(row: RosterLine | None, known: Whereabouts) -> Line:
    """A person's line for the rules: as saved, or as known before anybody marked them."""
    return row.line if row else Line(punched=bool(known.punched_at), recorded=known.away)
