"""Key indicators of the government with their figures; everybody of the government may read them."""

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Query, Router

from terang.interchange.api.paging import page_of_list
from terang.interchange.api.scopes import MEASURES
from terang.interchange.api.shapes import (
    LARGEST,
    Coded,
    Day,
    MeasureOut,
    MeasurePage,
    Paged,
    coded,
    is_known,
    named,
    worded,
)
from terang.interchange.api.tokens import Token, viewer_of
from terang.planning.goals.models import Goal
from terang.planning.goals.selectors import goals_on, standings_of
from terang.planning.goals.standing import Standing
from terang.planning.measuring import Direction
from terang.rules.sentences import mark as _

router = Router(tags=["ukuran"])


class MeasuresAsked(Paged):
    unit: int | None = Field(None, ge=1, le=LARGEST, description=_("Hanya sasaran unit ini."))
    goal: int | None = Field(None, ge=1, le=LARGEST, description=_("Hanya sasaran ini."))
    on: Day | None = Field(
        None,
        description=_("Keadaan pada hari ini; tanpa ini hari berjalan."),
    )


class Row:
    """A standing with the number of its indicator."""

    def __init__(self, told: Standing) -> None:
        self.told, self.pk = told, told.indicator.pk


@router.get(
    "measures",
    url_name="measures",
    operation_id="measures",
    response=MeasurePage,
    auth=Token(MEASURES),
    summary=_("Indikator kinerja utama dengan capaian dan targetnya"),
)
def measures(request: HttpRequest, asked: Query[MeasuresAsked]) -> MeasurePage:
    viewer = viewer_of(request)
    on = asked.on or viewer.today
    goals = goals_on(viewer.agency_id, on) if is_known(on) else Goal.objects.none()
    if asked.unit is not None:
        goals = goals.filter(unit_id=asked.unit)
    if asked.goal is not None:
        goals = goals.filter(pk=asked.goal)
    rows = [Row(told) for told in standings_of(list(goals), on)]
    found, following = page_of_list(request, asked, rows)
    return MeasurePage(on=on, items=[_measure(row.told) for row in found], next=following)


def _measure(told: Standing) -> MeasureOut:
    each = told.indicator
    return MeasureOut(
        id=each.pk,
        text=each.text,
        goal=worded(each.goal),
        unit=named(each.goal.unit),
        unit_label=each.unit_label,
        direction=coded(Direction(each.direction)),
        outcome=each.outcome,
        measure=each.measure or None,
        value_milli=told.milli,
        value_day=told.day,
        target_milli=told.target.target_milli if told.target else None,
        due_milli=told.due.milli if told.due else None,
        state=Coded(code=told.state.name.lower(), text=told.state.word),
        page=reverse("goals:goal", args=[each.goal_id]),
    )
