"""An office in which the month's pulse asks twelve people, on the clock of `TODAY`."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest

from terang.evidence.conftest import TODAY, make_office, office, today  # noqa: F401 (fixtures)
from terang.follow_up.pulse import services
from terang.follow_up.pulse.models import PulseTicket, Wave
from terang.follow_up.pulse.services.opening import fill
from terang.registry.people.models import Employee, Role

NAMES = ("Sari", "Tuti", "Umar", "Vina", "Wira", "Yani", "Zaki", "Asri", "Bayu", "Cici", "Dodi", "Esti")


@dataclass
class Asked:
    """`wave` asks `people`, all of one unit."""

    office: object
    people: dict[str, Employee]
    wave: Wave

    def answer(self, name: str, remark: str = "", **answers: int) -> None:
        viewer = self.office.viewer(self.people[name])
        services.answer(actor=viewer, wave=self.wave, answers=answers or {"percaya": 4}, remark=remark)

    def release(self, on: date | None = None) -> bool:
        return services.release(wave=self.wave, today=on or self.wave.closes_on)

    def ticket(self, name: str) -> PulseTicket:
        return PulseTicket.objects.get(wave=self.wave, employee=self.people[name])


def make_asked(office, key_name=None, names=NAMES) -> Asked:  # noqa: F811
    people = {name: office.employee(name) for name in names}
    office.grant(office.head, Role.PERSONNEL)
    wave = Wave(
        agency=office.agency,
        month=TODAY.replace(day=1),
        opens_on=TODAY,
        closes_on=TODAY + timedelta(days=14),
        asked=len(people),
        key_name=key_name or uuid4(),
    )
    ids = [each.pk for each in people.values()]
    fill(wave, ids, dict.fromkeys(ids, office.unit.pk))
    return Asked(office, people, wave)


@pytest.fixture
def asked(office) -> Asked:  # noqa: F811
    return make_asked(office)
