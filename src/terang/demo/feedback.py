"""Makes what people said to each other by name: feedback through the year, an open ask, and dialogues of some teams."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Month, Person, Scene
from terang.evidence.dialogue.models import (
    Agreement,
    Feedback,
    FeedbackAsk,
    GiverKind,
    Symbol,
    Talk,
    TalkPoint,
    TalkState,
    Topic,
)
from terang.rules.plans.behaviour import VALUES
from terang.web.writing import write

SAID = (
    ("BP", "Menjelaskan syarat satu per satu sampai warga paham", "Tidak ada yang perlu kembali hari itu", ""),
    ("AK", "Melaporkan kekeliruan sendiri sebelum ditemukan orang lain", "Data diperbaiki pada hari yang sama", ""),
    (
        "KP",
        "Mengajari rekan baru memakai aplikasi",
        "Antrean tetap jalan walau satu orang cuti",
        "Tulis langkahnya",
    ),
    ("HM", "Menengahi selisih paham di loket dengan tenang", "Pemohon pulang tanpa marah", ""),
    (
        "AD",
        "Mencoba urutan kerja baru tanpa menunggu disuruh",
        "Berkas selesai sehari lebih cepat",
        "Bagikan caranya",
    ),
    ("KB", "Mengajak dua bidang duduk bersama", "Data cukup diminta satu kali", ""),
    (
        "BP",
        "Menunda jawaban sampai tiga kali diingatkan",
        "Warga menunggu tanpa kabar",
        "Beri kabar walau belum siap",
    ),
)
"""Value, what was done, what came of it, advice. The last one is said to who falls behind."""
SPOKEN, PRAISED = 0.45, 0.12
"""Share of months in which a leader says something to a person, and in which a colleague does."""
SILENT = "licensing/head"
"""The head who never says a word, seen by the superior."""
TALKING = ("dukcapil.register", "licensing.permits", "puskesmas1", "village1")
STANDS = ((TalkState.CONFIRMED, 33), (TalkState.TOLD, 1), (TalkState.OPEN, 0))
"""Units whose head has dialogues, and how the ones with the first three of the team stand, so many days ago."""


def converse(scene: Scene, months: list[Month]) -> None:
    """Feedback through `months`, an ask that waits for the main officer, and dialogues."""
    values = {value.code: value.name for value in VALUES}
    write([row for person in scene.people.values() for row in _about(scene, person, months, values)])
    people = [each for each in scene.people.values() if each.unit.key == "dukcapil.register" and not each.post.is_head]
    if len(people) > 1:
        _ask(scene, people[1], people[0])
    _talks(scene)


def _about(scene: Scene, person: Person, months: list[Month], values: dict[str, str]) -> Iterator[Feedback]:
    dice, leader = scene.dice(f"feedback:{person.slot}"), scene.appraiser_of(person)
    beside = [each for each in scene.staff_of(person.unit.key) if each is not person and not each.post.is_head]
    for month in months:
        if leader and leader.slot != SILENT and dice.random() < SPOKEN:
            yield _row(scene, person, leader, GiverKind.LEADER, month, dice, values)
        if beside and not person.post.is_head and dice.random() < PRAISED:
            yield _row(scene, person, dice.choice(beside), GiverKind.PEER, month, dice, values)


def _row(
    scene: Scene, person: Person, giver: Person, kind: GiverKind, month: Month, dice: Random, values: dict[str, str]
) -> Feedback:
    behind = person.diligence[month.index] < 70 and kind == GiverKind.LEADER
    value, done, impact, advice = SAID[-1] if behind else dice.choice(SAID[:-1])
    day = dice.choice(month.working_days)
    given = datetime.combine(day, time(dice.randint(8, 15), dice.randint(0, 59)), ZoneInfo(scene.agency.time_zone))
    symbol = Symbol.FROWN if behind else dice.choice((Symbol.THUMB, Symbol.SMILE, ""))
    return Feedback(
        subject=person.employee,
        giver=giver.employee,
        giver_kind=kind,
        topic=Topic.VALUE,
        value=value,
        about=values[value],
        symbol=symbol,
        behaviour=done,
        impact=impact,
        advice=advice,
        day=day,
        given_at=given,
        form_key=uuid5(NAMESPACE_OID, f"{scene.agency.code}:{person.slot}:{giver.slot}:{month.index}:{kind}"),
    )


def _ask(scene: Scene, asker: Person, asked: Person) -> None:
    morning = datetime.combine(scene.today - timedelta(days=1), time(9, 20), ZoneInfo(scene.agency.time_zone))
    FeedbackAsk.objects.create(
        asker=asker.employee,
        asked=asked.employee,
        topic=Topic.VALUE,
        value="KP",
        about="Kompeten",
        question="Apa yang dapat saya perbaiki waktu menjelaskan berkas yang kurang?",
        asked_at=morning,
        form_key=uuid5(NAMESPACE_OID, f"{scene.agency.code}:ask"),
    )


def _talks(scene: Scene) -> None:
    """Dialogues of the first heads who have a team: one both confirmed last month with what was agreed, one that waits
    for the employee's word, one being prepared."""
    heads = [each for each in scene.people.values() if each.post.is_head and each.unit.key in TALKING]
    for head in heads:
        team = [each for each in scene.staff_of(head.unit.key) if not each.post.is_head][:3]
        for person, (state, ago) in zip(team, STANDS, strict=False):
            _talk(scene, head, person, state, scene.today - timedelta(days=ago))


def _talk(scene: Scene, head: Person, person: Person, state: TalkState, day: date) -> None:
    moment = datetime.combine(day, time(13, 30), ZoneInfo(scene.agency.time_zone))
    talk = Talk.objects.create(
        leader=head.employee,
        employee=person.employee,
        day=day,
        state=state,
        told_at=None if state == TalkState.OPEN else moment,
        confirmed_at=moment + timedelta(hours=2) if state == TalkState.CONFIRMED else None,
        form_key=uuid5(NAMESPACE_OID, f"{scene.agency.code}:talk:{person.slot}"),
    )
    said = "Disepakati mencoba dua minggu, lalu dilihat lagi." if state != TalkState.OPEN else ""
    TalkPoint.objects.create(talk=talk, number=1, text="Antrean pada hari Senin", added_by=head.employee, note=said)
    TalkPoint.objects.create(talk=talk, number=2, text="Alat yang sering macet", added_by=person.employee)
    if state != TalkState.OPEN:
        Agreement.objects.create(
            talk=talk, owner=person.employee, text="Menulis langkah kerja satu halaman", due_on=day + timedelta(days=35)
        )
        Agreement.objects.create(
            talk=talk, owner=head.employee, text="Meminta pengganti alat cetak", due_on=day + timedelta(days=21)
        )
