"""By when a failure of protection of personal data is told, to whom, and with what (UU 27/2022 Pasal 46).

Hours are counted, not days: Saturdays, Sundays and holidays count too. The clock begins when the government knew.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from terang.rules.regulations.source import rule_set


def notice_due(known_at: datetime) -> datetime:
    """The last moment to tell, inclusive, in UTC. `known_at` is aware. Raises RuleInputError before the law.

    The rule is that of the day in UTC.
    """
    known = known_at.astimezone(UTC)
    values = rule_set("breach", known.date()).values
    return known + timedelta(hours=values["days"] * values["hours_per_day"])


def required_recipients(on: date | None = None) -> tuple[str, ...]:
    """Who must be told in writing: `subjek` (the persons concerned) and `lembaga` (the authority)."""
    return tuple(rule_set("breach", on).values["recipients"])


def missing_parts(told: Collection[str], on: date | None = None) -> tuple[str, ...]:
    """What a notice must still say, in the order of the law: `data` (what was exposed), `when`, `how`, `measures`
    (handling and recovery). `told` holds the parts it says already."""
    return tuple(part for part in rule_set("breach", on).values["parts"] if part not in told)


def is_late(done_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    """Whether something came after its last moment, or has not come though that has passed."""
    return (done_at or now) > due_at
