"""Where copies of evidence lie: folders that only the program reads, in no backup."""

import shutil
import uuid
from pathlib import Path

from django.conf import settings

from terang.evaluation.replay.models import EvidenceCopy


def _root() -> Path:
    return Path(settings.TERANG_REPLAYS)


def folder_of(copy: EvidenceCopy) -> Path:
    """The folder of a copy that has one."""
    return _root() / copy.folder


def is_there(copy: EvidenceCopy) -> bool:
    """Whether the folder of a ready copy is on this machine."""
    return bool(copy.folder) and folder_of(copy).is_dir()


def new_name(copy: EvidenceCopy) -> str:
    """A name that no folder ever had, so that nothing remembered of an older one is taken for it."""
    _root().mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"{copy.pk}-{uuid.uuid4().hex}"


def remove(name: str) -> None:
    """Deletes a folder; one that is not there any more is fine."""
    if name:
        shutil.rmtree(_root() / name, ignore_errors=True)


def strangers(known: set[str]) -> list[str]:
    """Folders that belong to no copy: what a killed worker or a restored database left."""
    return [path.name for path in _root().iterdir() if path.name not in known] if _root().is_dir() else []
