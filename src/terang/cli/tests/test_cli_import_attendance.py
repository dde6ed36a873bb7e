"""`terang import attendance`: keeps a file once, tells what is unknown, and refuses what is of no use."""

import json
from datetime import date

import pytest

from terang.cli import main
from terang.evidence.attendance.models import AttendanceDay, Device, PinHolder, Punch

LOG = "17\t2026-10-05 07:28:41\t1\t0\t1\t0\n99\t2026-10-05 07:30:00\t1\t0\t1\t0\nkacau\n"


@pytest.fixture
def file(cast, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "f"}}
    }
    Device.objects.create(agency=cast.agency, serial="A1", name="Pintu")
    PinHolder.objects.create(agency=cast.agency, pin="17", employee=cast.andi, starts_on=date(2020, 1, 1))
    path = tmp_path / "attlog.dat"
    path.write_text(LOG)
    return str(path)


def test_a_file_is_kept_once(file, cast, capsys):
    assert main(["import", "attendance", file, "--device", "A1", "--preview"]) == 0
    assert Punch.objects.count() == 0
    for new in (2, 0):
        assert main(["import", "attendance", file, "--device", "A1", "--json"]) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (told["new"], told["bad"], told["unknown"]) == (new, 1, [["99", 1]])
    assert AttendanceDay.objects.get().employee == cast.andi


def test_an_unknown_device_or_a_file_of_no_use_is_refused(file, tmp_path, capsys):
    assert main(["import", "attendance", file, "--device", "B9"]) == 1
    assert "Alat yang terdaftar: A1" in capsys.readouterr().err
    (tmp_path / "kosong.dat").write_text("kacau\n")
    assert main(["import", "attendance", str(tmp_path / "kosong.dat"), "--device", "A1"]) == 1
    assert "Tidak ada satu pun" in capsys.readouterr().err
    assert main(["import", "attendance", str(tmp_path / "tiada.dat"), "--device", "A1"]) == 1
