"""Makes what a government wants to reach: its goals with their course, what was reported, and the signed agreements."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from terang.demo.blueprint import FOLDER
from terang.demo.scene import Person, Scene
from terang.planning.goals.models import Agreement, AgreementItem, AgreementState, ChangeCause, KeyIndicator
from terang.planning.goals.services.filling import GoalRow, IndicatorRow, ReadingRow, TargetRow, fill_goals
from terang.planning.goals.standing import QUARTER_ENDS

YEARS = 5
RENEWED = "licensing"
"""The unit whose agreement was changed in the middle of the year."""
FIRST_SIGNED, RENEWED_ON = (1, 15), (7, 1)


@dataclass(frozen=True)
class Aim:
    """A key indicator as the demo's plans need it: its unit's key, its goal, and how its value moves in the year.

    Milli-units; `now_milli` is missing where a measure gives the value.
    """

    unit: str
    goal: str
    parent: str
    text: str
    indicator: KeyIndicator
    baseline_milli: int | None
    target_milli: int
    target_max_milli: int | None
    now_milli: int | None

    def value(self, part: float) -> int | None:
        """The value when `part` (0 to 1) of the time from the year's start until today has passed."""
        if self.now_milli is None or self.baseline_milli is None:
            return self.now_milli
        return _between(self.baseline_milli, self.now_milli, part)


@cache
def _goals(code: str) -> list[dict[str, Any]]:
    text = (FOLDER / "goals" / f"{code}.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text, parse_float=Decimal)["goals"])


def strive(scene: Scene) -> list[Aim]:
    """Goals of five years from this one on, with targets, readings until today, and this year's signed agreements."""
    rows = _goals(scene.code)
    fill_goals(agency=scene.agency, rows=[_goal_row(scene, row) for row in rows])
    known = KeyIndicator.objects.filter(goal__agency=scene.agency).select_related("goal")
    found = {(each.goal.code, each.number): each for each in known}
    aims = [
        _aim(row, each, found[row["code"], number]) for row in rows for number, each in enumerate(row["indicators"], 1)
    ]
    scene.goal_codes = {aim.indicator.pk: aim.goal for aim in aims}
    _sign(scene, aims)
    return aims


def _goal_row(scene: Scene, row: dict[str, Any]) -> GoalRow:
    year = scene.today.year
    head = scene.head_of(row["unit"])
    return GoalRow(
        code=row["code"],
        kind=row["kind"],
        text=row["text"],
        unit_id=scene.units[row["unit"]].pk,
        year_start=year,
        year_end=year + YEARS - 1,
        parent_code=row.get("parent", ""),
        source=f"{_document(row)} {year}–{year + YEARS - 1}",
        indicators=[_indicator_row(scene, head, each) for each in row["indicators"]],
    )


def _document(row: dict[str, Any]) -> str:
    return "RPJMD" if row["kind"] in ("tujuan", "sasaran") else "Renstra"


def _indicator_row(scene: Scene, head: Person | None, row: dict[str, Any]) -> IndicatorRow:
    year, base, goal = scene.today.year, _milli(row.get("baseline")), _must(row["target"])
    names = ("text", "direction", "outcome", "perspective", "formula", "measure", "source")
    return IndicatorRow(
        **{name: row[name] for name in names if name in row},
        unit_label=row["unit"],
        baseline_milli=base,
        baseline_year=None if base is None else year - 1,
        responsible_id=head.place.pk if head and head.place else None,
        targets={
            year: TargetRow(goal, _quarters(row, base, goal), _milli(row.get("target_max"))),
            year + 1: TargetRow(_later(row, base, goal), target_max_milli=_milli(row.get("target_max"))),
        },
        readings=_readings(scene, head, row, base),
    )


def _quarters(
    row: dict[str, Any], base: int | None, goal: int
) -> tuple[int | None, int | None, int | None, int | None]:
    if base is None or row.get("direction") == "range":
        return (None, None, None, None)
    first, second, third = (_between(base, goal, number / 4) for number in (1, 2, 3))
    return (first, second, third, goal)


def _later(row: dict[str, Any], base: int | None, goal: int) -> int:
    """Next year's target: on by two fifths of this year's step, and never beyond the whole."""
    if base is None:
        return goal
    more = _between(base, goal, 1.4)
    return min(more, 100_000) if row["unit"] == "%" else more


def _readings(scene: Scene, head: Person | None, row: dict[str, Any], base: int | None) -> list[ReadingRow]:
    """A value for every quarter that has ended, and the latest one a week ago."""
    if "now" not in row:
        return []
    now, start = _must(row["now"]), date(scene.today.year, 1, 1)
    last = scene.today - timedelta(days=7)
    days = [day for ends in QUARTER_ENDS if (day := date(start.year, *ends)) < last]
    days = [*days, last] if last >= start else days
    reporter = head.employee.pk if head else None
    whole = max(1, (last - start).days)
    return [
        ReadingRow(
            day=day,
            value_milli=now if base is None else _between(base, now, (day - start).days / whole),
            source=f"Laporan {row['source']}"[:200],
            reported_by_id=reporter,
        )
        for day in days
    ]


def _aim(goal: dict[str, Any], row: dict[str, Any], indicator: KeyIndicator) -> Aim:
    return Aim(
        unit=goal["unit"],
        goal=goal["code"],
        parent=goal.get("parent", ""),
        text=goal["text"],
        indicator=indicator,
        baseline_milli=indicator.baseline_milli,
        target_milli=_must(row["target"]),
        target_max_milli=_milli(row.get("target_max")),
        now_milli=_milli(row.get("now")),
    )


def _sign(scene: Scene, aims: list[Aim]) -> None:
    """The agreements of the year, signed in January by who leads each unit; one was changed in July. Two statements,
    where `services.record_signing` asks for each who leads whom."""
    year = scene.today.year
    signing, renewal = date(year, *FIRST_SIGNED), date(year, *RENEWED_ON)
    if signing > scene.today:
        return
    made: list[tuple[Agreement, str, float]] = []
    for key in dict.fromkeys(aim.unit for aim in aims):
        first, changed = _agreement(scene, key, signing), key == RENEWED and renewal <= scene.today
        made.append((first, key, 0.7 if changed else 1.0))
        if changed:
            first.state = AgreementState.REPLACED
            made.append((_renewed(_agreement(scene, key, renewal)), key, 1.0))
    Agreement.objects.bulk_create([agreement for agreement, _key, _part in made])
    AgreementItem.objects.bulk_create(
        _item(agreement, aim, part) for agreement, key, part in made for aim in aims if aim.unit == key
    )


def _agreement(scene: Scene, key: str, on: date) -> Agreement:
    head = scene.people[f"{key}/head"]
    above = scene.appraiser_of(head)
    return Agreement(
        unit=scene.units[key],
        year=on.year,
        giver=head.employee,
        giver_title=f"{head.post.title}, {head.unit.name}",
        taker=above.employee if above else None,
        taker_title=f"{above.post.title}, {above.unit.name}" if above else "",
        signed_on=on,
        document=f"PK/{key.upper()}/{on.year}",
    )


def _renewed(agreement: Agreement) -> Agreement:
    agreement.number, agreement.cause = 2, ChangeCause.STRATEGY
    agreement.document += "/P1"
    agreement.reason = "Perizinan berpindah ke sistem daring sejak April, sehingga target dinaikkan."
    return agreement


def _item(agreement: Agreement, aim: Aim, part: float) -> AgreementItem:
    """What is promised: today's target, or `part` of the way to it where the agreement was changed later."""
    start = aim.target_milli if aim.baseline_milli is None else aim.baseline_milli
    return AgreementItem(
        agreement=agreement,
        indicator=aim.indicator,
        goal_text=aim.text,
        text=aim.indicator.text,
        unit_label=aim.indicator.unit_label,
        target_milli=aim.target_milli if part == 1.0 else _between(start, aim.target_milli, part),
        target_max_milli=aim.target_max_milli,
    )


def _between(start: int, end: int, part: float) -> int:
    """A point on the way, to a tenth of a unit."""
    return round((start + (end - start) * part) / 100) * 100


def _milli(value: Any) -> int | None:
    return None if value is None else int(Decimal(value) * 1000)


def _must(value: Any) -> int:
    return int(Decimal(value) * 1000)
