"""Kota Terang: Hendra guides Andi; Sri stands above Hendra. Rina is a counsellor."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from tests.cast import SINCE, TODAY, ZONE, Cast

from terang.follow_up.coaching import services
from terang.follow_up.coaching.models import Guidance, GuidanceSession
from terang.registry.people.viewer import Viewer

SECRET = "Saya takut salah di depan warga."


class Room:
    """The cast on a day that can be moved, and the verbs of a guidance with good values left to say."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.day = cast, TODAY

    def viewer(self, name: str) -> Viewer:
        return self.cast.viewer(name, datetime.combine(self.day, time(9), ZONE))

    def open(self, by: str = "hendra", who: str = "andi", guide: str = "hendra", **others) -> Guidance:
        told = {"kind": "coaching", "goal": "Loket tanpa antre panjang", "due": None} | others
        key = told.pop("form_key", None) or uuid4()
        wish = services.Wish(guide=self.cast.people[guide], **told)
        return services.open_guidance(actor=self.viewer(by), employee=self.cast.people[who], wish=wish, form_key=key)

    def do(self, verb: str, by: str, row: Guidance, **others):
        now = Guidance.objects.get(pk=row.pk)
        return getattr(services, verb)(actor=self.viewer(by), guidance=now, version=now.version, **others)

    def running(self, **others) -> Guidance:
        return self.do("accept", "andi", self.open(**others))

    def propose(self, row: Guidance, by: str = "hendra", days: int = 0) -> GuidanceSession:
        meeting = services.Meeting(self.day + timedelta(days=days), time(9), "Ruang rapat", 45)
        return services.propose_session(actor=self.viewer(by), guidance=row, meeting=meeting, form_key=uuid4())

    def meet(self, verb: str, by: str, session: GuidanceSession, **others) -> GuidanceSession:
        now = GuidanceSession.objects.select_related("guidance__employee__agency", "guidance__guide").get(pk=session.pk)
        return getattr(services, verb)(actor=self.viewer(by), session=now, version=now.version, **others)

    def held(self, row: Guidance, step: str = "Bertanya lebih dulu") -> GuidanceSession:
        """A session today: agreed, written, confirmed by both."""
        session = self.meet("agree_session", "andi", self.propose(row))
        self.meet("write_session", "hendra", session, notes=SECRET, minutes=50)
        agreed = services.Agreed(self.cast.andi, step, self.day + timedelta(days=7), "Permohonan per hari", True)
        services.add_step(actor=self.viewer("andi"), session=session, step=agreed)
        self.meet("confirm_session", "andi", session)
        return self.meet("confirm_session", "hendra", session)

    def counsellor(self, name: str = "rina", starts_on: date = SINCE, key: UUID | None = None):
        told = services.Appointment(self.cast.people[name], "independen", "SK 9/2026", starts_on)
        return services.appoint_counsellor(actor=self.viewer("maya"), told=told, form_key=key or uuid4())


@pytest.fixture
def room(cast, settings, tmp_path) -> Room:
    settings.TERANG_REVIEW_KEYS = tmp_path / "keys"
    return Room(cast)
