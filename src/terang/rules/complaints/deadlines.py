"""By when a complaint is verified, answered and finished (`regulations/data/complaints.toml`).

The day of receipt is not counted. Verification and finishing count from the day the file was complete, the first answer
from the day the unit got it, the citizen's time to reply from each answer. A government may set shorter terms, never
longer ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.working_days import Calendar, deadline
from terang.rules.sentences import Sentence

WHOLE_BP = 10_000
CLASSES = ("informasi", "aspirasi", "pelayanan", "pengawasan")


@dataclass(frozen=True)
class Terms:
    """Terms in force on a day. `completion` and `ombudsman` are calendar days, all others working days.

    `verification` until a report is checked and passed on; `first_answer` of the unit; `response` the citizen's time to
    reply to an answer; `completion` the citizen's time to complete a report; `ombudsman` after which the citizen is
    told of the Ombudsman; the last four, by class, until the final answer.
    """

    verification: int
    first_answer: int
    response: int
    completion: int
    ombudsman: int
    informasi: int
    aspirasi: int
    pelayanan: int
    pengawasan: int

    def finish(self, complaint_class: str) -> int:
        """Working days until the final answer. Raises RuleInputError for an unknown class."""
        if complaint_class not in CLASSES:
            raise RuleInputError(
                Sentence("Kelas laporan “%(name)s” tidak dikenal.", {"name": complaint_class}),
                Sentence("Pilih %(known)s.", {"known": ", ".join(CLASSES)}),
            )
        return int(getattr(self, complaint_class))


CITIZENS_OWN = ("response", "completion")
"""Time that belongs to the citizen: here shorter would be worse for the citizen, so that a government may only lengthen
it."""


def national_terms(on: date | None = None) -> Terms:
    """The national terms in force on a day; the newest where no day is given. Raises RuleInputError before the
    first."""
    values = rule_set("complaints", on).values
    return Terms(
        **{each.name: values[each.name] for each in fields(Terms) if each.name not in CLASSES}, **values["finish"]
    )


def local_terms(national: Terms, own: Mapping[str, int | None]) -> Terms:
    """The terms of a government: its own where it set any (None: the national one).

    Raises RuleInputError for a term that is worse for citizens than the national one, below one day, or unknown.
    """
    known = {each.name for each in fields(Terms)}
    chosen = {name: days for name, days in own.items() if days is not None}
    for name, days in chosen.items():
        if name not in known:
            unknown = Sentence("Tenggat “%(name)s” tidak dikenal.", {"name": name})
            raise RuleInputError(unknown, Sentence("Periksa namanya."))
        _require_not_worse(name, days, getattr(national, name))
    return replace(national, **chosen)


def _require_not_worse(name: str, days: int, national: int) -> None:
    if days < 1:
        raise RuleInputError(
            Sentence("Tenggat %(days)s hari tidak mungkin.", {"days": days}), Sentence("Isi sekurang-kurangnya 1 hari.")
        )
    if name in CITIZENS_OWN and days < national:
        raise RuleInputError(
            Sentence("Waktu bagi warga %(days)s hari lebih singkat daripada aturan nasional.", {"days": days}),
            Sentence("Isi %(least)s hari atau lebih.", {"least": national}),
        )
    if name not in CITIZENS_OWN and days > national:
        raise RuleInputError(
            Sentence("Tenggat %(days)s hari lebih lama daripada aturan nasional.", {"days": days}),
            Sentence("Isi 1 sampai %(most)s hari.", {"most": national}),
        )


def verification_due(complete_on: date, terms: Terms, calendar: Calendar) -> date:
    """The last day to check a report and pass it on."""
    return deadline(complete_on, terms.verification, calendar)


def first_answer_due(routed_on: date, terms: Terms, calendar: Calendar) -> date:
    """The last day for the unit's first answer."""
    return deadline(routed_on, terms.first_answer, calendar)


def finish_due(complete_on: date, complaint_class: str, terms: Terms, calendar: Calendar) -> date:
    """The last day for the final answer."""
    return deadline(complete_on, terms.finish(complaint_class), calendar)


def response_due(answered_on: date, terms: Terms, calendar: Calendar) -> date:
    """The last day on which the citizen can reply before silence closes."""
    return deadline(answered_on, terms.response, calendar)


def completion_due(asked_on: date, terms: Terms) -> date:
    """The last day on which the citizen can complete the report."""
    return asked_on + timedelta(days=terms.completion)


def ombudsman_on(complete_on: date, terms: Terms) -> date:
    """The day after which an open complaint may go to the Ombudsman, and its citizen is told so."""
    return complete_on + timedelta(days=terms.ombudsman)


def reminders(start: date, due: date, calendar: Calendar, on: date | None = None) -> tuple[date, ...]:
    """The days to remind on: three quarters and nine tenths of the working days from `start` (not counted) to `due`,
    rounded up to a whole day (here is that rounding's home), in order and without doubles."""
    days = calendar.working_days(start + timedelta(days=1), due)
    if days < 1:
        return (due,)
    shares = rule_set("complaints", on).values["reminders_bp"]
    counted = sorted({-(-days * share // WHOLE_BP) for share in shares})
    return tuple(deadline(start, number, calendar) for number in counted)
