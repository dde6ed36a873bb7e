"""Kota Uji with everybody who has a part in complaints.

root          Kota Uji            Bupati Uji (regional head)
Bagian Layanan                    Rahmawati Kepala (head), Budi, Cici: the unit that answers, and is accused
Inspektorat                       Ines Inspektur (head), Agus Auditor (oversight both)
Sekretariat                       Kokom Koordinator (coordinator), Sandi (head)
Dinas Lain                        Dodi (head), Lala (liaison)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from terang.evidence.complaints.models import Complaint, ComplaintCategory, ComplaintClass
from terang.evidence.complaints.services import citizen, reporting, verifying, working
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer


@dataclass
class House:
    """The office with its people by name, and ways to bring a complaint somewhere."""

    office: Any
    at: Callable[[datetime], None]
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Employee] = field(default_factory=dict)
    category: Any = None

    def viewer(self, name: str) -> Viewer:
        return self.office.viewer(self.people[name])

    def go_to(self, day: date, hour: int = 10) -> None:
        """Sets the clock of everything to an hour of a day."""
        self.at(self.office.moment(day, hour))

    def report(self, *, photos: Any = (), form_key: UUID | None = None, **fields: Any) -> Complaint:
        """A report of a citizen, with name and telephone number."""
        told = {"title": "Antre dua jam", "body": "Hanya satu loket dibuka.", "category": self.category}
        told |= {"name": "Wati Warga", "contact": "0812 5500 1234"}
        report = reporting.Report(**(told | fields), form_key=form_key or uuid4())
        return reporting.submit_complaint(agency=self.office.agency, report=report, photos=photos).complaint

    def verifying(self, **fields: Any) -> Complaint:
        found = self.report(**fields)
        who = "ines" if found.is_misconduct else "kokom"
        return verifying.start_verification(actor=self.viewer(who), complaint=found, version=found.version)

    def routed(self, **fields: Any) -> Complaint:
        found = self.verifying(**fields)
        unit = None if found.is_misconduct else self.units["service"]
        finding = verifying.Finding(ComplaintClass(found.complaint_class), found.category, unit, is_published=True)
        who = "ines" if found.is_misconduct else "kokom"
        return verifying.route_complaint(
            actor=self.viewer(who), complaint=found, version=found.version, finding=finding
        )

    def in_hand(self, **fields: Any) -> Complaint:
        found = self.routed(**fields)
        if found.is_misconduct:
            return working.take_complaint(actor=self.viewer("agus"), complaint=found, version=found.version)
        return working.assign_complaint(
            actor=self.viewer("head"), complaint=found, version=found.version, handler=self.people["budi"]
        )

    def answered(self, **fields: Any) -> Complaint:
        return self.answer(self.in_hand(**fields))

    def answer(self, found: Complaint, text: str = "Tiga loket dibuka.") -> Complaint:
        who = "agus" if found.is_misconduct else "budi"
        return working.answer_complaint(
            actor=self.viewer(who), complaint=found, version=found.version, text=text, form_key=uuid4()
        )

    def closed(self, **fields: Any) -> Complaint:
        return citizen.confirm_done(complaint=self.answered(**fields))

    def reopened(self, **fields: Any) -> Complaint:
        return citizen.reopen(complaint=self.answered(**fields), text="Masih satu loket.", form_key=uuid4())


def make_house(office: Any, at: Callable[[datetime], None]) -> House:
    house = House(office, at)
    house.units = {"root": office.root, "service": office.unit}
    for key, kind, name in (
        ("inspectorate", "inspektorat", "Inspektorat"),
        ("secretariat", "sekretariat", "Sekretariat"),
        ("other", "dinas", "Dinas Lain"),
    ):
        house.units[key] = _unit(office, kind, name)
    add = office.employee
    house.people = {
        "mayor": add("Bupati Uji", is_head=True, unit=office.root),
        "head": office.head,
        "budi": add("Budi Petugas"),
        "cici": add("Cici Rekan"),
        "ines": add("Ines Inspektur", is_head=True, unit=house.units["inspectorate"]),
        "agus": add("Agus Auditor", unit=house.units["inspectorate"]),
        "sandi": add("Sandi Sekretaris", is_head=True, unit=house.units["secretariat"]),
        "kokom": add("Kokom Koordinator", unit=house.units["secretariat"]),
        "dodi": add("Dodi Kepala", is_head=True, unit=house.units["other"]),
        "lala": add("Lala Penghubung", unit=house.units["other"]),
        "maya": add("Maya Kepegawaian", unit=house.units["secretariat"]),
        "lina": add("Lina Auditor Umum", unit=house.units["secretariat"]),
    }
    for who, role, unit in (
        ("mayor", Role.REGIONAL_HEAD, None),
        ("ines", Role.OVERSIGHT, None),
        ("agus", Role.OVERSIGHT, None),
        ("kokom", Role.COMPLAINT_COORDINATOR, None),
        ("lala", Role.COMPLAINT_COORDINATOR, house.units["other"]),
        ("maya", Role.PERSONNEL, None),
        ("lina", Role.AUDITOR, None),
    ):
        office.grant(house.people[who], role, unit)
    house.category = ComplaintCategory.objects.create(
        agency=office.agency, code="ktp", name="KTP", unit=office.unit, usual_class=ComplaintClass.SERVICE
    )
    return house


def _unit(office: Any, kind: str, name: str) -> Unit:
    unit = Unit.objects.create(
        agency=office.agency, parent=office.root, kind=kind, code=name, name=name, valid_from=date(2020, 1, 1)
    )
    unit.path = f"{office.root.path}{unit.pk}/"
    unit.save()
    return unit
