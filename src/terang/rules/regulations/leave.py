"""Leave of civil servants: kinds, who may take them, and the annual balance (PP 11/2017 Pasal 309–341, Perka BKN
24/2017)."""

from dataclasses import dataclass
from datetime import date

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set
from terang.rules.sentences import Part, Sentence
from terang.rules.sentences import mark as _


@dataclass(frozen=True)
class LeaveKind:
    """A kind of leave. `service_months` is the service it needs, `most_months` the longest time (None: no limit here),
    `counts` says whether working or calendar days are counted."""

    code: str
    label: str
    pppk: bool
    service_months: int
    most_months: int | None
    counts: str


@dataclass(frozen=True)
class Balance:
    """Annual leave of one year in working days."""

    entitled: int
    carried: int
    taken: int

    @property
    def left(self) -> int:
        return max(0, self.entitled + self.carried - self.taken)


def leave_kinds(on: date | None = None) -> dict[str, LeaveKind]:
    """Every kind by its code, in the order of the regulation."""
    rows = rule_set("leave", on).values["kinds"]
    return {
        code: LeaveKind(
            code, row["label"], row["pppk"], row.get("service_months", 0), row.get("most_months"), row["counts"]
        )
        for code, row in rows.items()
    }


def annual_balance(
    *,
    service_months: int,
    taken: int,
    taken_last_year: int | None,
    taken_year_before: int | None,
    postponed: int = 0,
    long_leave: bool = False,
    on: date | None = None,
) -> Balance:
    """Annual leave of a year. A year with None was before service: nothing is carried from it.

    12 days after a year of service; at most 6 unused days of last year are carried, so at most 18; 24 where neither of
    the two years before was used at all. Postponed days are carried in full. Long leave takes the year's annual leave.
    """
    values = rule_set("leave", on).values
    if min(service_months, taken, postponed) < 0:
        raise RuleInputError("Jumlah hari atau bulan tidak boleh kurang dari nol.", "Periksa data cutinya.")
    year = values["annual_days"]
    if service_months < values["annual_after_months"] or long_leave:
        return Balance(0, 0, taken)
    if taken_last_year == 0 and taken_year_before == 0:
        return Balance(year, values["two_years_days"] - year, taken)
    unused = 0 if taken_last_year is None else max(0, year - taken_last_year)
    carried = max(min(values["carry_days"], unused), min(postponed, year))
    return Balance(year, carried, taken)


def refusal(kind: str, *, pppk: bool, service_months: int, on: date | None = None) -> str:
    """Why a person cannot take this kind of leave; empty where they can. Raises RuleInputError for an unknown kind."""
    rule = _known(kind, on)
    words: dict[str, Part] = {"kind": Sentence(rule.label), "years": rule.service_months // 12}
    if pppk and not rule.pppk:
        return Sentence(_("%(kind)s tidak diberikan kepada PPPK."), words)
    if service_months < rule.service_months:
        return Sentence(_("%(kind)s diberikan sesudah %(years)s tahun bekerja terus-menerus."), words)
    return ""


def letter_needed(kind: str, calendar_days: int, on: date | None = None) -> str:
    """The letter that must come with the request; empty where none must. Sick leave needs a doctor's from the first
    day, a government doctor's beyond 14 days."""
    _known(kind, on)
    row = rule_set("leave", on).values["kinds"][kind]
    if calendar_days > row.get("government_doctor_after", calendar_days):
        return Sentence(
            _("Sakit lebih dari %(days)s hari memerlukan surat keterangan dokter pemerintah."),
            {"days": row["government_doctor_after"]},
        )
    if calendar_days >= row.get("letter_from_day", calendar_days + 1):
        return Sentence(_("Cuti sakit memerlukan surat keterangan dokter."))
    return ""


def too_long(kind: str, start: date, end: date, on: date | None = None) -> str:
    """Why leave from `start` to before `end` is longer than this kind may last; empty where it is not."""
    most = _known(kind, on).most_months
    if most is None or end <= _months_later(start, most):
        return ""
    words: dict[str, Part] = {"kind": Sentence(_known(kind, on).label), "months": most}
    return Sentence(_("%(kind)s paling lama %(months)s bulan."), words)


def service_months(joined_on: date, on: date) -> int:
    """Whole months of service on a day, never below zero."""
    months = (on.year - joined_on.year) * 12 + on.month - joined_on.month
    return max(0, months - (on < _months_later(joined_on, months)))


def _known(kind: str, on: date | None) -> LeaveKind:
    known = leave_kinds(on)
    if kind not in known:
        raise RuleInputError(f"Jenis cuti “{kind}” tidak dikenal.", f"Pilih {', '.join(known)}.")
    return known[kind]


def _months_later(day: date, months: int) -> date:
    """The same day some months later; the first of the following month where that month is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)
