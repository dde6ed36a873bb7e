"""What the lens reads, and the numbers it is held to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LEVELS = {"below": 0, "meets": 1, "above": 2}
"""A rating as a level, so that a difference can be told in levels."""


@dataclass(frozen=True)
class Lens:
    """What the lens is held to; a declared choice of this software, no regulation names one.

    `false_alarm_rate` is the highest chance that a government whose ratings were all given with the same measure sees
    anything at all in one of the two parts (appraisers; groups). `least_rated` people with evidence make an appraiser
    looked at, `least_group` on each side make a group looked at: smaller ones show no figure, for people could be
    recognised. A group is compared only where at least `least_overlap` people of each side lie where the evidence of
    both sides does: elsewhere nobody is alike. An effect below `least_levels` (a rating has three levels) is never
    pointed at, however sure it is.
    """

    false_alarm_rate: float = 0.05
    least_rated: int = 5
    least_group: int = 10
    least_overlap: int = 5
    least_levels: float = 0.05

    @property
    def in_hundred(self) -> int:
        """The declared rate, in a hundred governments."""
        return round(self.false_alarm_rate * 100)


@dataclass(frozen=True)
class Rated:
    """One decided appraisal beside its evidence.

    `work` and `behaviour` are levels 0–2, `suggested_*` the levels evidence suggested. `work_bp`, `behaviour_bp` are
    the evidence of the whole period and `recent_bp` the mean of its last weeks (of the same parts), in basis points.
    Any of them is None where evidence was too thin: such a rating is not compared, a person with neither is only
    counted. `is_high` is the highest predicate. `groups` maps a dimension to the person's group; an unknown one is
    left out. `items` is how many results were rated one by one, `are_items_alike` whether all of them got the same.
    """

    key: int
    rater: int
    work: int
    behaviour: int
    suggested_work: int | None = None
    suggested_behaviour: int | None = None
    work_bp: int | None = None
    behaviour_bp: int | None = None
    recent_bp: int | None = None
    is_high: bool = False
    groups: Mapping[str, str] = field(default_factory=dict)
    items: int = 0
    are_items_alike: bool = False

    @property
    def parts(self) -> tuple[bool, bool]:
        """Of which of the two ratings evidence is known: only that part is compared, with people of the same parts."""
        return (
            self.suggested_work is not None and self.work_bp is not None,
            self.suggested_behaviour is not None and self.behaviour_bp is not None,
        )

    @property
    def has_evidence(self) -> bool:
        return any(self.parts)

    @property
    def knows_both(self) -> bool:
        return all(self.parts)

    @property
    def levels(self) -> int:
        """The ratings with evidence together, 0–4; a single one counts twice, so that halves are levels per rating."""
        return self._together(self.work, self.behaviour)

    @property
    def whole_bp2(self) -> int:
        """Twice the mean evidence of the whole period, so that it stays whole. Only for who has evidence."""
        return self._together(self.work_bp, self.behaviour_bp)

    @property
    def distance(self) -> int:
        """How far the ratings lie from what evidence suggested, in levels as `levels` counts them."""
        return self._together(
            abs(self.work - (self.suggested_work or 0)), abs(self.behaviour - (self.suggested_behaviour or 0))
        )

    @property
    def is_middle(self) -> bool:
        """Whether every rating with evidence is the middle one."""
        return all(mark == 1 for mark, known in zip((self.work, self.behaviour), self.parts, strict=True) if known)

    def _together(self, work: int | None, behaviour: int | None) -> int:
        known = [value or 0 for value, there in zip((work, behaviour), self.parts, strict=True) if there]
        return sum(known) * (3 - len(known)) if known else 0
