"""Makes the register of failures of data protection: one closed example in Makassar, told in time, its facts corrected
once; elsewhere the register is empty, as one hopes."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Scene
from terang.privacy.models import (
    Breach,
    BreachFacts,
    BreachNotice,
    BreachState,
    DataKind,
    PersonKind,
    PublicNotice,
    Recipient,
)
from terang.rules.regulations.breach import notice_due

WHERE = "makassar"
REPORTER, KEEPER, OVERSEER = "dukcapil.register/staff1", "personnel.performance/staff3", "inspectorate/head"


def suffer(scene: Scene) -> None:
    """A list of applicants went to the wrong address seven months ago."""
    people = [scene.people.get(slot) for slot in (REPORTER, KEEPER, OVERSEER)]
    if scene.code != WHERE or None in people:
        return
    reporter, keeper, overseer = (person.employee for person in people if person)
    day = scene.months[4].working_days[6]
    known = datetime.combine(day, time(8, 40), ZoneInfo(scene.agency.time_zone))
    breach = Breach.objects.create(
        agency=scene.agency,
        form_key=_key("report"),
        state=BreachState.CLOSED,
        suspicion="Daftar pemohon KTP kemarin ikut terlampir pada surel undangan rapat ke kantor lain.",
        reported_by=reporter,
        reported_at=known,
        due_at=notice_due(known),
        ending="Semua pemohon sudah diberi tahu, dan penerima sudah menghapus surelnya.",
        ended_at=known + timedelta(days=9),
        ended_by=overseer,
        version=6,
    )
    told = {
        "breach": breach,
        "title": "Daftar pemohon KTP terkirim ke kantor lain",
        "known_at": known,
        "happened_at": known - timedelta(hours=17),
        "how": "Lampiran yang keliru dipilih saat mengirim undangan rapat lewat surel dinas.",
        "data_kinds": [DataKind.IDENTITY, DataKind.CONTACT],
        "exposed": "Nama, NIK, dan nomor telepon pemohon KTP satu hari.",
        "person_kinds": [PersonKind.APPLICANTS],
        "handling": "Penerima diminta menghapus surel itu dan menyatakannya secara tertulis pada hari yang sama.",
        "recovery": "Daftar pemohon kini hanya dibuka di Terang; pengirimannya lewat surel dihentikan.",
        "entered_by": keeper,
    }
    first = BreachFacts.objects.create(
        **told, number=1, persons=40, is_estimate=True, entered_at=known + timedelta(hours=3)
    )
    BreachNotice.objects.create(
        **_sent(breach, first, Recipient.AUTHORITY, known + timedelta(hours=26)), way="Surat 555/210, lewat kurir"
    )
    second = BreachFacts.objects.create(
        **told,
        number=2,
        persons=43,
        contact=f"{scene.agency.name}, loket pengaduan, telepon ({scene.facts['area_code']}) 555-0100",
        tells_public=PublicNotice.NOT_NEEDED,
        public_reason="Hanya satu penerima, dan ia sudah menghapusnya.",
        reason="Jumlah pemohon dihitung dari daftarnya.",
        entered_at=known + timedelta(hours=29),
    )
    BreachNotice.objects.create(
        **_sent(breach, second, Recipient.SUBJECTS, known + timedelta(hours=47)), way="Surat satu per satu, 555/214"
    )


def _sent(breach: Breach, facts: BreachFacts, recipient: Recipient, at: datetime) -> dict[str, Any]:
    return {
        "breach": breach,
        "facts": facts,
        "form_key": _key(recipient),
        "recipient": recipient,
        "sent_at": at,
        "recorded_by": facts.entered_by,
        "recorded_at": at,
    }


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"terang-demo:breach:{name}")
