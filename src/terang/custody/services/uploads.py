"""Taking files into custody."""

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any, BinaryIO, Protocol, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from terang.custody import scanner, tasks
from terang.custody.comparing import fingerprint_row
from terang.custody.fingerprints import Look
from terang.custody.images import Picture, UnreadableImageError, picture_of
from terang.custody.kinds import BombError, Kind, MacrosError, kind_of
from terang.custody.models import Scan, StoredFile
from terang.custody.vault import keep

logger = logging.getLogger(__name__)

BLOCK_BYTES = 64 * 1024


class Uploader(Protocol):
    """Who uploads: a viewer with an employee."""

    @property
    def employee(self) -> Any: ...


class RejectedFileError(ValidationError):
    """A file that custody does not take; the message says what to do instead."""


@dataclass(frozen=True)
class TakenIn:
    """A file that was checked and whose bytes are kept, still without its row."""

    row: StoredFile
    look: Look | None


def store_upload(uploaded: UploadedFile, *, actor: Uploader) -> StoredFile:
    """Takes a file in and writes its row. Raises RejectedFileError; then nothing is kept."""
    return write_row(take_in(uploaded, actor=actor))


def take_in(uploaded: UploadedFile, *, actor: Uploader) -> TakenIn:
    """Checks an uploaded file and keeps its bytes. Raises RejectedFileError.

    A scanner and a large photo take their time: call it before the transaction that needs the file, or everybody who
    writes waits for it.
    """
    name = clean_name(uploaded.name or "")
    _require_size(uploaded)
    file = cast(BinaryIO, uploaded.file)  # an upload that came in has a file
    kind = _require_kind(file, name)
    scan = _scanned(file)
    picture = _picture(file, kind)
    file.seek(0)
    sha256 = keep(_blocks(file))
    shown = {"shown_sha256": keep([picture.shown]), "small_sha256": keep([picture.small])} if picture else {}
    row = StoredFile(
        sha256=sha256,
        name=name,
        media_type=kind.media_type,
        size_bytes=uploaded.size or 0,
        uploaded_by_id=actor.employee.pk,
        agency_id=getattr(actor.employee, "agency_id", None),
        scan=scan,
        **shown,
        **(asdict(picture.circumstances) if picture else {}),
    )
    return TakenIn(row, picture.look if picture else None)


def write_row(taken: TakenIn) -> StoredFile:
    """The row of a file, after its bytes, so that no row names bytes that are not there. The worker is asked to compare
    it in the same transaction."""
    row, look = taken.row, taken.look
    with transaction.atomic():
        row.save(force_insert=True)
        if look and row.agency_id and not look.is_plain:
            fingerprint_row(row, look).save(force_insert=True)
        if row.agency_id:
            tasks.compare.enqueue(row.pk)
    return row


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


def _scanned(file: BinaryIO) -> Scan:
    """What the scanner says. Where it is down the file is refused, or kept unopened until it answers, by setting."""
    if not scanner.is_named():
        return Scan.NONE
    try:
        scanner.require_clean(file)
    except scanner.InfectedError as found:
        logger.warning("Berkas ditolak: %s", found.virus)
        raise RejectedFileError(
            gettext("Berkas ini berisi virus menurut pemindai. Periksa perangkat Anda, lalu pilih berkas lain."),
            code="virus",
        ) from None
    except scanner.ScannerDownError as error:
        logger.error("Pemindai virus tidak menjawab: %s", error)
        if settings.TERANG_VIRUS_SCANNER_DOWN == "tunda":
            return Scan.PENDING
        raise RejectedFileError(
            gettext("Pemindai virus sedang tidak menjawab, jadi berkas belum dapat diterima. Coba lagi nanti."),
            code="scanner",
        ) from None
    return Scan.CLEAN


def _picture(file: BinaryIO, kind: Kind) -> Picture | None:
    if not kind.is_image:
        return None
    try:
        return picture_of(file, kind.media_type)
    except UnreadableImageError:
        raise RejectedFileError(
            gettext("Foto ini rusak atau terlalu besar untuk dibuka. Ambil foto lain."), code="image"
        ) from None
