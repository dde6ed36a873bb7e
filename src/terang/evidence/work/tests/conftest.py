"""What the tests of daily work share: somebody with a plan, a client for anybody, and a vault of their own."""

import pytest


@pytest.fixture
def budi(office):
    return office.employee("Budi")


@pytest.fixture
def indicator(office, budi):
    return office.indicator(office.plan(budi))


@pytest.fixture
def as_(client, db):
    def as_(employee):
        client.force_login(employee.user)
        return client

    return as_


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
