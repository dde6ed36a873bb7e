"""Makes guidance: who may counsel in every government; and, where the government's file says `mentoring`, a mentoring
that runs: one session done with its steps, one ahead."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Person, Scene
from terang.follow_up.coaching.models import CounsellorKind, GuidanceKind
from terang.follow_up.coaching.services import (
    Agreed,
    Appointment,
    Meeting,
    Wish,
    accept,
    add_step,
    agree_session,
    appoint_counsellor,
    confirm_session,
    open_guidance,
    propose_session,
    settle_step,
    tell_part,
    write_session,
)
from terang.registry.people.viewer import Viewer, viewer_for

CLOCK, MINUTES = time(14), 60
LETTER = "Surat Penugasan Konselor 800/112/2026"


def guide(scene: Scene) -> None:
    _counsel(scene)
    if "mentoring" in scene.facts:
        _mentor(scene)


def _counsel(scene: Scene) -> None:
    """The second clerk of the personnel agency counsels, by a letter, since the story began."""
    keeper, counsellor = scene.people.get("personnel/head"), scene.people.get("personnel.performance/staff2")
    if keeper and counsellor:
        start = scene.months[0].start
        told = Appointment(counsellor.employee, CounsellorKind.FUNCTION, LETTER, start)
        appoint_counsellor(actor=_viewer(scene, keeper, start), told=told, form_key=_key(scene, "counsellor"))


def _mentor(scene: Scene) -> None:
    """Asked for by the person, run by their leader. The first step is done, the second waits for its day."""
    story = scene.facts["mentoring"]
    person = scene.people[story["slot"]]
    leader = scene.appraiser_of(person)
    assert leader is not None
    asked, met, settled = (day for day in scene.months[-2].working_days[3:14:5])
    own, guiding = _viewer(scene, person, asked), _viewer(scene, leader, asked)
    wish = Wish(GuidanceKind.MENTORING, leader.employee, story["goal"])
    row = open_guidance(actor=own, employee=person.employee, wish=wish, form_key=_key(scene, "mentoring"))
    row = accept(actor=guiding, guidance=row, version=row.version)
    row = tell_part(actor=own, guidance=row, told=story["told"], version=row.version)

    meeting = Meeting(met, CLOCK, story["place"], MINUTES)
    session = propose_session(actor=guiding, guidance=row, meeting=meeting, form_key=_key(scene, "first"))
    session = agree_session(actor=own, session=session, version=session.version)
    own, guiding = _viewer(scene, person, met), _viewer(scene, leader, met)
    session = write_session(
        actor=guiding, session=session, notes=story["notes"], minutes=MINUTES, version=session.version
    )
    ahead = _coming_tuesday(scene.today)
    steps = [
        add_step(actor=guiding, session=session, step=Agreed(whose.employee, text, due_on))
        for whose, text, due_on in ((leader, story["leader"], settled), (person, story["self"], ahead))
    ]
    for viewer in (guiding, own):
        session.refresh_from_db()
        session = confirm_session(actor=viewer, session=session, version=session.version)
    settle_step(actor=_viewer(scene, leader, settled), step=steps[0], outcome=story["outcome"])

    meeting = Meeting(ahead, CLOCK, story["place"], MINUTES)
    session = propose_session(
        actor=_viewer(scene, leader, scene.today), guidance=row, meeting=meeting, form_key=_key(scene, "second")
    )
    agree_session(actor=_viewer(scene, person, scene.today), session=session, version=session.version)


def _coming_tuesday(today: date) -> date:
    """The Tuesday of the week after next: near enough to be talked about, too far to be reminded of."""
    return today + timedelta(days=15 - today.weekday())


def _key(scene: Scene, topic: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.agency.code}:guiding:{topic}")


def _viewer(scene: Scene, person: Person, day: date) -> Viewer:
    at = datetime.combine(day, time(10), ZoneInfo(scene.agency.time_zone))
    found = viewer_for(person.employee.user, at) if person.employee.user else None
    assert found is not None
    return found
