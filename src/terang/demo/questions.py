"""What the oversight team asks about: found by the same look over real records as every night, never typed. Of what was
found one is asked, one closed with a reason, and the rest waits. Only where the story of the government says so; in the
others the worker finds."""

from datetime import UTC, datetime, time

from terang.demo.scene import Person, Scene
from terang.evidence.signals.models import Signal
from terang.evidence.signals.selectors import signals_for
from terang.evidence.signals.services import ask_signal, dismiss_signal, look_over
from terang.evidence.signals.sources import sources, terms_on
from terang.registry.people.viewer import Viewer, viewer_for

ANSWER_DAYS = 5
QUESTIONS = {
    "nilai_menonjol": "Nilai Anda jauh dari rekan seunit. Apakah ada keadaan yang tidak terlihat di catatan?",
    "pengaduan_kembali": "Apa yang membuat pengaduan ini kembali, dan apa yang akan diubah supaya tidak terulang?",
}
CLOSED = "Catatannya cocok dengan beban layanan unit pada masa itu. Tidak ada yang perlu ditanyakan."


def question(scene: Scene) -> None:
    """Looks over every source; the first member of the team handles what was found."""
    lead = scene.people.get("inspectorate/staff1")
    if lead is None or not scene.facts.get("questions"):
        return
    terms = terms_on(scene.agency.pk, scene.today)
    for source in sources():
        look_over(agency=scene.agency, source=source, terms=terms, today=scene.today)
    viewer = _viewer(scene, lead)
    found = list(signals_for(viewer)) if viewer else []
    if viewer and len(found) >= 3:
        _ask(viewer, next((row for row in found if row.employee_id is None), found[0]))
        rest = [row for row in signals_for(viewer) if row.asked_at is None]
        dismiss_signal(actor=viewer, signal=rest[-1], reason=CLOSED, version=rest[-1].version)


def _ask(viewer: Viewer, row: Signal) -> None:
    words = QUESTIONS.get(row.kind, "Apa yang terjadi pada catatan ini?")
    ask_signal(actor=viewer, signal=row, question=words, days=ANSWER_DAYS, version=row.version)


def _viewer(scene: Scene, person: Person) -> Viewer | None:
    user = person.employee.user
    return viewer_for(user, datetime.combine(scene.today, time(4), UTC)) if user else None
