"""How often the fairness lens points at something: in made-up governments whose appraisers all rate alike, and in ones
where one appraiser, or everybody towards one group, does not.

Teams of ten, some better than others; evidence with noise; women's evidence lies lower in truth, a little or (`apart`)
much, so that a raw gap is there and no bias. A rating is evidence plus the appraiser's own noise against two
thresholds. Bias: *severe*, an appraiser takes a level off a rating with this chance; *halo*, gives behaviour the rating
of work; *same*, gives all results of a person the rating of the first; *central*, gives both ratings the middle;
*recent*, sees the last weeks with this weight; *women*, everybody takes a level off a woman's rating with this chance.

    python benchmarks/fairness.py 300
"""

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from terang.rules.fairness.groups import look_at_groups
from terang.rules.fairness.model import Lens, Rated
from terang.rules.fairness.raters import look_at_raters
from terang.rules.fairness.shares import Share

TITLE = "Lensa keadilan: seberapa sering ia menunjuk tanpa sebab, dan menemukan bias yang sengaja ditanam"
SIZES = (150,)
QUICK = (20,)
COLUMNS = {
    "case": "pemerintah buatan",
    "effect": "besar bias",
    "people": "pegawai",
    "team": "orang per penilai",
    "apart": "bukti perempuan lebih rendah, ribu basis poin",
    "runs": "pemerintah yang dicoba",
    "found": "bias yang ditanam ditemukan",
    "found_95": "selang 95 %",
    "false_rater": "ada penilai lain yang ditunjuk",
    "false_rater_95": "selang 95 %",
    "false_group": "ada kelompok tak bersalah yang ditunjuk",
    "false_group_95": "selang 95 %",
    "seconds": "satu pemerintah, detik",
}
LOW, HIGH, MIDDLE, SCALE, NOISE, RECENT = 6500, 8500, 7500, 1000, 500, 900
RESULTS = 3
"""Results of each person, rated one by one."""
CLEAN_MORE = 5
"""A rate of a few per cent needs more governments to be seen."""
BIASED = 1
"""The appraiser who rates differently, where one does."""


@dataclass(frozen=True)
class Case:
    """A made-up government."""

    name: str
    effect: float = 0.0
    people: int = 500
    team: int = 10
    apart: float = 0.1
    """How much lower women's evidence lies in truth, in thousands of basis points."""


CASES = (
    Case("clean"),
    Case("clean", people=2000),
    Case("clean", team=5),
    *(Case("clean", people=people, apart=apart) for people in (30, 60) for apart in (0.1, 1.0)),
    Case("clean", apart=1.0),
    *(Case("severe", effect) for effect in (0.25, 0.5, 0.75, 1.0)),
    *(Case("severe", effect, team=25) for effect in (0.25, 0.5, 0.75)),
    Case("severe", 1.0, people=40),
    *(Case("halo", effect, team=25) for effect in (0.5, 1.0)),
    *(Case("same", effect, team=25) for effect in (0.5, 1.0)),
    *(Case("central", effect, team=25) for effect in (0.5, 1.0)),
    *(Case("recent", effect, team=25) for effect in (0.5, 1.0)),
    *(Case("women", effect, people) for people in (200, 500, 2000) for effect in (0.05, 0.1, 0.2)),
    *(Case("women", 0.5, people, apart=apart) for people in (30, 60) for apart in (0.1, 1.0)),
)
LOOKED_FOR = {"severe": "severity", "halo": "halo", "same": "same", "central": "central", "recent": "recency"}


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row a case; a size is how many governments are made of each, more of those where all rate alike."""
    return [measured(case, runs * (1 if case.effect else CLEAN_MORE)) for runs in sizes for case in CASES]


def measured(case: Case, runs: int, seed: int = 2026) -> dict[str, Any]:
    """How often what was planted is found, and anything else pointed at, each with its Wilson interval."""
    begun, found, raters, groups = time.perf_counter(), 0, 0, 0
    for number in range(runs):
        told = _told(case, Random(f"{seed}:{case}:{number}"))  # noqa: S311 (made-up people)
        found, raters, groups = found + told[0], raters + told[1], groups + told[2]
    took = (time.perf_counter() - begun) / runs
    row: dict[str, Any] = {"case": case.name, "effect": case.effect, "people": case.people, "team": case.team}
    row["apart"] = case.apart
    row["runs"] = runs
    for name, count in (("found", found), ("false_rater", raters), ("false_group", groups)):
        share = Share(count, runs)
        row[name] = round(share.value, 3)
        row[f"{name}_95"] = "–".join(f"{each:.3f}" for each in share.interval)
    return row | {"seconds": round(took, 2)}


def _told(case: Case, dice: Random) -> tuple[bool, bool, bool]:
    """Found what was planted; another appraiser pointed at; a group pointed at that nobody treats differently."""
    rated, lens = list(people_of(case, dice)), Lens()
    pointed = {
        (each.rater, each.pattern.value)
        for line in look_at_raters(rated, lens)
        for each in line.findings
        if each.is_pointed_at
    }
    groups = {line.dimension for line in look_at_groups(rated, lens) if line.is_pointed_at}
    planted = case.name in LOOKED_FOR
    found = (BIASED, LOOKED_FOR[case.name]) in pointed if planted else case.name == "women" and "sex" in groups
    others = {rater for rater, _pattern in pointed} - ({BIASED} if planted else set())
    return found, bool(others), bool(groups - ({"sex"} if case.name == "women" else set()))


def people_of(case: Case, dice: Random) -> Iterator[Rated]:
    """Everybody of a made-up government, rated."""
    better = [dice.gauss(0, 0.4) for _ in range(case.people // case.team)]
    for key in range(case.people):
        rater = key // case.team
        yield _person(case, dice, key, rater, better[rater])


def _person(case: Case, dice: Random, key: int, rater: int, better: float) -> Rated:
    sex = dice.choice(("woman", "man"))
    skill = dice.gauss(better - (case.apart if sex == "woman" else 0), 0.8)
    work, behaviour = (round(MIDDLE + SCALE * (skill + dice.gauss(0, 0.5))) for _ in range(2))
    recent = round((work + behaviour) / 2 + dice.gauss(0, RECENT))
    drift = case.effect * (recent - (work + behaviour) / 2) if case.name == "recent" and rater == BIASED else 0
    given = [_level(each + drift + dice.gauss(0, NOISE)) for each in (work, behaviour)]
    marks = _biased(case, dice, rater, sex, given)
    groups = {"sex": sex, "age": dice.choice(("<35", "35-49", "50+")), "status": dice.choice(("pns", "pppk"))}
    groups["place"] = "remote" if dice.random() < 0.15 else "town"
    high = marks[0] == marks[1] == 2
    results = [_level(work + dice.gauss(0, SCALE)) for _ in range(RESULTS)]
    alike = len(set(results)) == 1 or (case.name == "same" and rater == BIASED and dice.random() < case.effect)
    suggested = (_level(work), _level(behaviour))
    return Rated(key, rater, *marks, *suggested, work, behaviour, recent, high, groups, RESULTS, alike)


def _level(score: float) -> int:
    return (score >= LOW) + (score >= HIGH)


def _biased(case: Case, dice: Random, rater: int, sex: str, given: list[int]) -> list[int]:
    struck = [dice.random() < case.effect for _ in given]
    if (case.name == "women" and sex == "woman") or (case.name == "severe" and rater == BIASED):
        return [max(0, mark - hit) for mark, hit in zip(given, struck, strict=True)]
    if rater == BIASED and struck[0]:
        return {"halo": [given[0], given[0]], "central": [1, 1]}.get(case.name, given)
    return given


if __name__ == "__main__":
    for row in run([int(each) for each in sys.argv[1:]] or SIZES):
        print(row, flush=True)
