"""Makes the places that help, named by the personnel agency, and a few readers of the explainers."""

from datetime import datetime, time
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Person, Scene
from terang.follow_up.explainers.content import explainers
from terang.follow_up.explainers.services import Contact, add_contact, answer
from terang.registry.people.viewer import Viewer, viewer_for

PLACES = (
    Contact("konselor", "Ruang konseling pegawai", "Badan kepegawaian, lantai 2", "Senin–Kamis 09.00–15.00"),
    Contact("kesehatan", "Puskesmas terdekat", "Loket pendaftaran, sebut “konsultasi”", "Jam layanan puskesmas"),
    Contact("pelaporan", "Inspektorat, meja pelaporan", "Tanpa nama lewat halaman pengaduan", ""),
)


def explain_how(scene: Scene) -> None:
    """Three places, and half of the staff have read how a score is made."""
    keeper = _viewer(scene, scene.people["personnel/head"])
    for told in PLACES:
        add_contact(actor=keeper, told=told, form_key=uuid5(NAMESPACE_OID, f"{scene.agency.code}:help:{told.name}"))
    how = explainers()["nilai"]
    right = [each.right for each in how.questions]
    for person in list(scene.people.values())[::2]:
        if person.employee.user:
            answer(actor=_viewer(scene, person), explainer=how, answers=right, version=how.version)


def _viewer(scene: Scene, person: Person) -> Viewer:
    at = datetime.combine(scene.today, time(9), ZoneInfo(scene.agency.time_zone))
    found = viewer_for(person.employee.user, at) if person.employee.user else None
    assert found is not None
    return found
