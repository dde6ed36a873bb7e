"""Makes the letters of assignment behind each day of duty elsewhere: one for those of a unit who travelled that day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid5

from terang.demo.scene import Person, Scene
from terang.evidence.attendance.models import Duty

SPACE = UUID("0c4f2f0e-5f6f-4b8e-9a35-0d5f3f1b7a64")
ERRANDS = (
    ("Rapat koordinasi antarperangkat daerah", "Aula kantor gubernur"),
    ("Konsultasi penyusunan laporan kinerja", "Biro Organisasi Sekretariat Daerah Provinsi"),
    ("Verifikasi lapangan bersama warga", "Balai pertemuan kelurahan"),
    ("Pendampingan layanan jemput bola", "Posko layanan kecamatan"),
)


def assign(scene: Scene, days: Iterable[tuple[Person, date]]) -> None:
    """Letters for these people's days, signed and recorded by who leads the first of them."""
    together: dict[tuple[str, date], list[Person]] = defaultdict(list)
    for person, day in days:
        together[person.unit.key, day].append(person)
    letters = [_letter(scene, people, day) for (_unit, day), people in together.items()]
    Duty.objects.bulk_create(letters, batch_size=2000)
    through = Duty.people.through
    through.objects.bulk_create(
        [
            through(duty_id=duty.pk, employee_id=person.employee.pk)
            for duty, people in zip(letters, together.values(), strict=True)
            for person in people
        ],
        batch_size=5000,
    )


def _letter(scene: Scene, people: list[Person], day: date) -> Duty:
    first = people[0]
    above = scene.appraiser_of(first)
    number = scene.dice(f"letter:{first.slot}:{day}").randint(11, 989)
    purpose, place = ERRANDS[number % len(ERRANDS)]
    return Duty(
        agency=scene.agency,
        letter=f"094/{number}/SPT/{day.year}",
        signed_by=above.employee.name if above else "Sekretaris Daerah",
        purpose=purpose,
        place=place,
        starts_on=day,
        ends_on=day + timedelta(days=1),
        recorded_by=above.employee if above else None,
        form_key=uuid5(SPACE, f"{scene.code}:{first.slot}:{day}"),
    )
