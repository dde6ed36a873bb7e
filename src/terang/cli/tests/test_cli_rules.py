"""The commands `rules`, `ikm` and `policy check`: their exact answers, and plain refusals for whatever is wrong."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from terang.cli import commands, main

HEADER = "SYARAT,PROSEDUR,WAKTU,BIAYA,PRODUK,KOMPETENSI,PERILAKU,PENGADUAN,SARANA"
NUMBERED = "u1,u2,u3,u4,u5,u6,u7,u8,u9"
MEANS = "3.846,3.769,3.659,3.956,3.890,3.846,3.725,3.857,3.769"
MAKASSAR = (files("terang.rules.policies") / "presets" / "makassar.toml").read_text(encoding="utf-8")


@pytest.fixture
def survey(tmp_path: Path):
    """Writes a survey file and gives its path."""

    def write(*lines: str, encoding: str = "utf-8") -> str:
        path = tmp_path / "survei.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return str(path)

    return write


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The refusal on stderr; stdout must stay empty and the exit code must not be 0."""
    try:
        code = main(list(words))
    except SystemExit as ending:
        code = ending.code
    output = capsys.readouterr()
    assert code not in (0, None)
    assert output.out == ""
    assert output.err.startswith("Galat: ")
    assert "Traceback" not in output.err
    return output.err


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("predicate --work-result above --behaviour above", {"predicate": "sangat_baik"}),
        ("predicate --work-result above --behaviour below", {"predicate": "kurang"}),
        ("predicate --work-result below --behaviour meets", {"predicate": "butuh_perbaikan"}),
        ("predicate --work-result below --behaviour below", {"predicate": "sangat_kurang"}),
        ("distribution --organisation istimewa --counts 14,6,0,0,0", {"ok": True, "warnings": []}),
        (
            "distribution --organisation istimewa --counts 8,12,0,0,0",
            {"ok": False, "warnings": ["Sangat Baik (8 orang) bukan kelompok terbesar."]},
        ),
        ("credit --level ahli_pertama --predicate baik --months 2", {"credit": "2.08"}),
        ("credit --level ahli_muda --predicate baik", {"credit": "25.00"}),
        ("deadline --from 2026-03-13 --working-days 14", {"due": "2026-04-10"}),
        ("deadline --from 2026-03-13 --working-days 14 --holiday 2026-04-10", {"due": "2026-04-13"}),
        ("deadline --from 2026-11-06 --working-days 1 --six-day-week", {"due": "2026-11-07"}),
        ("sample-size --population 2000", {"sample": 322}),
    ],
)
def test_rules_answer_in_json(line: str, expected: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "rules", *line.split()) == expected


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("predicate --work-result bagus --behaviour above", "“bagus” bukan rating"),
        ("predicate --work-result above", "belum diisi: --behaviour"),
        ("predicate --work-result above --behaviour above --organisation hebat", "bukan predikat organisasi"),
        ("predicate --work-result above --behaviour above --on 2021-12-31", "Belum ada aturan"),
        ("distribution --organisation baik --counts 1,2", "Ada 2 angka"),
        ("distribution --organisation baik --counts 1,2,x,0,0", "bukan lima bilangan bulat"),
        (f"distribution --organisation baik --counts 1,2,{'9' * 5000},0,0", "bukan lima bilangan bulat"),
        ("distribution --organisation baik --counts 0,0,0,0,0", "Belum ada pegawai"),
        ("distribution --organisation baik --counts=-1,2,0,0,0", "tidak boleh negatif"),
        ("credit --level ahli_pertama --predicate baik --months 0", "Lama 0 bulan"),
        ("credit --level ahli_pertama --predicate baik --months dua", "“dua” bukan bilangan bulat"),
        ("credit --level ahli --predicate baik", "Jenjang “ahli” tidak dikenal"),
        ("credit --level ahli_pertama --predicate hebat", "bukan predikat kinerja"),
        ("deadline --from 13-03-2026 --working-days 14", "bukan tanggal"),
        ("deadline --from 2026-02-30 --working-days 14", "bukan tanggal"),
        ("deadline --from 2026-03-13 --working-days 0", "Tenggat 0 hari kerja"),
        ("deadline --from 9999-12-30 --working-days 5", "di luar kalender"),
        ("sample-size --population 0", "Populasi 0"),
        ("sample-size --population", "--population belum diberi nilai"),
        ("sample-size --population 5 --cepat", "tidak dikenal: --cepat"),
        ("ramalan", "“ramalan” tidak dikenal"),
        ("", "belum diisi: ATURAN"),
    ],
)
def test_rules_refuse_plainly(line: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert words in refused(capsys, "rules", *line.split())


def test_without_json_a_rule_answers_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "predicate", "--work-result", "above", "--behaviour", "meets", "--organisation", "baik"]) == 0
    assert "Baik menurut kuadran (Pasal 24–25" in capsys.readouterr().out
    assert main(["rules", "credit", "--level", "ahli_pertama", "--predicate", "baik", "--months", "2"]) == 0
    assert capsys.readouterr().out == "Angka kredit: 2,08\n"


def test_a_deadline_into_a_year_without_holidays_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "deadline", "--from", "2026-12-30", "--working-days", "3", "--json"]) == 0
    output = capsys.readouterr()
    assert json.loads(output.out) == {"due": "2027-01-04"}
    assert "hari libur 2027 belum ada" in output.err


def test_ikm_of_respondents_counts_blanks(survey, capsys: pytest.CaptureFixture[str]) -> None:
    path = survey(HEADER, "4,4,4,4,4,4,4,4,4", "2,2,,2,2,2,2,2,2", "")
    result = answered(capsys, "ikm", path)
    assert result["respondents"] == 2
    assert result["blanks"] == 1
    assert result["elements"]["WAKTU"] == "4.000"
    assert result["elements"]["SYARAT"] == "3.000"
    assert (result["ikm"], result["grade"]) == ("77.78", "B")


def test_ikm_of_means_rounds_half_up(survey, capsys: pytest.CaptureFixture[str]) -> None:
    result = answered(capsys, "ikm", survey(NUMBERED, MEANS))
    assert (result["ikm"], result["grade"], result["respondents"], result["blanks"]) == ("95.33", "A", None, 0)
    result = answered(capsys, "ikm", survey(f"{NUMBERED},responden", f"{MEANS},91"))
    assert result["respondents"] == 91


def test_ikm_weights_of_old_reports(survey, capsys: pytest.CaptureFixture[str]) -> None:
    path = survey(NUMBERED, ",".join("444444444"), ",".join("333333333"))
    figures = [answered(capsys, "ikm", path, "--weights", mode)["ikm"] for mode in ("exact", "0.111", "0.11")]
    assert figures == ["87.50", "87.41", "86.63"]


def test_ikm_order_says_what_u8_and_u9_mean(survey, capsys: pytest.CaptureFixture[str]) -> None:
    path = survey(NUMBERED, "3,3,3,3,3,3,3,1,4")
    assert answered(capsys, "ikm", path)["elements"]["PENGADUAN"] == "1.000"
    swapped = answered(capsys, "ikm", path, "--order", "questionnaire")
    assert (swapped["elements"]["PENGADUAN"], swapped["elements"]["SARANA"]) == ("4.000", "1.000")
    coded = survey(HEADER, "3,3,3,3,3,3,3,1,4")
    assert answered(capsys, "ikm", coded, "--order", "questionnaire")["elements"]["PENGADUAN"] == "1.000"


@pytest.mark.parametrize(
    "lines",
    [
        (HEADER.lower().replace(",", ";"), "4;4;4;4;4;4;4;4;4", "3;3;3;3;3;3;3;3;3"),
        ("\ufeff" + HEADER, "4,4,4,4,4,4,4,4,4", "3,3,3,3,3,3,3,3,3"),
        ("no," + HEADER + ",saran", "1,4,4,4,4,4,4,4,4,4,bagus", '2,3,3,3,3,3,3,3,3,3,"cepat, ramah"'),
        ("", HEADER, "4,4,4,4,4,4,4,4,4", "", "3.0,3,3,3,3,3,3,3,3", ",,,,,,,,"),
        (NUMBERED.replace(",", ";"), "3,5;3,5;3,5;3,5;3,5;3,5;3,5;3,5;3,5"),
    ],
)
def test_ikm_reads_the_usual_kinds_of_csv(lines: tuple[str, ...], survey, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "ikm", survey(*lines))["ikm"] == "87.50"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "Berkas kosong"),
        ((HEADER,), "hanya berisi judul"),
        ((HEADER, "3,3,5,3,3,3,3,3,3"), "baris 2, kolom WAKTU: “5” di luar 1 sampai 4"),
        ((HEADER, "3,3,3,3,3,3,3,3,3", "3,3,0,3,3,3,3,3,3"), "baris 3, kolom WAKTU: “0” di luar 1 sampai 4"),
        ((HEADER, "3,3,3,3,3,3,3,3,3", "3,3,baik,3,3,3,3,3,3"), "baris 3, kolom WAKTU: “baik” bukan angka"),
        ((HEADER, "3,3,-3,3,3,3,3,3,3"), "“-3” bukan angka"),
        ((HEADER, "3,3,3.5,3,3,3,3,3,3", "3,3,3,3,3,3,3,3,3"), "“3.5” bukan bilangan bulat"),
        ((HEADER, "3,3,,3,3,3,3,3,3"), "Kolom WAKTU tidak punya satu pun jawaban"),
        ((HEADER, "3.5,3,3,3,3,3,3,3"), "Baris 2 punya 8 kolom, judul punya 9"),
        ((NUMBERED, "3,5,3,5,3,5,3,5,3,5,3,5,3,5,3,5,3,5"), "desimal dengan koma harus memakai pemisah titik koma"),
        ((NUMBERED, "86.5,3,3,3,3,3,3,3,3"), "baris 2, kolom u1 (SYARAT): “86.5” di luar 1 sampai 4"),
        ((NUMBERED, "3.5,,3,3,3,3,3,3,3"), "baris 2, kolom u2 (PROSEDUR): rata-rata kosong"),
        ((NUMBERED, "3.5,x,3,3,3,3,3,3,3"), "“x” bukan angka"),
        ((f"{NUMBERED},n", f"{MEANS},banyak"), "“banyak” bukan jumlah orang"),
        ((HEADER.removesuffix(",SARANA"), "3,3,3,3,3,3,3,3"), "Kolom unsur belum ada: SARANA"),
        ((HEADER.replace("PERILAKU", "PRILAKU"), "3,3,3,3,3,3,3,3,3"), "Kolom “prilaku”: Maksud Anda “perilaku”?"),
        ((f"{HEADER},u3", "3,3,3,3,3,3,3,3,3,3"), "Unsur WAKTU ada di dua kolom: kolom 3 “WAKTU” dan kolom 10 “u3”"),
        (("nama,nilai", "Ani,3"), "Kolom unsur belum ada: SYARAT"),
        ((NUMBERED, "3,3,3,3,baik,3,3,3,3"), "baris 2, kolom u5 (PRODUK): “baik” bukan angka"),
        ((NUMBERED, "3,3,3,3,,3,3,3,3", "3,3,3,3,,3,3,3,3"), "Kolom u5 (PRODUK) tidak punya satu pun jawaban"),
        ((NUMBERED.removesuffix(",u9"), "3,3,3,3,3,3,3,3"), "Kolom unsur belum ada: u9 (SARANA)"),
        ((HEADER.lower(), "3,3,5,3,3,3,3,3,3"), "baris 2, kolom waktu: “5” di luar 1 sampai 4"),
        ((HEADER, '3,3,"3,3,3,3,3,3,3'), "CSV tidak dapat dibaca"),
        ((HEADER, "3,3,\0,3,3,3,3,3,3"), "Berkas bukan CSV"),
    ],
)
def test_ikm_names_what_is_wrong(
    lines: tuple[str, ...], words: str, survey, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused(capsys, "ikm", survey(*lines))


def test_ikm_shows_ten_faults_and_counts_the_rest(survey, capsys: pytest.CaptureFixture[str]) -> None:
    message = refused(capsys, "ikm", survey(HEADER, *["5,3,3,3,3,3,3,3,3"] * 31))
    assert message.count("di luar 1 sampai 4") == 10
    assert "dan 21 lagi" in message


def test_ikm_refuses_other_files_and_options(survey, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "bukan teks UTF-8" in refused(capsys, "ikm", survey(HEADER, "é", encoding="utf-16"))
    assert "tidak ditemukan" in refused(capsys, "ikm", str(tmp_path / "tidak-ada.csv"))
    assert "adalah folder" in refused(capsys, "ikm", str(tmp_path))
    good = survey(HEADER, "3,3,3,3,3,3,3,3,3")
    assert "“0.1” tidak dikenal; pilih exact" in refused(capsys, "ikm", good, "--weights", "0.1")
    assert "“acak” tidak dikenal" in refused(capsys, "ikm", good, "--order", "acak")


def test_ikm_below_the_lowest_class_by_a_rounded_weight_is_refused(survey, capsys: pytest.CaptureFixture[str]) -> None:
    path = survey(HEADER, "1,1,1,1,1,1,1,1,1")
    assert answered(capsys, "ikm", path)["grade"] == "D"
    assert "IKM 24.75 di luar 25 sampai 100" in refused(capsys, "ikm", path, "--weights", "0.11")


def test_policy_check_accepts_a_preset_and_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kebijakan.toml"
    path.write_text(MAKASSAR, encoding="utf-8")
    from_file = answered(capsys, "policy", "check", str(path))
    assert from_file["ok"] is True
    assert from_file == answered(capsys, "policy", "check", "makassar")
    assert main(["policy", "check", str(path)]) == 0
    assert "Kebijakan sah: Kebijakan kinerja Kota Makassar" in capsys.readouterr().out


def test_policy_check_lists_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kebijakan.toml"
    path.write_text(MAKASSAR.replace("weight_bp = 4000", "weight_bp = 3500").replace("service_speed", "kecepatan", 1))
    message = refused(capsys, "policy", "check", str(path))
    assert "2 masalah" in message
    assert "aspects: Bobot aspek berjumlah 9500 (95 %)" in message
    assert "aspects[1].measures[1].code: “kecepatan” tidak dikenal" in message
    assert main(["policy", "check", str(path), "--json"]) == 1
    payload = json.loads(capsys.readouterr().out)
    assert payload["ok"] is False
    assert {problem["path"] for problem in payload["problems"]} == {"aspects", "aspects[1].measures[1].code"}


def test_policy_check_refuses_what_is_no_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kebijakan.toml"
    path.write_text('code = "a"\ntitle = [\n', encoding="utf-8")
    assert "penulisan berkas salah" in refused(capsys, "policy", "check", str(path))
    path.write_bytes(b"\xff\xfe\x00")
    assert "bukan teks UTF-8" in refused(capsys, "policy", "check", str(path))
    assert "tidak ditemukan" in refused(capsys, "policy", "check", str(tmp_path / "x.toml"))
    assert "belum diisi: TINDAKAN" in refused(capsys, "policy")


def test_commands_are_found_by_themselves_and_explain_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    assert {"rules", "ikm", "policy"} <= set(commands())
    for name in commands():
        with pytest.raises(SystemExit) as ending:
            main([name, "--help"])
        assert ending.value.code == 0
        assert "cara pakai: terang" in capsys.readouterr().out
    assert main([]) == 2
    assert "perintah" in capsys.readouterr().out


def test_asking_for_a_rule_waits_for_no_framework() -> None:
    script = (
        "import sys; from terang.cli import main; main('rules sample-size --population 2000'.split());"
        "print([name for name in ('django', 'polars', 'narwhals', 'pyspark') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == ["Jumlah responden: 322", "[]"]


def test_a_reader_that_has_seen_enough_is_no_error(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def closed(_args: object) -> int:
        raise BrokenPipeError(32, "Broken pipe")

    kept: list[tuple[int, int]] = []
    monkeypatch.setattr(commands()["ikm"], "run", closed)
    monkeypatch.setattr("os.dup2", lambda *numbers: kept.append(numbers))
    monkeypatch.setattr("sys.stdout.fileno", lambda: 1, raising=False)
    assert main(["ikm", "x.csv"]) == 0
    assert capsys.readouterr().err == ""
    assert [target for _, target in kept] == [1]
