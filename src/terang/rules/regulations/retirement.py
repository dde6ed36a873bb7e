"""From which day somebody is retired: birth date and the age of the kind of post, dated (PP 11/2017)."""

from datetime import date

from terang.rules.regulations.source import rule_set
from terang.rules.regulations.words import folded


def retires_on(born: date, kind: str, level: str = "", category: str = "", on: date | None = None) -> date | None:
    """The first day of the month after the age is reached; None for a kind without such an age (elected officials).

    `level` and `category` are those of the post in any usual spelling; of a functional post the highest age counts.
    """
    values = rule_set("retirement", on).values
    if kind not in values["kinds"]:
        return None
    ages = [values["kinds"][kind]]
    if kind == "fungsional":
        ages += [values["levels"].get(folded(level), 0), values["categories"].get(folded(category), 0)]
    year, month = born.year + max(ages) + born.month // 12, born.month % 12 + 1
    return date(year, month, 1)
