"""Handing out files so that no browser runs them. Who may have a file is decided by the room it belongs to."""

from django.http import FileResponse
from django.utils.translation import gettext

from terang.custody.models import Scan, StoredFile
from terang.custody.vault import path_of
from terang.web.errors import NotNow
from terang.web.numbers import longdate

SMALL_TYPE = "image/webp"


def file_response(stored: StoredFile, *, original: bool = False, small: bool = False) -> FileResponse:
    """The file; of an image the copy without metadata, unless `original`, or the `small` copy where there is one.

    Images open in the page, everything else is downloaded. Nothing in it may run, load or be taken for another type.
    Raises FileNotFoundError, and NotNow for what was destroyed or no scanner has cleared.
    """
    _require_whole(stored)
    sha256, media_type = _content(stored, original, small)
    inline = stored.is_image
    response = FileResponse(
        path_of(sha256).open("rb"), as_attachment=not inline, filename=stored.name, content_type=media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def destroyed_text(stored: StoredFile) -> str:
    """What stands in the place of a file that was destroyed."""
    told = {"day": longdate(stored.destroyed_on)}
    return gettext("Berkas dimusnahkan %(day)s sesuai jadwal retensi.") % told


def _require_whole(stored: StoredFile) -> None:
    if stored.destroyed_on:
        raise NotNow(destroyed_text(stored))
    if stored.scan == Scan.PENDING:
        raise NotNow(gettext("Berkas ini belum diperiksa pemindai virus. Coba lagi nanti."))
    if stored.scan == Scan.INFECTED:
        raise NotNow(gettext("Berkas ini berisi virus menurut pemindai dan tidak dibuka."))


def _content(stored: StoredFile, original: bool, small: bool) -> tuple[str, str]:
    """Which bytes, and what they are."""
    if small and stored.small_sha256:
        return stored.small_sha256, SMALL_TYPE
    return (stored.sha256 if original or not stored.shown_sha256 else stored.shown_sha256), stored.media_type
