"""`terang policy replay`: counts as JSON and words, and plain refusals."""

import json
from datetime import date

import pytest
from django.utils import timezone
from tests.cast import NOW
from tests.policy import DISCIPLINE

from terang.cli import main
from terang.evaluation.models import Score
from terang.evaluation.services import open_periods, publish_policy, recompute_agency
from terang.evidence.attendance.models import AttendanceDay

SHARE = "s..disiplin.punctuality"


@pytest.fixture
def city(cast, monkeypatch):
    """Andi is present on two days of November, late on one."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    publish_policy(agency=cast.agency, text=DISCIPLINE)
    [cast.period] = open_periods(agency=cast.agency, start=date(2026, 11, 1), end=date(2026, 12, 1))
    for day, late in ((2, 0), (3, 20)):
        AttendanceDay.objects.create(employee=cast.andi, day=date(2026, 11, day), status="hadir", late_minutes=late)
    recompute_agency(agency=cast.agency, period=cast.period)
    return cast


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "coba.toml"
    path.write_text(DISCIPLINE, encoding="utf-8")
    return str(path)


def test_the_counts_are_those_of_the_hand(city, file, capsys):
    """Andi: 60 % of 100 and 40 % of 50 is 80; with punctuality alone nearly 50, below the standard of 65."""
    said = ["policy", "replay", file, "--time", "2026-11-01", "--set", f"{SHARE}=99", "--lock", SHARE]
    assert main([*said, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert Score.objects.get(employee=city.andi).total_bp == 8_000
    assert (found["sum_before"], found["sum_after"]) == (8_000, 5_050)
    assert (found["down"], found["fell"], found["people"]) == (1, 1, Score.objects.count())
    assert found["official_scores"] == found["official_scores_same"] == Score.objects.count()
    assert main(said) == 0
    assert "turun kelas 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--time", "2020-01-01"], "tidak dikenal"),
        (["--set", "w..apa=3"], "“w..apa” tidak dikenal"),
        (["--set", f"{SHARE}=banyak"], "bukan persen"),
        (["--set", "work_meets=95"], "harus di bawah"),
        (["--lock", "apa"], "“apa” tidak dikenal"),
        (["--agency", "11.11"], "Instansi 11.11 tidak ada."),
    ],
)
def test_what_cannot_be_replayed_is_refused_with_what_to_do(city, file, capsys, more, said):
    assert main(["policy", "replay", file, *more]) == 1
    assert said in capsys.readouterr().err
