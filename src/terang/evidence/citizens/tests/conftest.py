"""What the tests of requests share: an office with a service in force and people in every part."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terang.evidence.citizens import services
from terang.evidence.citizens.models import RequestPause, RequestState, Service, ServiceRequest, ServiceStandard
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer

TEXTS = {
    "decree": "SK 1/2026",
    "decree_day": date(2026, 1, 2),
    "valid_from": date(2026, 1, 5),
    "online": True,
    "limit": 5,
    "limit_unit": "hari_kerja",
    "procedure": "Datang atau ajukan dari rumah",
    "product": "KTP-el",
    "complaint_handling": "Meja pengaduan",
    **dict.fromkeys(("legal_basis", "facilities", "competence", "supervision"), "Ada"),
    **dict.fromkeys(("staffing", "assurance", "safety", "evaluation"), "Ada"),
}
"""A standard as a form gives it."""
STEPS = (services.StepText("Periksa", "Operator", 450), services.StepText("Cetak", "Operator", 4 * 450))
LAST_DAY = date(2026, 12, 24)
"""Until when what was sent back can be completed."""
PAPERS = (services.RequirementText("Kartu keluarga"), services.RequirementText("Rekam data", attachable=False))


@dataclass
class Counter:
    """Bagian Layanan with its people: Budi (officer), Sari (officer), Dewi (manager), Tono (none of it)."""

    office: Any
    service: Service
    standard: ServiceStandard
    people: dict[str, Employee]

    @property
    def texts(self) -> dict[str, Any]:
        return dict(TEXTS)

    def viewer(self, name: str) -> Viewer:
        return self.office.viewer(self.people[name])

    def request(self, state: str, officer: str | None = "budi", **fields: Any) -> ServiceRequest:
        """A request that stands there since this morning, by hand."""
        came = self.office.moment(date(2026, 11, 24), 8)
        values: dict[str, Any] = {
            "officer": self.people[officer] if officer else None,
            "received_at": came,
            "complete_since": came,
            "tracking_code": f"KTP-{uuid4().hex[:8].upper()}",
        }
        if state in (RequestState.PROCESSING, RequestState.READY, RequestState.DELIVERED):
            values |= {"started_at": came, "standard_minutes": 2250}
            values["due_at"] = self.office.moment(date(2026, 12, 1), 8)
        if state in (RequestState.READY, RequestState.DELIVERED):
            values |= {"completed_at": came, "actual_minutes": 0}
        if state in (RequestState.DELIVERED, RequestState.REFUSED, RequestState.CANCELLED):
            values["ended_at"] = came
        row = ServiceRequest.objects.create(
            service=self.service, standard=self.standard, state=state, **(values | fields)
        )
        if state == RequestState.RETURNED:
            RequestPause.objects.create(
                request=row, officer=row.officer, reason="KK buram", started_at=came, until=LAST_DAY
            )
        return row

    def file(self, name: str = "kk.pdf") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n")

    def apply(self, **fields: Any) -> services.Received:
        """A citizen applies from home."""
        paper = self.standard.requirements.get(attachable=True)
        values = {"form_key": uuid4(), "name": "Ibu Ani Wulandari", "files": {paper.pk: self.file()}}
        return services.apply_online(service=self.service, **(values | fields))


@pytest.fixture
def counter(office: Any, tmp_path: Any, settings: Any) -> Counter:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    service = Service.objects.create(unit=office.unit, code="ktp", name="KTP elektronik", standard_minutes=2250)
    standard = services.publish_standard(
        actor=None, service=service, based_on=0, values=TEXTS, requirements=PAPERS, steps=STEPS
    )
    assert standard is not None
    people = {name: office.employee(name.title()) for name in ("budi", "sari", "dewi", "tono")}
    for name in ("budi", "sari"):
        office.grant(people[name], Role.SERVICE_OFFICER, office.unit)
    office.grant(people["dewi"], Role.SERVICE_MANAGER, office.unit)
    return Counter(office, service, standard, people)


@pytest.fixture
def counting_cache(settings: Any) -> None:
    """Limits are counted in a cache of this test alone."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid4().hex}}
