"""Leave of civil servants: kinds, who may take them, and the annual balance (PP 11/2017 Pasal 309–341, Perka BKN
24/2017)."""

from dataclasses import dataclass
from datetime import date

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set


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
    known = leave_kinds(on)
    if kind not in known:
        raise RuleInputError(f"Jenis cuti “{kind}” tidak dikenal.", f"Pilih {', '.join(known)}.")
    rule = known[kind]
    if pppk and not rule.pppk:
        return f"{rule.label} tidak diberikan kepada PPPK."
    if service_months < rule.service_months:
        return f"{rule.label} diberikan sesudah {rule.service_months // 12} tahun bekerja terus-menerus."
    return ""
