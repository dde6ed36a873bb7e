"""`terang documents`: files of a plan or a unit, refusals in plain words."""

import json

import pytest

from terang.cli import main
from terang.reporting.documents.models import Document
from terang.reporting.documents.tests.test_documents_issuing import agreed, begun, own_vault  # noqa: F401


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_an_agreed_plan_is_issued_as_a_file(cast, tmp_path, capsys):
    version = agreed(cast)
    assert main(["documents", "--plan", str(version.plan_id), "--kind", "skp", "--out", str(tmp_path / "x")]) == 0
    assert files(tmp_path / "x") == [f"skp-{cast.andi.nip}-2026-v1.pdf"]
    assert "1 berkas ditulis" in capsys.readouterr().out
    assert Document.objects.count() == 1


def test_a_draft_is_marked_and_not_issued(cast, tmp_path, capsys):
    version = begun(cast)
    assert main(["documents", "--plan", str(version.plan_id), "--out", str(tmp_path / "x")]) == 0
    assert "DRAF" in capsys.readouterr().err
    assert not Document.objects.exists()


def test_a_unit_gives_a_file_for_each_agreed_plan(cast, tmp_path, capsys):
    agreed(cast)
    begun(cast, who="rina")
    words = [
        "documents",
        "--unit",
        cast.units["dukcapil"].code,
        "--year",
        "2026",
        "--out",
        str(tmp_path / "x"),
        "--json",
    ]
    assert main(words) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["files"] == files(tmp_path / "x") == [f"lengkap-{cast.andi.nip}-2026-v1.pdf"]
    assert "1 rencana belum disepakati" in told.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--plan", "999"], "Rencana 999 tidak ada"),
        (["--unit", "TIDAK-ADA", "--year", "2026"], "tidak ditemukan"),
        (["--unit", "X"], "--year"),
    ],
)
def test_what_is_not_there_is_refused(cast, tmp_path, capsys, words, told):
    assert main(["documents", *words, "--out", str(tmp_path / "x")]) == 1
    assert told in capsys.readouterr().err


def test_a_unit_without_agreed_plans_is_refused(cast, tmp_path, capsys):
    assert main(["documents", "--unit", cast.units["bkd"].code, "--year", "2026", "--out", str(tmp_path / "x")]) == 1
    assert "Belum ada SKP yang disepakati" in capsys.readouterr().err


def test_a_wrong_certificate_is_told(cast, tmp_path, capsys, settings):
    settings.SIGNING_P12 = str(tmp_path / "tidak.p12")
    version = agreed(cast)
    assert main(["documents", "--plan", str(version.plan_id), "--out", str(tmp_path / "x")]) == 1
    assert "TERANG_SIGNING_P12" in capsys.readouterr().err
