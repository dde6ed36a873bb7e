"""Makes what the staff say month by month, what feeding Terang took them, sessions that explain it, and a box with
questions."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Month, Person, Scene
from terang.evidence.colleagues.ballots import Answer, Sealer
from terang.evidence.colleagues.round_keys import read_key
from terang.evidence.work.models import Entry, EntryState
from terang.follow_up.burden.services import WEEK, keep_week, monday_of
from terang.follow_up.explainers.asking import ask, reply
from terang.follow_up.pulse.models import PulseSheet, PulseTurn, Wave
from terang.follow_up.pulse.questions import DARE, PRESSURE, TRUST, UNDERSTOOD
from terang.follow_up.pulse.services import begin
from terang.follow_up.pulse.services.opening import fill
from terang.follow_up.pulse.services.releasing import figures_of, keep_words
from terang.follow_up.training.models import Course, Form
from terang.follow_up.training.services import CourseWords, Schedule, add_course, enrol, schedule_session
from terang.registry.people.models import PostKind
from terang.registry.people.viewer import Viewer, viewer_for
from terang.rules.pulse import draw, pulse_terms
from terang.web.writing import write

BEGUN = 2
"""The month, counted from 0, in which the survey began; the sessions follow three months later."""
EXPLAINED = BEGUN + 3
ANSWERED = 0.75
SPOKEN = 0.3
WEEKS = 10
MOODS = {TRUST: (2.7, 3.8), PRESSURE: (3.6, 2.9), UNDERSTOOD: (2.6, 4.0), DARE: (2.8, 3.4)}
"""The mean answer before and after the sessions."""
WORDS = (
    "Nilainya sekarang bisa dibuka sampai ke catatannya, itu menenangkan.",
    "Laporan bulanan masih terasa dua kali kerja.",
    "Tolong jelaskan lagi cara bobot dibagi bila tidak ada survei warga.",
    "Saya pernah mengajukan keberatan dan dijawab baik-baik.",
    "Akhir bulan selalu berat, tenggatnya bersamaan.",
    "Pimpinan kami mulai lebih sering bertanya daripada menegur.",
)
QUESTIONS = (
    (
        "Mengapa nilai saya berubah padahal saya tidak mengisi apa pun?",
        "Karena bukti lain masuk: survei warga dan presensi dihitung begitu tiba. Buka “Mengapa?” di sebelah nilainya.",
    ),
    (
        "Apakah tunjangan dipotong bila survei warga tidak ada yang menjawab?",
        "Tidak. Yang belum ada bukti tidak dihitung nol; bobotnya dibagi kepada ukuran lain dan itu tertulis.",
    ),
    ("Bolehkah kegiatan ditulis sekali seminggu untuk petugas lapangan?", ""),
)


def listen(scene: Scene) -> None:
    """The pulse since the third month, the last weeks' time, two sessions, three questions of which one waits too
    long."""
    _hear(scene)
    _weigh(scene)
    _introduce(scene)
    _question(scene)


def _viewer(scene: Scene, person: Person, day: date) -> Viewer:
    at = datetime.combine(day, time(9), ZoneInfo(scene.agency.time_zone))
    found = viewer_for(person.employee.user, at) if person.employee.user else None
    assert found is not None
    return found


def _keeper(scene: Scene, day: date) -> Viewer:
    return _viewer(scene, scene.people["personnel/head"], day)


def _key(scene: Scene, topic: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.agency.code}:voices:{topic}")


def _hear(scene: Scene) -> None:
    begin(actor=_keeper(scene, scene.months[BEGUN].start), agency=scene.agency)
    people = {
        person.employee.pk: person
        for person in scene.people.values()
        if person.employee.user and person.post.kind != PostKind.ELECTED
    }
    turns: dict[int, date] = {}
    for month in scene.months[BEGUN:]:
        terms, dice = pulse_terms(month.start), scene.dice(f"pulse:{month.index}")
        drawn = draw(people.keys(), turns, month.start, terms, dice)
        turns |= dict.fromkeys(drawn, month.start)
        if not drawn:
            continue
        wave = Wave(
            agency=scene.agency,
            month=month.start,
            opens_on=month.start,
            closes_on=month.start + timedelta(days=terms.open_days),
            asked=len(drawn),
        )
        said = {each: _said(month, dice) for each in drawn if dice.random() < ANSWERED}
        if month is scene.months[-1]:
            wave.opens_on, wave.closes_on = scene.today, scene.today + timedelta(days=terms.open_days)
            _open(wave, drawn, {pk: scene.units[person.unit.key].pk for pk, person in people.items()}, said)
            continue
        wave.answered, wave.released_on = len(said), wave.closes_on
        wave.save()
        told = [(scene.units[people[pk].unit.key].path, answer) for pk, answer in said.items()]
        write(figures_of(wave, told, terms))
        keep_words(wave, [answer.remark for answer in said.values() if answer.remark], terms)
    write([PulseTurn(employee_id=pk, month=month) for pk, month in turns.items() if month < scene.months[-1].start])


def _said(month: Month, dice: Random) -> Answer:
    values = {
        code: min(5, max(1, round(dice.gauss(after if month.index > EXPLAINED else before, 1.1))))
        for code, (before, after) in MOODS.items()
    }
    return Answer(values, dice.choice(WORDS) if dice.random() < SPOKEN else "")


def _open(wave: Wave, drawn: Sequence[int], units: dict[int, int], said: dict[int, Answer]) -> None:
    """The running wave, somewhat less than half answered, with its key, as in use."""
    fill(wave, drawn, units)
    sealer, tickets = Sealer(read_key(wave.key_name)), dict(wave.tickets.values_list("employee_id", "pk"))
    done = list(said.items())[: len(drawn) // 3]
    for employee_id, answer in done:
        locator = sealer.locator(tickets[employee_id])
        PulseSheet.objects.filter(pk=locator).update(sealed=sealer.seal(locator, answer))
    Wave.objects.filter(pk=wave.pk).update(answered=len(done))


def _weigh(scene: Scene) -> None:
    """The weeks that are over, from the entries of each day and what their appraisers decided."""
    this = monday_of(scene.today - timedelta(days=1))
    accounts = {person.employee.pk: person.employee.user_id for person in scene.people.values()}
    weeks: dict[date, dict[int | None, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    rows = Entry.objects.filter(employee__agency=scene.agency, day__gte=this - WEEK * WEEKS, day__lt=this)
    for employee_id, decider_id, day, state in rows.values_list("employee_id", "decided_by_id", "day", "state"):
        week = weeks[monday_of(day)]
        week[accounts.get(employee_id)]["work.entry_submitted"] += 1
        if state == EntryState.ACCEPTED and decider_id:
            week[accounts.get(decider_id)]["work.entry_accepted"] += 1
    for monday in sorted(weeks):
        keep_week(agency=scene.agency, monday=monday, first_position=0, counts=weeks[monday])


def _introduce(scene: Scene) -> None:
    """One session that was held and one on the Thursday after next, by the web."""
    past = scene.months[EXPLAINED].working_days[2:9:3]
    words = CourseWords(
        "Mengenal Terang: dari bukti sampai nilai",
        "Bagaimana nilai dibuat, siapa memutuskan, bagaimana keberatan diajukan. Bawa pertanyaan Anda.",
        Form.ONLINE,
        2,
        "Badan Kepegawaian",
        kind="sosialisasi",
    )
    course = add_course(actor=_keeper(scene, past[0]), words=words, form_key=_key(scene, "course"))
    thursday = scene.today + timedelta(days=14 + (3 - scene.today.weekday()) % 7)
    _session(scene, course, past[0], past[-1], "Aula Balai Kota")
    _session(scene, course, scene.today, thursday, "https://ruang.example.id/mengenal-terang")


def _session(scene: Scene, course: Course, on: date, day: date, place: str) -> None:
    schedule = Schedule(
        place=place, trainer="Tim Terang", seats=60, enrol_until=day, least_bp=5_000, days=[(day, time(9), 2)]
    )
    keeper = _keeper(scene, on)
    session = schedule_session(actor=keeper, course=course, schedule=schedule, form_key=_key(scene, f"{day}"))
    for person in list(scene.people.values())[3:60:7]:
        if person.employee.user:
            enrol(actor=_viewer(scene, person, on), session=session)


def _question(scene: Scene) -> None:
    asker, keeper = scene.people["personnel/head"], _keeper(scene, scene.today)
    for number, (text, answer) in enumerate(QUESTIONS):
        day = scene.today - timedelta(days=9 + number)
        made = ask(actor=_viewer(scene, asker, day), text=text, nameless=True, form_key=_key(scene, text))
        if answer:
            reply(actor=keeper, question=made, answer=answer, version=made.version)
