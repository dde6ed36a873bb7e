"""The keys of rounds: one small file each, outside the database and outside its backup (`TERANG_REVIEW_KEYS`).

Whoever holds a copy of the database and the key of an open round can read its ballots; whoever holds only one of both
cannot. When a round ends its file is destroyed, and with it every ballot in every copy that was ever made.
"""

import os
import secrets
import uuid
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from terang.web.errors import NotNow

SIZE = 32


def folder() -> Path:
    """Where the keys lie; made on first use, for this account only."""
    path = Path(settings.TERANG_REVIEW_KEYS)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _file(name: uuid.UUID) -> Path:
    return folder() / f"{name}.key"


def make_key(name: uuid.UUID) -> bytes:
    """A new key, on the disk before it is used. Raises FileExistsError where there is one: no key is ever replaced."""
    key = secrets.token_bytes(SIZE)
    handle = os.open(_file(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    _settle()
    return key


def has_key(name: uuid.UUID) -> bool:
    return _file(name).is_file()


def read_key(name: uuid.UUID) -> bytes:
    """Raises NotNow where the file is missing or damaged, and says what to do."""
    try:
        key = _file(name).read_bytes()
    except FileNotFoundError:
        key = b""
    if len(key) != SIZE:
        raise NotNow(
            gettext(
                "Kunci putaran ini tidak ditemukan di server, jadi jawaban tidak dapat disimpan atau dibuka. Tidak ada "
                "yang berubah. Operator perlu mengembalikan berkas kuncinya; bila hilang, pengelola kepegawaian "
                "membatalkan putaran ini lalu membuka yang baru."
            )
        )
    return key


def destroy_key(name: uuid.UUID) -> None:
    """Overwrites the file and takes it away; without a file nothing happens."""
    path = _file(name)
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
    _settle()


def names_of_keys() -> set[uuid.UUID]:
    """The names of all keys that lie here."""
    found = set()
    for path in folder().glob("*.key"):
        try:
            found.add(uuid.UUID(path.stem))
        except ValueError:
            continue
    return found


def _settle() -> None:
    """Lets the folder itself reach the disk, so that neither making nor destroying is undone by a power cut."""
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
