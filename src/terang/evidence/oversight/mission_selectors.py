"""Questions about missions. What is told depends on who asks (`mission_access`)."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from terang.audit.selectors import batch_after, history_of
from terang.evidence.oversight.mission_access import (
    KNOWS_OF,
    is_member,
    is_open,
    open_on,
    own_missions,
    require_reader,
    shows_list,
    with_progress,
)
from terang.evidence.oversight.models import Inspection, Mission, MissionState, MissionUnit
from terang.evidence.oversight.states import may_move
from terang.registry.people.viewer import Viewer
from terang.rules.oversight.lots import codes_in, in_order, number_of, seed_of

A_PAGE = 20
MOST_SHOWN = 5


@dataclass(frozen=True)
class Lot:
    """A unit on the list; `number` is what it threw (empty before the draw and for risk), `visit` its visit."""

    row: MissionUnit
    number: str
    visit: Inspection | None
    may_visit: bool


@dataclass(frozen=True)
class Draw:
    """What the lots come from. `missed`: nobody drew, and these are the lots that would have fallen."""

    seed: str = ""
    beacon: str = ""
    batch: int | None = None
    missed: bool = False


@dataclass(frozen=True)
class MissionView:
    """A mission as somebody reads it. Where it is `sealed` for the viewer, no unit is told."""

    mission: Mission
    sealed: bool
    member: bool
    draw: Draw
    shows_list: bool
    chosen: list[Lot]
    others: list[Lot]
    may_revise: bool
    may_list: bool
    may_freeze: bool
    may_draw: bool
    may_cancel: bool


def missions_page(viewer: Viewer, number: str | None) -> tuple[Page, set[int]]:
    """Missions the viewer may know of, newest first: those of the own team, open ones, and for overseers and auditors
    sealed ones without their content; and the ids of those that may be read. Three queries."""
    rows = with_progress(Mission.objects.filter(agency_id=viewer.agency_id))
    mine = own_missions(viewer)
    if not viewer.has(*KNOWS_OF):
        rows = rows.filter(mine | open_on(viewer))
    page = Paginator(rows.order_by("-starts_on", "-pk"), A_PAGE).get_page(number)
    shown = rows.filter(pk__in=[row.pk for row in page])
    return page, set(shown.filter(mine | open_on(viewer)).values_list("pk", flat=True))


def running_missions(viewer: Viewer) -> list[Mission]:
    """The own missions that still ask for something, soonest first. One query."""
    own = Mission.objects.filter(own_missions(viewer), last_day__gte=viewer.today)
    running = own.exclude(state=MissionState.CANCELLED)
    rows = with_progress(running).exclude(open_on(viewer))
    return list(rows.order_by("starts_on", "pk")[:MOST_SHOWN])


def mission_for(viewer: Viewer | None, pk: int) -> Mission:
    """A mission with its members and progress; who may do what is asked by `mission_access`. Raises Http404. Two
    queries."""
    rows: QuerySet[Mission] = with_progress(Mission.objects.select_related("lead", "agency"))
    return get_object_or_404(rows.prefetch_related("members"), pk=pk)


def mission_behind(viewer: Viewer, visit: Inspection) -> Mission | None:
    """The mission that chose a visited unit, where the viewer may read it. Two queries, none for other visits."""
    if visit.mission_id is None:
        return None
    mission = mission_for(viewer, visit.mission_id)
    return mission if is_member(viewer, mission) or is_open(viewer, mission) else None


def mission_view(viewer: Viewer | None, pk: int) -> MissionView:
    """A mission as the viewer may read it. Raises Http404 and NotAllowed. At most six queries."""
    mission = mission_for(viewer, pk)
    whole = require_reader(viewer, mission)
    assert viewer is not None
    member = is_member(viewer, mission)
    in_time = member and not mission.is_over(viewer.today)
    lots_of = (_drawn(mission) or _undrawn(viewer, mission)) if whole else Draw()
    lots = _lots(viewer, mission, lots_of, member) if whole else []
    return MissionView(
        mission=mission,
        sealed=not whole,
        member=member,
        draw=lots_of,
        shows_list=whole and shows_list(viewer, mission),
        chosen=[lot for lot in lots if lot.row.chosen],
        others=[lot for lot in lots if not lot.row.chosen],
        may_revise=member and may_move(mission, "revise"),
        may_list=member and may_move(mission, "list"),
        may_freeze=in_time and may_move(mission, "freeze"),
        may_draw=in_time and may_move(mission, "draw"),
        may_cancel=member and may_move(mission, "cancel") and not _done(mission),
    )


def _drawn(mission: Mission) -> Draw | None:
    if not mission.beacon:
        return None
    return Draw(seed_of(mission.salt, mission.beacon), mission.beacon, mission.beacon_batch)


def _undrawn(viewer: Viewer, mission: Mission) -> Draw:
    """The lots of an open mission that was frozen and not drawn: who abandons a list shows what it would have given.
    Two queries, none for others."""
    if not (mission.list_text and is_open(viewer, mission)):
        return Draw()
    frozen = history_of("oversight.mission", mission.pk).filter(verb="oversight.mission_frozen").first()
    seal = batch_after(frozen.position) if frozen and frozen.position is not None else None
    return Draw(seed_of(mission.salt, seal.digest), seal.digest, seal.pk, missed=True) if seal else Draw()


def _done(mission: Mission) -> bool:
    return mission.state == MissionState.DRAWN and mission.chosen == mission.visited  # type: ignore[attr-defined]


def _lots(viewer: Viewer, mission: Mission, draw: Draw, member: bool) -> list[Lot]:
    visits = {visit.unit_id: visit for visit in mission.inspections.all()}
    running = member and may_move(mission, "visit") and mission.is_running(viewer.today)
    ranks = _ranks(mission, draw)
    for row in (rows := list(mission.listed.all())):
        row.rank = ranks.get(row.code, row.rank)
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0, row.name))
    return [
        Lot(
            row,
            number_of(draw.seed, row.code) if draw.seed and not row.by_risk else "",
            visits.get(row.unit_id),
            running and row.chosen and row.unit_id not in visits,
        )
        for row in rows
    ]


def _ranks(mission: Mission, draw: Draw) -> dict[str, int]:
    """By code, the place by lot where nobody drew; empty where the rows hold it."""
    if not draw.missed:
        return {}
    return {code: rank for rank, code in enumerate(in_order(draw.seed, codes_in(mission.list_text)), 1)}
