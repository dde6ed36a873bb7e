"""What `terang check --deploy` says before people rely on an installation: what is unsafe, and what to do.

Errors stop `terang serve`; warnings are told. Where the database does not answer, the checks that ask it say nothing:
that is `/health/ready`'s to tell. Everything is plain Indonesian, for it is read by one administrator on a terminal.
"""

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.utils import timezone

from terang.custody import scanner
from terang.registry.people.models import Employee, Role
from terang.reporting.running import facts

TAG = "terang"
LEAST_KEY = 50
LEAST_DIFFERENT = 10
"""Letters and different letters of a secret key; `terang` never makes a shorter one."""
LEAST_TOKEN = 24
MANY_PEOPLE = 500
"""Active people from which on the one writer of SQLite is felt (docs/operations.md)."""
CLOCK_SECONDS = 5
DRILL_DAYS = 100
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
ZONES = frozenset({"Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"})
NOT_SENDING = ("console", "dummy", "locmem", "filebased")
Found = Iterator[CheckMessage]


def _check(ask: Callable[[], Iterable[CheckMessage]]) -> Callable[..., list[CheckMessage]]:
    """Registers a question of ours under the deploy tag; a database that does not answer is no finding."""

    def asked(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
        try:
            return list(ask())
        except DatabaseError:
            return []

    asked.__name__, asked.__doc__ = ask.__name__, ask.__doc__
    checks.register(TAG, deploy=True)(asked)
    return asked


def _error(number: int, words: str, advice: str) -> CheckMessage:
    return checks.Error(words, hint=advice, id=f"running.E{number:03}")


def _warning(number: int, words: str, advice: str) -> CheckMessage:
    return checks.Warning(words, hint=advice, id=f"running.W{number:03}")


def _reached_from_outside() -> bool:
    return any(host not in LOOPBACK for host in settings.ALLOWED_HOSTS)


@_check
def secret_key() -> Found:
    """Whoever guesses it signs in as anybody."""
    key = settings.SECRET_KEY
    made_up = key.startswith(("demo-only-key", "django-insecure-"))
    if made_up or len(key) < LEAST_KEY or len(set(key)) < LEAST_DIFFERENT:
        yield _error(
            1,
            "TERANG_SECRET_KEY bawaan atau terlalu mudah ditebak: penebaknya dapat masuk sebagai siapa saja.",
            "Buat kunci acak: openssl rand -base64 48 > /etc/terang/secret.key, chmod 600, lalu "
            "TERANG_SECRET_KEY=@/etc/terang/secret.key. Semua orang perlu masuk lagi.",
        )
    given = os.environ.get("TERANG_SECRET_KEY", "")
    if given.startswith("@/") and facts.open_to(Path(given[1:]), 0o007):
        yield _error(2, f"Berkas kunci {given[1:]} dapat dibaca semua pengguna server.", f"chmod o-rwx {given[1:]}")


@_check
def modes() -> Found:
    """Debug shows settings and data to whoever causes a fault; demo lets anybody sign in."""
    if settings.DEBUG:
        yield _error(
            3,
            "TERANG_DEBUG menyala: halaman galat memperlihatkan isi pengaturan dan data.",
            "Hapus TERANG_DEBUG dari pengaturan, lalu jalankan ulang.",
        )
    if settings.DEMO:
        yield _error(
            4,
            "TERANG_DEMO menyala: siapa pun dapat masuk sebagai siapa pun.",
            "Hapus TERANG_DEMO, dan pakai folder data baru: data demo bukan data pegawai.",
        )


@_check
def hosts() -> Found:
    """Names the site answers to."""
    if any(host == "*" or host.startswith("*") for host in settings.ALLOWED_HOSTS):
        yield _error(
            5,
            "TERANG_HOSTS memuat *: tautan dalam surel dapat dipalsukan ke situs orang lain.",
            "Tulis nama situs yang sebenarnya, misalnya TERANG_HOSTS=kinerja.kota.go.id,127.0.0.1",
        )
    if plain := [origin for origin in settings.CSRF_TRUSTED_ORIGINS if _is_plain(origin)]:
        yield _error(
            6, f"TERANG_ORIGINS memuat alamat tanpa HTTPS: {', '.join(plain)}.", "Tulis alamatnya dengan https://"
        )


@_check
def single_sign_on() -> Found:
    """Whoever reads or forges the provider's answers on the way signs in as anybody."""
    if settings.SSO_ISSUER and _is_plain(settings.SSO_ISSUER):
        yield _error(
            19,
            f"TERANG_SSO_ISSUER tanpa HTTPS ({settings.SSO_ISSUER}): jawaban penyedia dapat dipalsukan di jalan.",
            "Tulis alamat penyedia dengan https://",
        )


def _is_plain(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme != "https" and (parts.hostname or "") not in LOOPBACK


@_check
def https() -> Found:
    """Passwords and sessions travel in clear without it."""
    if _reached_from_outside() and not settings.SESSION_COOKIE_SECURE:
        yield _error(
            7,
            "TERANG_HTTPS tidak menyala: kata sandi dan sesi dapat disadap di jaringan.",
            "Pasang Caddy di depan Terang (docs/installing.md), lalu TERANG_HTTPS=1.",
        )
    if settings.SESSION_COOKIE_SECURE and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield _error(
            8,
            "TERANG_PROXIES belum diisi padahal HTTPS menyala: semua orang di belakang proksi berbagi satu alamat, "
            "sehingga satu penebak kata sandi mengunci semuanya.",
            "Satu Caddy di depan Terang: TERANG_PROXIES=1.",
        )
    if _reached_from_outside() and _is_plain(settings.SITE_URL):
        yield _warning(
            1, f"Alamat situs pada dokumen cetak adalah {settings.SITE_URL}.", "Isi TERANG_SITE=https://nama-situs."
        )


@_check
def database() -> Found:
    """One writer for many people; a journal that leaves the machine unencrypted."""
    given: dict[str, Any] = dict(settings.DATABASES["default"])
    if "sqlite" not in given["ENGINE"]:
        host = str(given.get("HOST", ""))
        if host and not host.startswith("/") and host not in LOOPBACK:
            yield _warning(
                2,
                f"PostgreSQL dihubungi lewat jaringan ({host}): jalurnya belum tentu terenkripsi.",
                "Pakai jaringan tersendiri atau VPN, atau PostgreSQL di server yang sama lewat soket.",
            )
        return
    if facts.open_to(Path(given["NAME"]), 0o007) and facts.open_to(Path(given["NAME"]).parent, 0o007):
        yield _error(9, f"Basis data {given['NAME']} dapat dibaca semua pengguna server.", f"chmod 600 {given['NAME']}")
    people = Employee.objects.count()
    if people > MANY_PEOPLE:
        yield _warning(
            3,
            f"{people} pegawai pada SQLite: yang menyimpan serentak akan saling menunggu.",
            "Pindah ke PostgreSQL: terang backup, isi DATABASE_URL, lalu terang restore --convert.",
        )


@_check
def mail() -> Found:
    """Letters that nobody gets."""
    kind = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if kind in NOT_SENDING:
        yield _warning(
            4,
            f"Surel tidak benar-benar dikirim ({kind}): orang yang lupa kata sandi tidak tertolong.",
            "TERANG_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend dan TERANG_EMAIL_FROM.",
        )
    elif settings.DEFAULT_FROM_EMAIL == "terang@localhost":
        yield _warning(5, "Surel dikirim dari terang@localhost dan akan dibuang.", "Isi TERANG_EMAIL_FROM.")


@_check
def folders() -> Found:
    """What lies on the disk and who may read it."""
    data, salt, keys = Path(settings.DATA), Path(settings.DATA) / "journal.salt", Path(settings.TERANG_REVIEW_KEYS)
    if facts.open_to(data, 0o007):
        yield _error(10, f"Folder data {data} terbuka bagi semua pengguna server.", f"chmod 750 {data}")
    if not settings.JOURNAL_SALT and facts.open_to(salt, 0o077):
        yield _error(
            11, f"Garam jejak {salt} dapat dibaca pengguna lain: nama dalam jejak tertebak.", f"chmod 600 {salt}"
        )
    if facts.open_to(keys, 0o077):
        yield _error(12, f"Kunci penilaian rekan {keys} dapat dibaca pengguna lain.", f"chmod 700 {keys}")
    if keys.resolve().is_relative_to(data.resolve()):
        yield _warning(
            6,
            f"Kunci penilaian rekan terletak di dalam folder data ({keys}). Bila folder itu ikut dicadangkan, isi "
            "penilaian dapat dihubungkan dengan penulisnya.",
            "Pindahkan: TERANG_REVIEW_KEYS=/var/lib/terang-keys, di luar segala cadangan dan snapshot.",
        )
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield _warning(7, "Perintah ini berjalan sebagai root.", "Jalankan sebagai pengguna terang: sudo -u terang …")


@_check
def second_factor() -> Found:
    """Roles that see or change what belongs to others."""
    if not settings.MFA_REQUIRED_ROLES:
        yield _error(
            13,
            "TERANG_MFA_ROLES kosong: satu kata sandi yang bocor membuka data semua pegawai.",
            "Hapus TERANG_MFA_ROLES supaya daftar bawaan berlaku.",
        )
        return
    unknown = set(settings.MFA_REQUIRED_ROLES) - set(Role.values)
    if unknown:
        yield _error(
            14, f"TERANG_MFA_ROLES memuat peran yang tidak ada: {', '.join(sorted(unknown))}.", "Perbaiki ejaannya."
        )
    missing = {Role.PERSONNEL, Role.OPERATOR, Role.OVERSIGHT} - set(settings.MFA_REQUIRED_ROLES)
    if missing:
        names = ", ".join(sorted(str(role) for role in missing))
        yield _warning(8, f"Peran tanpa faktor kedua: {names}.", "Tambahkan ke TERANG_MFA_ROLES.")


@_check
def clock() -> Found:
    """Deadlines depend on it."""
    if settings.TIME_ZONE not in ZONES:
        yield _error(15, f"Zona waktu {settings.TIME_ZONE} bukan zona Indonesia.", "Pakai settings bawaan Terang.")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    skew = abs((theirs - before).total_seconds())
    if skew > CLOCK_SECONDS:
        yield _warning(
            9, f"Jam server ini dan jam basis data berbeda {skew:.0f} detik.", "Nyalakan NTP: timedatectl set-ntp true"
        )


@_check
def worker() -> Found:
    """Without it nothing is sealed and no score is computed."""
    seen = facts.worker_status()
    if seen.seen_at and seen.seen_at - timezone.now() > timedelta(seconds=CLOCK_SECONDS):
        yield _warning(10, "Denyut pekerja latar berasal dari masa depan: jam server pernah mundur.", "Periksa NTP.")
    elif seen.seen_at and not seen.running:
        since = _local(seen.seen_at)
        yield _warning(11, f"Pekerja latar tidak berjalan sejak {since}.", "systemctl status terang-worker")
    if seen.skipped:
        yield _warning(
            12, f"{seen.skipped} entri jejak dilewati setelah gagal berulang kali.", "Lihat log pekerja latar."
        )


@_check
def backups() -> Found:
    """The one thing that cannot be made up for afterwards."""
    if not settings.TERANG_BACKUPS:
        yield _warning(
            13,
            "Folder cadangan belum diberitahukan, jadi umurnya tidak diperiksa.",
            "Isi TERANG_BACKUPS=/var/backups/terang",
        )
        return
    folder = Path(settings.TERANG_BACKUPS)
    if not folder.is_dir():
        yield _error(16, f"Folder cadangan {folder} tidak ada.", f"install -d -o terang -m 700 {folder}")
        return
    if facts.open_to(folder, 0o007):
        yield _error(17, f"Folder cadangan {folder} terbuka bagi semua pengguna server.", f"chmod 700 {folder}")
    if folder.resolve().is_relative_to(Path(settings.DATA).resolve()):
        yield _warning(14, "Cadangan terletak di dalam folder data: hilang bersama datanya.", "Pakai cakram lain.")
    age, most = facts.backup_age_s(), settings.TERANG_BACKUP_HOURS
    if age is None:
        yield _warning(15, f"Belum ada cadangan di {folder}.", f"terang backup {folder}/terang-hari-ini.tar")
    elif age > most * 3600:
        yield _warning(
            16,
            f"Cadangan terakhir berumur {age / 3600:.0f} jam; batasnya {most} jam.",
            "systemctl status terang-backup.timer",
        )


@_check
def drills() -> Found:
    """A backup nobody has restored is a hope."""
    drill = facts.last_drill()
    advice = "terang drill ARSIP (tidak mengubah data yang sekarang)"
    if drill is None:
        yield _warning(17, "Cadangan belum pernah diuji pulih.", advice)
    elif drill.faults:
        yield _warning(18, f"Uji pulih terakhir ({_local(drill.made_at)}) GAGAL: {drill.faults[0]}", advice)
    elif timezone.now() - drill.made_at > timedelta(days=DRILL_DAYS):
        yield _warning(19, f"Uji pulih terakhir {_local(drill.made_at)}, lebih dari {DRILL_DAYS} hari lalu.", advice)


@_check
def virus_scanner() -> Found:
    """Asked with an empty file."""
    if not scanner.is_named():
        yield _warning(
            20,
            "Tidak ada pemeriksa virus bagi berkas unggahan.",
            "apt install clamav-daemon, lalu TERANG_VIRUS_SCANNER.",
        )
        return
    try:
        scanner.require_answer()
    except (scanner.ScannerDownError, ImproperlyConfigured) as error:
        yield _warning(21, f"Pemeriksa virus tidak menjawab: {error}.", "systemctl status clamav-daemon")


@_check
def watching() -> Found:
    """What is told about the installation, and to whom."""
    token = settings.TERANG_METRICS_TOKEN
    if token and not re.fullmatch(rf"\S{{{LEAST_TOKEN},}}", token):
        yield _error(18, f"TERANG_METRICS_TOKEN lebih pendek dari {LEAST_TOKEN} huruf.", "openssl rand -hex 24")
    if logging.getLogger().level == logging.DEBUG:
        yield _warning(22, "TERANG_LOG_LEVEL=DEBUG menulis isi permintaan basis data ke log.", "Pakai INFO.")


@_check
def room_on_disk() -> Found:
    free = facts.free_bytes()
    if free < facts.LEAST_FREE_BYTES:
        yield _warning(23, f"Cakram data tinggal {free // 1024**2} MiB.", "Kosongkan atau perbesar.")


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(settings.TIME_ZONE)):%d-%m-%Y %H.%M}"
