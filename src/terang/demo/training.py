"""Makes training (`courses` and `training` in the government's file): a catalogue; for one person the whole way from a
weak figure to a certificate; and a session ahead with people who wait for a seat."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Person, Scene
from terang.follow_up.training.models import Course, TrainingSession
from terang.follow_up.training.services import (
    CourseWords,
    Schedule,
    Wish,
    add_course,
    agree_item,
    enrol,
    finish_session,
    invite,
    keep_roster,
    propose_item,
    schedule_session,
)
from terang.registry.people.viewer import Viewer, viewer_for

PLACE, TRAINER = "Aula Badan Kepegawaian", "Widyaiswara BPSDM Provinsi"
ASKED = "Warga menilai cara saya menyapa dan menjelaskan masih kurang."
AGREED = "Setuju. Saya atur jadwal jaga supaya bisa ikut."
HOURS = 10
LEAST_BP = 8_000


def train(scene: Scene) -> None:
    """Nothing where the government's file names no courses."""
    courses = [_course(scene, told) for told in scene.facts.get("courses", [])]
    story = scene.facts.get("training")
    if not courses or not story:
        return
    person = scene.people[story["slot"]]
    month = scene.months[story["month"]]
    _taken(scene, person, courses[0], month.working_days[3:10:2])
    _ahead(scene, person, courses[0])


def _key(scene: Scene, topic: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.agency.code}:training:{topic}")


def _viewer(scene: Scene, person: Person | None, day: date) -> Viewer:
    at = datetime.combine(day, time(10), ZoneInfo(scene.agency.time_zone))
    found = viewer_for(person.employee.user, at) if person and person.employee.user else None
    assert found is not None
    return found


def _keeper(scene: Scene, day: date) -> Viewer:
    return _viewer(scene, scene.people["personnel/head"], day)


def _course(scene: Scene, told: dict[str, Any]) -> Course:
    """Each aim is a subject with its limit, which a rating does not have."""
    aims = [(subject, limit[0] if limit else None) for subject, *limit in told["aims"]]
    words = CourseWords(told["title"], told["summary"], told["form"], told["hours"], told["provider"], aims)
    return add_course(actor=_keeper(scene, scene.months[0].start), words=words, form_key=_key(scene, words.title))


def _taken(scene: Scene, person: Person, course: Course, days: tuple[date, ...]) -> None:
    """Proposed because of a weak figure, agreed, taken on two days with colleagues, finished."""
    proposed, agreed, first, last = days
    appraiser = scene.appraiser_of(person)
    wish = Wish(course, last, ASKED)
    own = _viewer(scene, person, proposed)
    item = propose_item(actor=own, employee=person.employee, wish=wish, form_key=_key(scene, "item"))
    agree_item(actor=_viewer(scene, appraiser, agreed), item=item, word=AGREED, version=item.version)
    session = _session(scene, course, "taken", agreed, first, [first, last], 20)
    others = [each for each in scene.staff_of(person.unit.key) if each is not person]
    for each in (person, *others[:3]):
        enrol(actor=_viewer(scene, each, agreed), session=session)
    for day in session.days.all():
        there = list(session.enrolments.values_list("pk", flat=True))
        keep_roster(actor=_keeper(scene, day.day), day=day, present_ids=there, version=day.version)
    session.refresh_from_db()
    finish_session(actor=_keeper(scene, last), session=session, version=session.version)


def _ahead(scene: Scene, person: Person, course: Course) -> None:
    """A session of two seats on the Monday after next: both are taken, one waits, one is invited by their leader."""
    first = scene.today + timedelta(days=14 - scene.today.weekday())
    session = _session(scene, course, "ahead", scene.today, first, [first, first + timedelta(days=1)], 2)
    appraiser = scene.appraiser_of(person)
    colleagues = [each for each in scene.staff_of(person.unit.key) if each is not person]
    for each in colleagues[:3]:
        enrol(actor=_viewer(scene, each, scene.today), session=session)
    if colleagues[3:]:
        invite(actor=_viewer(scene, appraiser, scene.today), session=session, employee=colleagues[3].employee)


def _session(
    scene: Scene, course: Course, topic: str, on: date, until: date, days: list[date], seats: int
) -> TrainingSession:
    schedule = Schedule(
        place=PLACE,
        trainer=TRAINER,
        seats=seats,
        enrol_until=until,
        least_bp=LEAST_BP,
        days=[(day, time(8), HOURS) for day in days],
    )
    return schedule_session(actor=_keeper(scene, on), course=course, schedule=schedule, form_key=_key(scene, topic))
