"""The clocks of evaluation, reporting and objection (PermenPANRB 6/2022 Pasal 27–29, Lampiran V p. 114–119)."""

from dataclasses import dataclass
from datetime import date

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.working_days import Calendar, deadline


@dataclass(frozen=True)
class ObjectionCheck:
    """Whether an objection may go ahead. `last_day` is missing where the result is final, `decision_due` if refused."""

    accepted: bool
    last_day: date | None
    decision_due: date | None
    reason: str


def due_date(clock: str, start: date, calendar: Calendar, on: date | None = None) -> date:
    """The last day of a clock: deliver, return, report, superior_signs, superior_delivers, superior_return, objection
    or decision. `start` is the day of the event that starts it. Raises RuleInputError for another code."""
    clocks = rule_set("clocks", on or start).values["clocks"]
    if clock not in clocks:
        raise RuleInputError(f"Tenggat “{clock}” tidak dikenal.", f"Pilih {', '.join(clocks)}.")
    return deadline(start, clocks[clock]["days"], calendar)


def annual_window_end(evaluated_year: int, on: date | None = None) -> date:
    """Last day on which the annual evaluation of a year may be made (Lampiran IV.A.8 p. 90)."""
    window = rule_set("clocks", on).values["annual_window"]
    return date(evaluated_year + 1, window["to_month"], window["to_day"])


def check_objection(
    received: date, filed: date, calendar: Calendar, *, final_result: str | None = None, on: date | None = None
) -> ObjectionCheck:
    """Whether an objection is open and in time, and by when the appraiser's superior must decide.

    `received` is the day the employee got the document. `final_result` is the code of a result the regulation calls
    final. Raises RuleInputError where it was filed before the document was received.
    """
    if final_result is not None:
        return ObjectionCheck(False, None, None, _final_reason(final_result, on or received))
    if filed < received:
        raise RuleInputError(
            f"Keberatan tertanggal {filed.isoformat()}, sebelum dokumen diterima ({received.isoformat()}).",
            "Periksa kedua tanggal.",
        )
    last_day = due_date("objection", received, calendar, on)
    if filed > last_day:
        return ObjectionCheck(False, last_day, None, f"Terlambat: hari terakhir {last_day.isoformat()}.")
    decision_due = due_date("decision", filed, calendar, on)
    return ObjectionCheck(True, last_day, decision_due, f"Diterima: hari terakhir {last_day.isoformat()}.")


def _final_reason(code: str, on: date) -> str:
    known = {each["code"]: each for each in rule_set("clocks", on).values["final_results"]}
    if code not in known:
        raise RuleInputError(f"Alasan final “{code}” tidak dikenal.", f"Pilih {', '.join(known)}.")
    return f"Hasil bersifat final: {known[code]['label']} ({known[code]['article']})."
