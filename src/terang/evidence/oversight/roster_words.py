"""What a line of the roster says as a point. In Indonesian whatever the language of the screen: it stands for good."""

from terang.evidence.oversight.models import RosterLine
from terang.evidence.oversight.services.points import Seen
from terang.registry.people.models import Employee
from terang.rules.oversight.roster import Outcome
from terang.web.numbers import clock

SLIP = "Daftar hadir diperbaiki pemeriksa."
"""Why a point that rested on a slip is taken back."""


def point_of(line: RosterLine, person: Employee) -> Seen | None:
    """The point that follows from a line; None where nobody is asked anything."""
    at = clock(line.seen_at)
    if line.outcome == Outcome.FINDING:
        note = f"Tidak ada di tempat pukul {at}, tanpa rekaman hadir dan tanpa izin yang tercatat."
        criterion = "Hadir di tempat kerja"
    elif line.outcome == Outcome.QUESTION:
        note = f"Rekaman hadir pukul {line.punched_at}, tetapi tidak terlihat pukul {at}. Di mana Anda saat itu?"
        criterion = "Berada di tempat sesuai rekaman hadir"
    else:
        return None
    return Seen(criterion=criterion, met=False, employee=person, note=" ".join(filter(None, [note, line.note])))
