"""What the tests of inspections share: an overseer, somebody inspected, a visit, and a place for photos."""

from uuid import uuid4

import pytest

from terang.evidence.oversight import services
from terang.registry.people.models import Role


@pytest.fixture
def agus(office):
    person = office.employee("Agus", unit=office.root)
    office.grant(person, Role.OVERSIGHT)
    return person


@pytest.fixture
def budi(office):
    return office.employee("Budi")


@pytest.fixture
def visit(office, agus, today):
    told = {"unit": office.unit, "day": today, "purpose": "Sidak loket", "letter": "090/12/2026", "reply_days": 3}
    return services.open_inspection(actor=office.viewer(agus), form_key=uuid4(), **told)


@pytest.fixture
def vault(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
