"""A policy tried on kept evidence beside the one that was in force: who moves, where, and what it would come to.

Both sides are scored by the same rules as every official score (`kept.scored`); here they are only laid side by side
and counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Literal

import narwhals as nw
import polars as pl

from terang.engine.errors import EvidenceError
from terang.engine.kept import GROUP_COLUMNS, groups_of, scored
from terang.rules.assumed_pay import AssumedPay, paid_idr, paid_share_bp
from terang.rules.policies import Policy

RATINGS = ("above", "meets", "below", "none")
"""Suggested ratings, best first; "none" where there is too little evidence."""
STANDINGS = ("at", "below", "none")
"""At or above the standard, below it, or without a total."""
BIN_BP = 1_000
BINS = 13
"""Totals from 0 to 120 in steps of ten; 120 itself stands alone in the last."""

Movement = Literal["up", "down", "appeared", "vanished", "fell", "rose"]
MOVEMENTS: tuple[Movement, ...] = ("up", "down", "fell", "rose", "appeared", "vanished")


@dataclass(frozen=True)
class Tally:
    """Counts over some people, before and after. Adding two gives the counts over both.

    `up`, `down`: the suggested work-result rating is higher or lower than before; `appeared`, `vanished`: there is one
    now, or none any more; `stayed`: the rest, so that the five add up to `people`. `fell`, `rose`: below the standard
    now, or not any more. `better`, `worse`: the total is higher or lower. Sums of totals in basis points over the
    `known` people who have one; money in whole rupiah, zero without an assumption.
    """

    people: int = 0
    up: int = 0
    down: int = 0
    appeared: int = 0
    vanished: int = 0
    stayed: int = 0
    fell: int = 0
    rose: int = 0
    better: int = 0
    worse: int = 0
    below_before: int = 0
    below_after: int = 0
    known_before: int = 0
    known_after: int = 0
    sum_before: int = 0
    sum_after: int = 0
    paid_before: int = 0
    paid_after: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def moved(self) -> int:
        """People whose suggested work-result rating is another one."""
        return self.people - self.stayed

    @property
    def mean_before_bp(self) -> int | None:
        return _mean(self.sum_before, self.known_before)

    @property
    def mean_after_bp(self) -> int | None:
        return _mean(self.sum_after, self.known_after)

    @property
    def paid_saved(self) -> int:
        return self.paid_before - self.paid_after

    @property
    def paid_change(self) -> int:
        return self.paid_after - self.paid_before


def _mean(total: int, count: int) -> int | None:
    """Named rounding "half up"; missing of nobody."""
    return (2 * total + count) // (2 * count) if count else None


_COUNTS = tuple(each.name for each in fields(Tally))


@dataclass(frozen=True)
class Move:
    """One person before and after; ratings and totals as in `TOTALS`."""

    employee_id: int
    unit_id: int
    total_before: int | None
    total_after: int | None
    work_before: str
    work_after: str
    behaviour_before: str
    behaviour_after: str
    below_before: bool
    below_after: bool
    paid_before: int
    paid_after: int


_MOVE = tuple(each.name for each in fields(Move))


@dataclass(frozen=True)
class Comparison:
    """Two policies on the same evidence. Everything is counted from one table with one row per employee."""

    people: pl.DataFrame

    @cached_property
    def whole(self) -> Tally:
        return next(iter(self._tallies(()).values()), Tally())

    def by_unit(self) -> dict[int, Tally]:
        """Counts by unit."""
        return {int(key[0]): tally for key, tally in self._tallies(("unit_id",)).items()}

    def by(self, column: str) -> dict[str, Tally]:
        """Counts by one of `GROUP_COLUMNS`, in the order of the codes."""
        return {str(key[0]): tally for key, tally in sorted(self._tallies((column,)).items())}

    def histogram(self) -> list[tuple[int, int]]:
        """How many have a total in each class of ten, before and after; `BINS` classes from zero."""
        before, after = (self._bins(name) for name in ("total_before", "total_after"))
        return [(before.get(number, 0), after.get(number, 0)) for number in range(BINS)]

    def crossed(self, what: Literal["work", "behaviour"]) -> dict[tuple[str, str], int]:
        """How many had one suggested rating before and have another, or the same, after."""
        rows = self.people.group_by(f"{what}_before", f"{what}_after").len().iter_rows()
        return {(before, after): count for before, after, count in rows}

    def moves(self, movement: Movement | None = None, units: Sequence[int] | None = None) -> Iterator[Move]:
        """The people of a movement (everybody where None), largest change of the total first."""
        rows = self.people if movement is None else self.people.filter(pl.col(movement))
        if units is not None:
            rows = rows.filter(pl.col("unit_id").is_in(list(units)))
        change = (pl.col("total_after").fill_null(0) - pl.col("total_before").fill_null(0)).abs()
        return (Move(*row) for row in rows.sort([-change, "employee_id"]).select(_MOVE).iter_rows())

    def _tallies(self, keys: tuple[str, ...]) -> Mapping[tuple[int | str, ...], Tally]:
        counted = [
            pl.len().cast(pl.Int64).alias("people"),
            *(pl.col(name).sum().cast(pl.Int64) for name in _COUNTS[1:]),
        ]
        rows = self.people.group_by(keys).agg(counted) if keys else self.people.select(counted)
        return {row[: len(keys)]: Tally(*row[len(keys) :]) for row in rows.iter_rows()}

    def _bins(self, name: str) -> dict[int, int]:
        known = self.people.select((pl.col(name) // BIN_BP).clip(0, BINS - 1).alias("bin")).drop_nulls()
        return dict(known.group_by("bin").len().iter_rows())


def compare(folder: Path, before: Policy, after: Policy, ruleset: str, pay: AssumedPay | None = None) -> Comparison:
    """Everybody kept in the folder under both policies. Without an assumption there is no money: all zero.

    Raises `EvidenceError` where the folder is not whole.
    """
    old, new, groups = scored(folder, before, ruleset), scored(folder, after, ruleset), groups_of(folder)
    if not old["employee_id"].equals(groups["employee_id"]):
        raise EvidenceError(["groups: daftar orangnya bukan daftar people."])
    table = pl.concat(
        [
            old.select("employee_id", "unit_id", *_side(old, "before")),
            new.select(_side(new, "after")),
            groups.select(GROUP_COLUMNS),
        ],
        how="horizontal",
    )
    frame = nw.from_native(table).with_columns(**_paid(pay, "before"), **_paid(pay, "after"))
    return Comparison(frame.to_native().with_columns(_counts()))


def _side(totals: pl.DataFrame, side: str) -> list[pl.Expr]:
    named = {"total": "total_bp", "work": "work_result", "behaviour": "behaviour", "below": "below_standard"}
    return [pl.col(column).alias(f"{name}_{side}") for name, column in named.items()]


def _paid(pay: AssumedPay | None, side: str) -> dict[str, nw.Expr]:
    if pay is None:
        return {f"paid_{side}": nw.lit(0, nw.Int64)}
    share = paid_share_bp(pay, f"total_{side}", f"work_{side}")
    return {f"paid_{side}": paid_idr(pay, share)}


def _counts() -> list[pl.Expr]:
    """One column for each count of `Tally` that is not there yet: true, or the amount, for who counts."""
    before, after = (_rank(f"work_{side}") for side in ("before", "after"))
    was, now = pl.col("total_before"), pl.col("total_after")
    below_was, below_now = pl.col("below_before"), pl.col("below_after")
    up, down = (after > before).fill_null(False), (after < before).fill_null(False)
    appeared, vanished = before.is_null() & after.is_not_null(), before.is_not_null() & after.is_null()
    return [
        up.alias("up"),
        down.alias("down"),
        appeared.alias("appeared"),
        vanished.alias("vanished"),
        (~(up | down | appeared | vanished)).alias("stayed"),
        (below_now & ~below_was).alias("fell"),
        (below_was & ~below_now).alias("rose"),
        (now > was).fill_null(False).alias("better"),
        (now < was).fill_null(False).alias("worse"),
        was.is_not_null().alias("known_before"),
        now.is_not_null().alias("known_after"),
        was.fill_null(0).alias("sum_before"),
        now.fill_null(0).alias("sum_after"),
    ]


def _rank(column: str) -> pl.Expr:
    """Higher is better; missing where there is no rating."""
    ranks = {"above": 2, "meets": 1, "below": 0}
    return pl.col(column).replace_strict(ranks, default=None, return_dtype=pl.Int8)
