"""The place of the bytes: one file per content, named by its SHA-256, in folders of its first two characters."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import default_storage

FRESH_SECONDS = 3600


def keep(blocks: Iterable[bytes]) -> str:
    """Writes the content and returns its SHA-256. Written under a passing name, forced to disk, then renamed.

    Where anything goes wrong the passing file is removed. Content that is already there becomes as young as this.
    """
    root = Path(default_storage.path(""))
    root.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, passing = tempfile.mkstemp(prefix=".masuk-", dir=root)
    try:
        with os.fdopen(handle, "wb") as file:
            for block in blocks:
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        place = path_of(digest.hexdigest())
        place.parent.mkdir(exist_ok=True)
        Path(passing).replace(place)
        _force_folder(place.parent)
    except BaseException:
        Path(passing).unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def discard(sha256: str) -> bool:
    """Takes content away; whether it is gone. Content written within the last hour stays: an upload that shares it may
    not have its row yet.

    It is put aside first and looked at there, so that an upload that comes in between loses nothing.
    """
    place = path_of(sha256)
    aside = place.with_name(f".hapus-{sha256}")
    try:
        place.rename(aside)
    except FileNotFoundError:
        aside.unlink(missing_ok=True)
        return True
    if time.time() - aside.stat().st_mtime < FRESH_SECONDS:
        if not place.exists():
            aside.rename(place)
        return False
    aside.unlink()
    return not place.exists()


def path_of(sha256: str) -> Path:
    """Where the content with this SHA-256 lies. Raises ValueError for text that is no SHA-256."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return Path(default_storage.path("")) / sha256[:2] / sha256


def _force_folder(folder: Path) -> None:
    """Forces a rename to disk, so that a power cut does not lose the name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
