"""Hours of learning in a year: a right and duty of PNS, limited for PPPK (PP 11/2017 Pasal 203; PP 49/2018)."""

from dataclasses import dataclass
from datetime import date

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set


@dataclass(frozen=True)
class HoursRule:
    """What holds for one status in a year. `least` is missing for PPPK, `most` for PNS. `minutes` are those of one JP;
    from `remind_month` on who is below is reminded."""

    least: int | None
    most: int | None
    minutes: int
    remind_month: int
    article: str
    rule_set: str

    def missing(self, hours: int) -> int:
        """Hours still to be learned; 0 where nothing is asked for or it was reached."""
        return max((self.least or 0) - hours, 0)


def hours_rule(status: str, year: int) -> HoursRule:
    """The rule for "pns" or "pppk" that holds at the end of a year. Raises RuleInputError for another status."""
    found = rule_set("training_hours", date(year, 12, 31))
    by_status = found.values["status"]
    if status not in by_status:
        raise RuleInputError(f"Status “{status}” tidak dikenal.", f"Pilih {', '.join(by_status)}.")
    told = by_status[status]
    return HoursRule(
        told.get("least"),
        told.get("most"),
        found.values["minutes"],
        found.values["remind_month"],
        found.article,
        found.id,
    )
