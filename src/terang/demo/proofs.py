"""Makes photos of field work, drawn and never taken, as proofs of entries: one with time and place, one used again by
the same person, who is asked about it, and one used by a colleague, who has explained it."""

import io
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from terang.custody.models import Resemblance, ResemblanceState, StoredFile
from terang.custody.services import ask_about, store_upload
from terang.demo.scene import Person, Scene
from terang.evidence.work.models import Entry, EntryFile, EntryState

SIZE = (1200, 900)
PLACES = {
    "makassar": ((5, 8, 51.0), "S", (119, 24, 25.0), "E"),
    "palu": ((0, 53, 54.0), "S", (119, 51, 34.0), "E"),
    "aceh_tenggara": ((3, 29, 22.0), "N", (97, 48, 40.0), "E"),
    "semarang": ((6, 58, 58.0), "S", (110, 24, 33.0), "E"),
    "mamuju": ((2, 40, 41.0), "S", (118, 53, 12.0), "E"),
}
"""About the middle of each town."""
BEFORE = timedelta(days=45)


def attach_proofs(scene: Scene) -> None:
    """Two people of one unit, four proofs, two questions. Nothing where the unit has no two people with entries."""
    pair = _pair(scene)
    if pair is None:
        return
    (first, colleague), entries = pair, {}
    for person in pair:
        rows = Entry.objects.filter(employee=person.employee, day__lte=scene.today - timedelta(days=1))
        entries[person.slot] = rows.order_by("-day", "-id")
    old = entries[first.slot].filter(day__lte=scene.today - BEFORE, state=EntryState.ACCEPTED).first()
    new = list(entries[first.slot][:2])
    shared = entries[colleague.slot].first()
    if old is None or len(new) < 2 or shared is None:
        return
    picture = field_work(scene.dice("proofs"))
    _prove(scene, old, _as_taken(scene, picture, old, 95), "penyuluhan.jpg")
    _prove(scene, new[1], _as_taken(scene, field_work(scene.dice("proofs:2")), new[1], 90), "kunjungan-rumah.jpg")
    _prove(scene, new[0], _as_taken(scene, picture.resize((800, 600)), None, 70), "IMG-kegiatan.jpg")
    _explained(_prove(scene, shared, _as_taken(scene, picture.resize((960, 720)), None, 80), "foto-bersama.jpg"))


def field_work(dice: Random) -> Image.Image:
    """A house, hills, trees and people, as a child would draw them."""
    image = Image.new("RGB", SIZE, (150 + dice.randrange(60), 200, 235))
    draw = ImageDraw.Draw(image)
    for _ in range(4):
        x, y = dice.randrange(-200, 1000), dice.randrange(280, 420)
        draw.ellipse([x, y, x + dice.randrange(500, 900), y + 700], (70 + dice.randrange(60), 140, 90))
    draw.rectangle([0, 620, 1200, 900], (190, 160 + dice.randrange(30), 110))
    _house(draw, dice.randrange(80, 620), dice)
    for _ in range(5):
        x, tall = dice.randrange(40, 1150), dice.randrange(140, 260)
        draw.rectangle([x, 640 - tall, x + 22, 660], (110, 75, 45))
        draw.ellipse([x - 70, 520 - tall, x + 90, 700 - tall], (30, 90 + dice.randrange(50), 50))
    for n in range(6):
        _person(draw, 90 + 180 * n + dice.randrange(60), 600 + dice.randrange(90), dice)
    return image


def _house(draw: ImageDraw.ImageDraw, x: int, dice: Random) -> None:
    draw.rectangle([x, 360, x + 420, 660], (235, 225, 200 - dice.randrange(60)))
    draw.polygon([(x - 40, 360), (x + 210, 200), (x + 460, 360)], (160, 70 + dice.randrange(40), 50))
    draw.rectangle([x + 170, 480, x + 250, 660], (120, 80, 50))
    for window in (x + 40, x + 300):
        draw.rectangle([window, 430, window + 80, 520], (120, 170, 200))


def _person(draw: ImageDraw.ImageDraw, x: int, y: int, dice: Random) -> None:
    shirt = (dice.randrange(40, 230), dice.randrange(40, 200), dice.randrange(40, 200))
    draw.ellipse([x + 12, y - 60, x + 62, y - 8], (150, 105, 75))
    draw.rectangle([x, y - 8, x + 74, y + 110], shirt)
    draw.rectangle([x + 8, y + 110, x + 66, y + 200], (45, 50, 70))


def _pair(scene: Scene) -> tuple[Person, Person] | None:
    """Somebody of the cast who leads nobody, and a colleague; rather where the cast has their leader too."""
    cast = scene.facts["cast"]
    for slot in sorted(cast, key=lambda slot: f"{slot.partition('/')[0]}/head" not in cast):
        person = scene.people.get(slot)
        if person is None or person.post.is_head:
            continue
        others: Sequence[Person] = [other for other in scene.staff_of(person.unit.key) if other.slot != slot]
        if others:
            return person, others[0]
    return None


def _as_taken(scene: Scene, image: Image.Image, entry: Entry | None, quality: int) -> bytes:
    """The file as a phone writes it; without an entry as a messenger passes it on, with neither time nor place."""
    notes, out = Image.Exif(), io.BytesIO()
    if entry is not None:
        latitude, north, longitude, east = PLACES[scene.code]
        notes.get_ifd(0x8769)[0x9003] = f"{entry.day:%Y:%m:%d} 10:15:00"
        notes.get_ifd(0x8825).update({1: north, 2: latitude, 3: east, 4: longitude})
    image.save(out, "JPEG", quality=quality, exif=notes)
    return out.getvalue()


def _prove(scene: Scene, entry: Entry, content: bytes, name: str) -> StoredFile:
    """Kept, attached and compared, as the worker would."""
    stored = store_upload(SimpleUploadedFile(name, content), actor=SimpleNamespace(employee=entry.employee))
    moment = datetime.combine(entry.day, time(15, 5), ZoneInfo(scene.agency.time_zone))
    StoredFile.objects.filter(pk=stored.pk).update(uploaded_at=moment)
    EntryFile.objects.create(entry=entry, file=stored)
    ask_about(file_id=stored.pk)
    return stored


def _explained(stored: StoredFile) -> None:
    Resemblance.objects.filter(file=stored).update(
        state=ResemblanceState.EXPLAINED,
        explanation="Kami turun bersama; foto dari rekan saya pakai juga karena baterai ponsel saya habis.",
        explained_at=timezone.now(),
        version=2,
    )
