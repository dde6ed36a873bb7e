"""`terang import people`: what the list does not show is counted, and there is a way to all of it."""

import csv
import json
from pathlib import Path

import pytest

from terang.cli import main
from terang.cli.import_ import CODES_SHOWN, SHOWN
from terang.registry.organization.models import Agency

pytestmark = pytest.mark.django_db
UNKNOWN = 2_010
"""Rows: more than any list shows at once."""


@pytest.fixture
def staff(cast, tmp_path: Path) -> str:
    """A list of people in which every row names a unit that does not exist."""
    path = tmp_path / "pegawai.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["NIP", "Nama", "Status", "Kode unit", "Jabatan", "Jenis jabatan"])
        for number in range(UNKNOWN):
            nip = f"19900101{2015 + number // 500}011{number % 500:03d}"
            writer.writerow([nip, f"Orang {number}", "PNS", "X", "Y", "Z"])
    return str(path)


def shown(capsys: pytest.CaptureFixture[str], path: str, *words: str) -> str:
    assert main(["import", "people", path, "--agency", Agency.objects.get().code, *words]) == 1
    return capsys.readouterr().out


def test_rows_beyond_the_first_are_counted(staff, capsys):
    text = shown(capsys, staff)
    rows = sum(line.startswith("  baris ") for line in text.splitlines())
    whole = sum(line.startswith("  baris ") for line in shown(capsys, staff, "--all").splitlines())
    assert rows == SHOWN
    assert whole >= UNKNOWN
    assert f"… dan {whole - SHOWN} baris lagi. Tambahkan --all" in text


def test_all_rows_need_no_remark(staff, capsys):
    assert "lagi. Tambahkan --all" not in shown(capsys, staff, "--all")


def test_json_holds_every_row(staff, capsys):
    rows = json.loads(shown(capsys, staff, "--json"))["rows"]
    assert {row["row"] for row in rows} == set(range(2, UNKNOWN + 2))


def test_codes_of_agencies_beyond_the_first_are_counted(cast, staff, capsys):
    Agency.objects.bulk_create(Agency(code=f"80.{n:02d}", name=f"Kota {n}", kind="kota") for n in range(CODES_SHOWN))
    assert main(["import", "people", staff]) == 1
    assert "… dan 1 lagi." in capsys.readouterr().err
