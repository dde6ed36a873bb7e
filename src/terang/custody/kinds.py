"""What a file really is, by its first bytes and inner structure, never by its name. Pure: bytes in, kind out."""

import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2_000


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is served and which endings its name may have."""

    media_type: str
    extensions: tuple[str, ...]

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


PDF = Kind("application/pdf", ("pdf",))
JPEG = Kind("image/jpeg", ("jpg", "jpeg"))
PNG = Kind("image/png", ("png",))
WEBP = Kind("image/webp", ("webp",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
ODT = Kind("application/vnd.oasis.opendocument.text", ("odt",))
ACCEPTED = (PDF, JPEG, PNG, WEBP, XLSX, DOCX, ODT)
EXTENSIONS = tuple(extension for kind in ACCEPTED for extension in kind.extensions)

_MAIN_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What office programs use. Other packings cannot be unpacked in small pieces."""
_MACROS = ("vbaproject.bin", "vbadata.xml")


class BombError(Exception):
    """A package that unpacks to far more than it weighs, or holds too many parts."""


class MacrosError(Exception):
    """A package that carries program code."""


def kind_of(file: BinaryIO) -> Kind | None:
    """The accepted kind of the content, None for anything else. Raises BombError, MacrosError for harmful packages."""
    file.seek(0)
    head = file.read(16)
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return _package_kind(file) if head.startswith(b"PK\x03\x04") else None


def _package_kind(file: BinaryIO) -> Kind | None:
    try:
        with zipfile.ZipFile(file) as package:
            return _sound_kind(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
        return None  # broken, encrypted, or packed in a way nobody can check


def _sound_kind(package: zipfile.ZipFile) -> Kind | None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS:
        raise BombError
    if any(name.lower().rsplit("/", 1)[-1] in _MACROS for name in names):
        raise MacrosError
    _require_sound(package, parts)
    if "mimetype" in names:
        return ODT if package.read("mimetype").strip() == ODT.media_type.encode() else None
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)


def _require_sound(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpacks every part, counting, and stops at the limit: what the directory says of sizes may be a lie."""
    if any(part.compress_type not in _PACKINGS for part in parts):
        raise zipfile.BadZipFile
    unpacked = 0
    weight = max(sum(part.compress_size for part in parts), 1)
    limit = min(MAX_UNPACKED_BYTES, max(weight * MAX_RATIO, 1024 * 1024))
    for part in parts:
        if part.file_size > limit:
            raise BombError
        with package.open(part) as stream:
            while block := stream.read(64 * 1024):
                unpacked += len(block)
                if unpacked > limit:
                    raise BombError
