"""Makes a mission of the oversight team: drawn by lot, one unit visited today with roster, cases and a finding that was
replied to, the others still secret."""

from datetime import time, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils import timezone

from terang.audit.sealing import seal_all
from terang.demo.scene import Person, Scene
from terang.evidence.attendance.models import AttendanceDay, DayStatus
from terang.evidence.oversight import services
from terang.evidence.oversight.hooks import whereabouts
from terang.evidence.oversight.models import CaseFollowed, Inspection, Mission
from terang.evidence.oversight.selectors import people_on_roster
from terang.evidence.oversight.services import Brief, Compared, Marked, Seen
from terang.evidence.whereabouts import Whereabouts
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer, viewer_for
from terang.rules.oversight.roster import Away, Mark
from terang.web.errors import NotNow

LOTS, LEAST_UNITS = 2, 4
RISK = "dukcapil.civil"
"""The unit that is visited for its complaints."""
WAITS = "Datang ke loket, tidak ada petugas dari pukul 10.05 sampai 10.40."
TOLD = (
    Marked(Mark.SEEN),
    Marked(Mark.EXCUSED, Away.PERMISSION, "Mengantar anak ke dokter"),
    Marked(Mark.ABSENT),
    Marked(Mark.ABSENT),
)
"""What is seen of the staff, by name; the second and the third have no record, the fourth has one."""
REPLY = "Saya mengantar berkas ke ruang arsip. Tidak ada yang menggantikan di loket; mulai besok jadwal jaga ditempel."


def send_out(scene: Scene) -> None:
    """A mission of the inspectorate's staff with its head; nothing where too few units serve the public."""
    units = list(Unit.objects.filter(agency=scene.agency, serves_public=True).order_by("code"))
    if len(units) < LEAST_UNITS:
        return
    lead, head = scene.people["inspectorate/staff1"], scene.people["inspectorate/head"]
    viewer = _viewer(lead.employee)
    mission = services.prepare_mission(actor=viewer, brief=_brief(scene, lead, head), form_key=_key(scene, "mission"))
    mission = services.list_units(actor=viewer, mission=mission, units=units, version=mission.version)
    mission = services.set_risk(
        actor=viewer,
        mission=mission,
        listed=mission.listed.get(unit=scene.units[RISK]),
        reason="Pengaduan antrean dua bulan berturut-turut",
        version=mission.version,
    )
    mission = services.freeze_mission(actor=viewer, mission=mission, version=mission.version)
    mission = _drawn(viewer, mission)
    _visit(scene, viewer, mission)


def _viewer(person: Employee) -> Viewer:
    assert person.user is not None
    viewer = viewer_for(person.user, timezone.now())
    assert viewer is not None
    return viewer


def _key(scene: Scene, topic: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.code}:{topic}")


def _brief(scene: Scene, lead: Person, head: Person) -> Brief:
    return Brief(
        purpose="Sidak keterisian loket dan standar layanan",
        letter=f"094/{scene.today.month:02}/ITDA/{scene.today.year}",
        letter_day=scene.today - timedelta(days=2),
        starts_on=scene.today,
        last_day=scene.today + timedelta(days=6),
        lead=lead.employee,
        members=[head.employee],
        reply_days=3,
        lots=LOTS,
    )


def _drawn(viewer: Viewer, mission: Mission) -> Mission:
    """Sealed twice, as the worker does: the frozen list, then what came after."""
    seal_all()
    services.draw_mission(actor=viewer, mission=mission, version=mission.version)
    seal_all()
    return services.draw_mission(actor=viewer, mission=mission, version=mission.version)


def _visit(scene: Scene, viewer: Viewer, mission: Mission) -> None:
    """The unit that was chosen for its risk: the lot falls differently each time, the story does not."""
    unit = mission.listed.select_related("unit__agency").exclude(reason="").get().unit
    visit = services.visit_unit(actor=viewer, mission=mission, unit=unit, form_key=_key(scene, "visit"))
    _roster(scene, viewer, visit)
    _points(scene, viewer, visit)
    _cases(viewer, visit)


def _staff(scene: Scene, visit: Inspection) -> list[Employee]:
    """Who works there and does not lead it, by name."""
    heads = {person.employee.pk for person in scene.people.values() if person.post.is_head}
    return [person for person in people_on_roster(visit) if person.pk not in heads]


def _roster(scene: Scene, viewer: Viewer, visit: Inspection) -> None:
    """One told to have permission, one of whom nothing is known, one recorded as present and not there."""
    staff = _staff(scene, visit)
    people = people_on_roster(visit)
    told = dict(zip((person.pk for person in staff), TOLD, strict=False))
    unknown = {person.pk for person in staff[1:3]}
    _record_arrivals(visit, [person for person in people if person.pk not in unknown])
    known = whereabouts(scene.agency, [person.pk for person in people], visit.day)
    marks = {}
    for person in people:
        away = known.get(person.pk, Whereabouts()).away
        marks[person.pk] = Marked(Mark.ABSENT) if away else told.get(person.pk, Marked(Mark.SEEN))
    services.save_roster(
        actor=viewer, inspection=visit, marks=marks, version=visit.roster_version, seen_at=time(10, 15)
    )


def _record_arrivals(visit: Inspection, people: list[Employee]) -> None:
    """This morning's records of the machine."""
    for place, person in enumerate(people):
        at = time(7, 12 + 3 * place % 17)
        told = {"status": DayStatus.PRESENT, "check_in": at, "source": "mesin presensi"}
        AttendanceDay.objects.get_or_create(employee=person, day=visit.day, defaults=told)


def _points(scene: Scene, viewer: Viewer, visit: Inspection) -> None:
    """Two points of the checklist about the unit, and a finding about somebody who replied."""
    seen = [
        Seen("Pakaian dinas dan tanda pengenal dipakai", met=True),
        Seen("Ruang tunggu bersih dan layak", met=False, note="Atap bocor di atas kursi pemohon."),
    ]
    services.add_checklist(actor=viewer, inspection=visit, seen=seen)
    answers = next((person for person in _staff(scene, visit) if person.user), None)
    if answers is None:
        return
    finding = services.add_check(
        actor=viewer,
        inspection=visit,
        seen=Seen("Loket terisi pada jam layanan", met=False, employee=answers, note=WAITS),
        form_key=_key(scene, "finding"),
    )
    services.reply_check(actor=_viewer(answers), check=finding, text=REPLY, version=finding.version)


def _cases(viewer: Viewer, visit: Inspection) -> None:
    """Drawn where the unit had requests; the first one is followed."""
    try:
        for _call in ("freezes", "is written", "draws"):
            services.draw_cases(actor=viewer, inspection=visit)
            seal_all()
    except NotNow:
        return
    case = CaseFollowed.objects.filter(inspection=visit).select_related("inspection__unit").first()
    if case is not None:
        compared = {place: Compared(True) for place in range(len(case.steps))}
        compared[len(case.steps) - 1] = Compared(False, "Pemohon menyebut hasil diambil dua hari kemudian.")
        services.note_case(actor=viewer, case=case, compared=compared, version=case.version)
