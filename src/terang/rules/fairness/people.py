"""What a NIP says about a person: sex and birth date (its structure: `rules.nip`)."""

from datetime import date

from terang.rules.nip import birth_date

SEXES = {"1": "man", "2": "woman"}
YOUNGER, OLDER = 35, 50
"""Years from which the middle and the oldest age band begin; a declared choice."""


def sex_of(nip: str) -> str | None:
    """None where the number does not tell."""
    return SEXES.get(nip[14:15])


def age_band(nip: str, on: date) -> str | None:
    """ "young" below 35, "middle", "old" from 50 on, on the day; None where the number holds no date."""
    born = birth_date(nip)
    if born is None:
        return None
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return "young" if age < YOUNGER else "old" if age >= OLDER else "middle"
