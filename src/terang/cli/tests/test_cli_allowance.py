"""`terang allowance`: the same rupiah from CSV, XLSX and JSON, and refusals that name row and column."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from terang.cli import main

NIP, OTHER = "198001012005011001", "198502022010012002"
TITLES = ["nip", "nama", "bulan", "besaran_dasar", "status_pegawai", "golongan", "tanpa_keterangan"]
TITLES += [f"{kind}{n}" for kind in ("tl", "psw") for n in (1, 2, 3, 4)] + ["cuti_ditolak", "gaji", "iuran_gaji"]
ROW = [NIP, "Sari", "2026-10", "4000000", "pns", "III/b", "0", *"11110000", "1", "5000000", "50000"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "fakta.csv"
    path.write_text(";".join(TITLES) + "\n" + ";".join(ROW) + "\n", encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert main(["allowance", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(["allowance", *words]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def changed(path: Path, title: str, text: str) -> str:
    row = [*ROW]
    row[TITLES.index(title)] = text
    path.write_text(";".join(TITLES) + "\n" + ";".join(row) + "\n", encoding="utf-8")
    return str(path)


def test_csv_xlsx_and_json_give_the_same(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = told(capsys, str(table), "--policy", "tulang_bawang")
    (slip,) = first["slips"]
    assert (slip["nip"], slip["month"], slip["gross_idr"]) == (NIP, "2026-10", 3_908_000)
    assert [row["amount"] for row in slip["rows"] if row["kind"] in ("pay", "cut") and row["amount"]] == [
        4_000_000, -8_000, -16_000, -20_000, -24_000, -24_000,
    ]  # fmt: skip
    assert slip["net_idr"] == 3_908_000 - 195_400 - 39_080
    book = xlsxwriter.Workbook(tmp_path / "fakta.xlsx")
    sheet = book.add_worksheet()
    for column, (title, text) in enumerate(zip(TITLES, ROW, strict=True)):
        sheet.write_string(0, column, title)
        sheet.write(1, column, int(text) if text.isdigit() and text != NIP else text)
    book.close()
    assert told(capsys, str(tmp_path / "fakta.xlsx"), "--policy", "tulang_bawang") == first
    rows = [dict(zip(TITLES, ROW, strict=True)) | {"besaran_dasar": 4_000_000, "gaji": 5_000_000}]
    (tmp_path / "fakta.json").write_text(json.dumps(rows), encoding="utf-8")
    assert told(capsys, str(tmp_path / "fakta.json"), "--policy", "tulang_bawang") == first


@pytest.mark.parametrize(
    ("title", "text", "message"),
    [
        ("tl2", "dua", "baris 2, kolom tl2: “dua” bukan angka bulat."),
        ("tl2", "", "baris 2, kolom tl2: kosong; terlambat jenjang 2 harus diisi."),
        ("tl2", "40", "baris 2, kolom tl2: “40” di luar 0 sampai 31."),
        ("tl2", "1,5", "baris 2, kolom tl2: “1,5” bukan bilangan bulat."),
        ("status_pegawai", "honorer", "baris 2, kolom status_pegawai: “honorer” tidak dikenal; pilih pns, cpns"),
        ("bulan", "Oktober", "baris 2, kolom bulan: “Oktober” bukan bulan; tulis misalnya 2026-10."),
        ("nip", "", "baris 2, kolom nip: kosong."),
        ("golongan", "V/a", "baris 2 (198001012005011001): Golongan “V/a” tidak dikenal."),
        ("besaran_dasar", "", "baris 2 (198001012005011001): “kelas jabatan” belum diisi. Isi kolom kelas_jabatan."),
    ],
)
def test_faults_name_row_and_column(
    table: Path, capsys: pytest.CaptureFixture[str], title: str, text: str, message: str
) -> None:
    assert message in refused(capsys, changed(table, title, text), "--policy", "tulang_bawang")


def test_missing_and_doubled_columns_and_rows(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("tl3", "tI3"), encoding="utf-8")
    assert "Kolom belum ada: tl3." in refused(capsys, str(table), "--policy", "tulang_bawang")
    table.write_text(text.replace("tl3", "tl2"), encoding="utf-8")
    assert "Kolom “tl2” ada dua" in refused(capsys, str(table), "--policy", "tulang_bawang")
    table.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    assert "baris 3, kolom nip: 198001012005011001 sudah ada di baris 2" in refused(
        capsys, str(table), "--policy", "tulang_bawang"
    )
    table.write_text(text.splitlines()[0], encoding="utf-8")
    assert "hanya berisi judul kolom" in refused(capsys, str(table), "--policy", "tulang_bawang")
    table.with_suffix(".json").write_text("{", encoding="utf-8")
    assert "JSON tidak dapat dibaca" in refused(capsys, str(table.with_suffix(".json")), "--policy", "tulang_bawang")


def test_one_slip_in_words_and_the_columns(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allowance", str(table), "--policy", "tulang_bawang", "--slip", NIP]) == 0
    shown = capsys.readouterr().out
    assert "Terlambat 31–60 menit (1 × 0,4\u00a0%): −Rp16.000" in shown
    assert "Dari TPP penuh Rp4.000.000." in shown
    assert main(["allowance", "--policy", "banjarmasin", "--columns"]) == 0
    assert "menit_produktif" in capsys.readouterr().out
    assert "NIP 1 tidak ada" in refused(capsys, str(table), "--policy", "tulang_bawang", "--slip", "1")
    assert "Sebutkan berkas fakta" in refused(capsys, "--policy", "tulang_bawang")


def test_the_version_of_the_month_is_taken(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from terang.rules.allowance import rule_preset_text

    newer = tmp_path / "baru.toml"
    text = rule_preset_text("tulang_bawang").replace(
        "version = 1\nvalid_from = 2022-01-01", "version = 2\nvalid_from = 2026-11-01"
    )
    newer.write_text(text.replace("rate = 40\n", "rate = 80\n"), encoding="utf-8")
    words = ["--policy", "tulang_bawang", "--policy", str(newer)]
    assert told(capsys, str(table), *words)["slips"][0]["gross_idr"] == 3_908_000
    (later,) = told(capsys, changed(table, "bulan", "2026-11"), *words)["slips"]
    assert (later["version"], later["gross_idr"]) == (2, 3_892_000)
    old = refused(capsys, changed(table, "bulan", "2020-01"), "--policy", "tulang_bawang")
    assert "Belum ada aturan tunjangan yang berlaku pada 2020-01" in old


def test_a_rule_with_faults_is_refused(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "salah.toml"
    wrong.write_text('code = "x"\n', encoding="utf-8")
    shown = refused(capsys, str(table), "--policy", str(wrong))
    assert "steps: belum diisi." in shown
    assert "valid_from: belum diisi." in shown
