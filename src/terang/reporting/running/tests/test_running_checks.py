"""What is unsafe is said in plain words with what to do, and stops serving; what is safe says nothing."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from terang.cli import drill
from terang.registry.people.models import Role
from terang.reporting.running import checks, facts
from terang.reporting.running.models import Drill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound(settings, tmp_path):
    """An installation as it should be."""
    for name in ("data", "keys", "backups"):
        (tmp_path / name).mkdir(mode=0o700)
    (tmp_path / "backups" / "terang-1.tar").write_bytes(b"x")
    settings.SECRET_KEY = "9fK2-uT7wLq0Zr5vXc8bNm3sDa6hJy1pGe4tRi_oUkQzWxYvCdEfB"
    settings.DEBUG = settings.DEMO = False
    settings.ALLOWED_HOSTS = ["kinerja.kota.example", "127.0.0.1"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://kinerja.kota.example"]
    settings.SITE_URL = "https://kinerja.kota.example"
    settings.SESSION_COOKIE_SECURE = True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.DATA, settings.TERANG_REVIEW_KEYS = tmp_path / "data", tmp_path / "keys"
    settings.TERANG_BACKUPS = str(tmp_path / "backups")
    settings.MFA_REQUIRED_ROLES = [Role.PERSONNEL, Role.OPERATOR, Role.OVERSIGHT]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "terang@kota.example"
    settings.TERANG_METRICS_TOKEN = ""
    return tmp_path


def found(check) -> set[str]:
    told = check(None)
    assert all(each.hint for each in told), "each says what to do"
    return {each.id.partition(".")[2] for each in told}


def test_a_sound_installation_is_told_nothing():
    for check in (
        checks.secret_key,
        checks.modes,
        checks.hosts,
        checks.https,
        checks.mail,
        checks.second_factor,
        checks.clock,
        checks.watching,
    ):
        assert found(check) == set(), check.__name__
    assert found(checks.folders) <= {"W007"}, "but for running as root"


@pytest.mark.parametrize(
    ("check", "changed", "number"),
    [
        ("secret_key", {"SECRET_KEY": "pendek"}, "E001"),
        ("secret_key", {"SECRET_KEY": "a" * 80}, "E001"),
        ("modes", {"DEBUG": True}, "E003"),
        ("modes", {"DEMO": True}, "E004"),
        ("hosts", {"ALLOWED_HOSTS": ["*"]}, "E005"),
        ("hosts", {"CSRF_TRUSTED_ORIGINS": ["http://kinerja.kota.example"]}, "E006"),
        ("https", {"SESSION_COOKIE_SECURE": False}, "E007"),
        ("https", {"ALLAUTH_TRUSTED_PROXY_COUNT": 0}, "E008"),
        ("https", {"SITE_URL": "http://kinerja.kota.example"}, "W001"),
        ("mail", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "W004"),
        ("mail", {"DEFAULT_FROM_EMAIL": "terang@localhost"}, "W005"),
        ("second_factor", {"MFA_REQUIRED_ROLES": []}, "E013"),
        ("second_factor", {"MFA_REQUIRED_ROLES": ["kepegawaiann", *Role.values]}, "E014"),
        ("second_factor", {"MFA_REQUIRED_ROLES": [Role.PERSONNEL]}, "W008"),
        ("clock", {"TIME_ZONE": "Europe/Berlin"}, "E015"),
        ("backups", {"TERANG_BACKUPS": ""}, "W013"),
        ("backups", {"TERANG_BACKUPS": "/tidak/ada"}, "E016"),
        ("virus_scanner", {"VIRUS_SCANNER": ""}, "W020"),
        ("single_sign_on", {"SSO_ISSUER": "http://sso.kota.example"}, "E019"),
        ("watching", {"TERANG_METRICS_TOKEN": "pendek"}, "E018"),
    ],
)
def test_each_danger_is_named(settings, check, changed, number):
    for name, value in changed.items():
        setattr(settings, name, value)
    assert number in found(getattr(checks, check))


def test_folders_that_others_read(sound):
    (sound / "data" / "journal.salt").write_text("garam")
    (sound / "data").chmod(0o755)
    (sound / "data" / "journal.salt").chmod(0o644)
    (sound / "keys").chmod(0o755)
    assert {"E010", "E011", "E012"} <= found(checks.folders)
    (sound / "backups").chmod(0o755)
    assert "E017" in found(checks.backups)


def test_old_backups_and_drills_that_failed_or_never_were(sound):
    assert found(checks.drills) == {"W017"}
    old = timezone.now().timestamp() - 9 * 24 * 3600
    os.utime(sound / "backups" / "terang-1.tar", (old, old))
    if facts.backup_age_s() is not None:
        assert "W016" in found(checks.backups)
    told = {"archive": "a.tar", "backup_at": timezone.now(), "source": "sqlite", "target": "sqlite", "seconds": 3}
    Drill.objects.create(**told, rows=1, files=0, entries=0, faults=["1 berkas hilang"], made_at=timezone.now())
    assert found(checks.drills) == {"W018"}
    Drill.objects.all().delete()
    long_ago = timezone.now() - timedelta(days=200)
    Drill.objects.create(**told, rows=1, files=0, entries=0, faults=[], made_at=long_ago)
    assert found(checks.drills) == {"W019"}


def run(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`terang …` in a process of its own, with a data folder and settings of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TERANG_", "DATABASE_"))}
    env = kept | {"TERANG_DATA": str(tmp_path / "data"), "PYTHONDONTWRITEBYTECODE": "1"} | environment
    line = [sys.executable, "-c", "from terang.cli import main; raise SystemExit(main())", *command]
    return subprocess.run(line, env=env, capture_output=True, text=True, timeout=240, check=False)


def test_serve_refuses_what_is_dangerous_and_says_why(tmp_path):
    told = run(tmp_path, "serve", "--port", "1", TERANG_SECRET_KEY="pendek", TERANG_HOSTS="*")
    assert told.returncode == 1
    assert "running.E005" in told.stdout + told.stderr
    assert "Terang tidak dijalankan" in told.stderr


def test_a_backup_comes_back_and_a_damaged_one_does_not(tmp_path):
    archive = tmp_path / "terang.tar"
    assert run(tmp_path, "setup", TERANG_DEBUG="1").returncode == 0
    assert run(tmp_path, "backup", str(archive), TERANG_DEBUG="1").returncode == 0
    told = run(tmp_path, "drill", str(archive), "--json", TERANG_DEBUG="1")
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert (answer["source"], answer["target"], answer["faults"]) == ("sqlite", "sqlite", [])
    assert answer["rows"] > 0
    content = archive.read_bytes()
    archive.write_bytes(content[: len(content) // 2])
    broken = run(tmp_path, "drill", str(archive), TERANG_DEBUG="1")
    assert broken.returncode != 0
    assert "Traceback" not in broken.stderr


def test_the_kinds_that_a_drill_knows():
    assert drill.KINDS == ("sqlite", "postgresql")
