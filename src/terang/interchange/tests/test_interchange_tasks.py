"""The worker's halves of an import: done once, never half, and never left running for ever."""

import uuid
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from terang.interchange import tasks
from terang.interchange.models import ImportState, PeopleImport
from terang.registry.people.models import Assignment, Employee
from terang.rules.sentences import Sentence

ROW = "NIP;Nama;Status;Kode unit;Jabatan;Jenis jabatan\n{nip};Joni;PNS;CIVIL;Arsiparis;Pelaksana"
NIP = "199001012015041071"

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(cast, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    path = default_storage.save("imports/x", ContentFile(ROW.format(nip=NIP).encode()))
    job = PeopleImport.objects.create(
        agency=cast.agency, form_key=uuid.uuid4(), file_name="a.csv", file_path=path, effective_on=date(2026, 12, 1)
    )
    tasks.read_import.call(job.pk)
    PeopleImport.objects.filter(pk=job.pk, state=ImportState.SHOWN).update(state=ImportState.APPLYING)
    job.refresh_from_db()
    return job


def state_of(job):
    job.refresh_from_db()
    return job.state


def test_two_workers_with_the_same_import_apply_it_once(job):
    seen = tasks._preview(job, lambda *_: None)
    tasks._apply(job, seen)
    tasks._apply(job, seen)
    tasks._show(job, seen, message=Sentence("Data berubah"))
    assert state_of(job) == ImportState.DONE
    assert Assignment.objects.filter(employee__nip=NIP).count() == 1


def test_what_fails_while_applying_can_be_tried_again(job, monkeypatch):
    def fails(*_args, **_options):
        raise RuntimeError("disk")

    monkeypatch.setattr(tasks, "apply", fails)
    with pytest.raises(RuntimeError):
        tasks.apply_import.call(job.pk)
    assert state_of(job) == ImportState.SHOWN
    assert "tidak ada yang berubah" in job.message["text"]
    assert not Employee.objects.filter(nip=NIP).exists()


def test_a_file_that_breaks_the_reader_is_refused_and_told(job, monkeypatch):
    def fails(*_args, **_options):
        raise RuntimeError("pembaca")

    PeopleImport.objects.filter(pk=job.pk).update(state=ImportState.READING)
    monkeypatch.setattr(tasks, "preview", fails)
    with pytest.raises(RuntimeError):
        tasks.read_import.call(job.pk)
    assert state_of(job) == ImportState.REFUSED
    assert "Simpan ulang" in job.message["text"]
