"""Makes calibration in one office (`calibration` in the government's file): a session that runs, with a proposal that
waits for its rater; and the closed one of the period before, which moved one person."""

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.appraising import decided
from terang.demo.scene import Person, Scene
from terang.evaluation.appraisals.models import Adjustment, Alignment, Appraisal, AppraisalState, Rating, RatingWindow
from terang.evaluation.calibration.models import (
    CalibrationSession,
    Participant,
    Placement,
    Proposal,
    ProposalState,
    SessionState,
)
from terang.evaluation.calibration.scope import scope_of
from terang.evaluation.calibration.services import Marks, confirm_move, open_session, propose_move
from terang.evaluation.calibration.services.opening import Wanted
from terang.registry.people.viewer import Viewer, viewer_for
from terang.rules.regulations.quadrant import quadrant
from terang.web.writing import write

WAITS = "Layanan jemput bola dan pendampingan rekan baru tercatat; rekan dengan bukti serupa dinilai lebih tinggi."
AGREED = "Buktinya setara dengan rekan di bidang sebelah; rating disamakan."
NOTE = "Bukti kedua bidang dibandingkan berdampingan; satu rating disamakan, yang lain sudah sebanding."


def calibrate(scene: Scene) -> None:
    """Nothing where the government's file names no office."""
    office = scene.facts.get("calibration")
    leader = scene.head_of(office) if office else None
    raters = [head for spec in scene.specs if spec.parent == office and (head := scene.head_of(spec.key))]
    if leader is None or len(raters) < 2:
        return
    for window in RatingWindow.objects.filter(period__agency=scene.agency).select_related("period__agency"):
        if window.period.ends_on <= scene.today:
            _closed(scene, window, leader, raters)
        else:
            _running(scene, window, leader, raters)


def _key(scene: Scene, topic: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.agency.code}:calibration:{topic}")


def _at(scene: Scene, days: int = 0) -> datetime:
    return datetime.combine(scene.today - timedelta(days=days), time(10), ZoneInfo(scene.agency.time_zone))


def _viewer(scene: Scene, person: Person) -> Viewer:
    found = viewer_for(person.employee.user, _at(scene)) if person.employee.user else None
    assert found is not None
    return found


def _running(scene: Scene, window: RatingWindow, leader: Person, raters: list[Person]) -> None:
    """One rater proposes about another's, who has not answered; a third agreed to what was proposed about theirs."""
    first, second = raters[0], raters[1]
    write(decided(scene, window, scene.staff_of(second.unit.key)))
    viewer, unit = _viewer(scene, leader), scene.units[leader.unit.key]
    session = open_session(
        actor=viewer,
        window=window,
        wanted=Wanted(unit, "", scene.today + timedelta(days=3)),
        seen=scope_of(viewer, window, unit).seen,
        form_key=_key(scene, "running"),
    )
    _propose(scene, session, second, first, WAITS)
    proposal = _propose(scene, session, first, second, AGREED)
    confirm_move(actor=_viewer(scene, second), proposal=proposal, version=0)


def _propose(scene: Scene, session: CalibrationSession, who: Person, rater: Person, reason: str) -> Proposal:
    place = session.placements.filter(appraisal__rater=rater.employee).select_related("session__unit", "appraisal")[0]
    work, behaviour = _other(place.work_result, place.behaviour)
    return propose_move(
        actor=_viewer(scene, who),
        placement=place,
        marks=Marks(work, behaviour, reason),
        form_key=_key(scene, f"proposal:{place.pk}"),
        version=0,
    )


def _other(work: str, behaviour: str) -> tuple[str, str]:
    """Two ratings of another predicate."""
    best = (Rating.ABOVE.value, Rating.ABOVE.value)
    return (Rating.MEETS.value, Rating.MEETS.value) if (work, behaviour) == best else best


def _closed(scene: Scene, window: RatingWindow, leader: Person, raters: list[Person]) -> None:
    rows = Appraisal.objects.filter(
        window=window, rater__in=[each.employee for each in raters], state=AppraisalState.FINAL, final_code=""
    )
    rows = rows.filter(objection=None).select_related("employee", "rater")
    found = list(rows.order_by("employee__name"))
    moved = next((row for row in found if row.rater_id == raters[0].employee.pk), None)
    if moved is None or len(found) < 2:
        return
    day = moved.decided_on or window.closes_on
    at = datetime.combine(day, time(13), ZoneInfo(scene.agency.time_zone))
    session = CalibrationSession.objects.create(
        window=window,
        unit=scene.units[leader.unit.key],
        leader=leader.employee,
        answers_until=day,
        state=SessionState.CLOSED,
        opened_at=at - timedelta(hours=2),
        ended_at=at,
        ended_by=leader.employee,
        note=NOTE,
        form_key=_key(scene, "closed"),
    )
    Participant.objects.bulk_create(
        Participant(session=session, employee=each.employee, leads=each is leader) for each in (leader, *raters)
    )
    Placement.objects.bulk_create(_placed(session, row, row is moved) for row in found)
    Appraisal.objects.filter(pk__in=[row.pk for row in found]).update(alignment=Alignment.CLOSED)
    place = session.placements.get(appraisal=moved)
    two = {"proposed_by": raters[1].employee, "settled_by": raters[0].employee}
    after = {"work_result": place.work_result, "behaviour": place.behaviour, "predicate": place.predicate}
    Proposal.objects.create(
        placement=place,
        reason=AGREED,
        proposed_at=at - timedelta(hours=1),
        state=ProposalState.CONFIRMED,
        settled_at=at - timedelta(minutes=50),
        form_key=_key(scene, "moved"),
        **two,
        **after,
    )
    Adjustment.objects.create(
        appraisal=moved,
        reason=AGREED,
        proposed_by=two["proposed_by"],
        confirmed_by=two["settled_by"],
        decided_on=day,
        **after,
    )


def _placed(session: CalibrationSession, row: Appraisal, moves: bool) -> Placement:
    work, behaviour = _other(row.work_result, row.behaviour) if moves else (row.work_result, row.behaviour)
    return Placement(
        session=session,
        appraisal=row,
        before_work=row.work_result,
        before_behaviour=row.behaviour,
        before_predicate=row.predicate,
        work_result=work,
        behaviour=behaviour,
        predicate=quadrant(work, behaviour),
    )
