"""Taking files into custody."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, BinaryIO, Protocol, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from terang.custody.images import UnreadableImageError, without_metadata
from terang.custody.kinds import BombError, Kind, MacrosError, kind_of
from terang.custody.models import StoredFile
from terang.custody.vault import keep

BLOCK_BYTES = 64 * 1024


class Uploader(Protocol):
    """Who uploads: a viewer with an employee. Custody lies below the registry and does not know more."""

    @property
    def employee(self) -> Any: ...


class RejectedFileError(ValidationError):
    """A file that custody does not take; the message says what to do instead."""


def store_upload(uploaded: UploadedFile, *, actor: Uploader) -> StoredFile:
    """Checks an uploaded file and keeps its bytes. Raises RejectedFileError; then nothing is kept.

    The bytes are written before the row, so a row never names bytes that are not there.
    """
    name = clean_name(uploaded.name or "")
    _require_size(uploaded)
    file = cast(BinaryIO, uploaded.file)  # an upload that came in has a file
    kind = _require_kind(file, name)
    shown = _shown_copy(file, kind)
    file.seek(0)
    sha256 = keep(_blocks(file))
    return StoredFile.objects.create(
        sha256=sha256,
        shown_sha256=keep([shown]) if shown is not None else "",
        name=name,
        media_type=kind.media_type,
        size_bytes=uploaded.size or 0,
        uploaded_by_id=actor.employee.pk,
    )


def clean_name(name: str) -> str:
    """The last part of a name without control characters, at most 150 characters, its ending kept."""
    last = PurePath(name.replace("\\", "/")).name
    printable = "".join(letter for letter in last if letter.isprintable()).strip()
    stem, dot, ending = printable.rpartition(".")
    return f"{stem[: 150 - len(ending) - 1]}{dot}{ending}"[:150] or "berkas"


def _blocks(file: BinaryIO) -> Iterable[bytes]:
    while block := file.read(BLOCK_BYTES):
        yield block


def _require_size(uploaded: UploadedFile) -> None:
    if not uploaded.size:
        raise RejectedFileError(gettext("Berkas ini kosong. Pilih berkas yang berisi."), code="empty")
    if uploaded.size > settings.UPLOAD_LIMIT_BYTES:
        message = gettext("Berkas ini %(size)s MB; batasnya %(limit)s MB. Perkecil foto atau bagi berkasnya.")
        numbers = {"size": -(-uploaded.size // 1024**2), "limit": settings.UPLOAD_LIMIT_BYTES // 1024**2}
        raise RejectedFileError(message % numbers, code="size")


def _require_kind(file: BinaryIO, name: str) -> Kind:
    try:
        kind = kind_of(file)
    except BombError:
        raise RejectedFileError(
            gettext("Berkas ini mengembang terlalu besar saat dibuka. Simpan ulang tanpa lampiran, lalu coba lagi."),
            code="bomb",
        ) from None
    except MacrosError:
        raise RejectedFileError(
            gettext("Berkas ini berisi makro (program). Simpan sebagai dokumen tanpa makro, lalu coba lagi."),
            code="macros",
        ) from None
    if kind is None:
        raise RejectedFileError(
            gettext("Isi berkas ini bukan PDF, foto (JPG, PNG, WEBP), XLSX, DOCX, atau ODT. Pilih berkas lain."),
            code="type",
        )
    ending = name.rpartition(".")[2].lower()
    if ending not in kind.extensions:
        message = gettext(
            "Nama berkas berakhiran .%(named)s, tetapi isinya %(real)s. Ganti namanya atau pilih berkas lain."
        )
        raise RejectedFileError(message % {"named": ending, "real": kind.extensions[0].upper()}, code="mismatch")
    return kind


def _shown_copy(file: BinaryIO, kind: Kind) -> bytes | None:
    if not kind.is_image:
        return None
    try:
        return without_metadata(file, kind.media_type)
    except UnreadableImageError:
        raise RejectedFileError(
            gettext("Foto ini rusak atau terlalu besar untuk dibuka. Ambil foto lain."), code="image"
        ) from None
