"""Keys that lie apart from what they open: one small file each, outside the database and outside its backup
(`TERANG_REVIEW_KEYS`).

Whoever holds a copy of the database or one of the keys reads nothing; only both together open what is sealed. Where a
key is destroyed, everything it sealed is destroyed with it, in every copy that was ever made.
"""

import os
import secrets
import uuid
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SIZE = 32


class KeyMissing(Exception):
    """The file of a key is gone or damaged: what it sealed cannot be read."""


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
    """Raises KeyMissing where the file is missing or damaged."""
    try:
        key = _file(name).read_bytes()
    except FileNotFoundError:
        key = b""
    if len(key) != SIZE:
        raise KeyMissing(str(name))
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


def derived(key: bytes, use: bytes) -> bytes:
    """A key of its own for one use of `key` (HKDF with SHA-256)."""
    return HKDF(algorithm=SHA256(), length=SIZE, salt=None, info=use).derive(key)


def _settle() -> None:
    """Lets the folder itself reach the disk, so that neither making nor destroying is undone by a power cut."""
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
