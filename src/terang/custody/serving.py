"""Handing out files so that no browser runs them. Who may have a file is decided by the room it belongs to."""

from django.http import FileResponse

from terang.custody.models import StoredFile
from terang.custody.vault import path_of


def file_response(stored: StoredFile, *, original: bool = False) -> FileResponse:
    """The file; of an image the copy without metadata, unless `original`. Raises FileNotFoundError.

    Images open in the page, everything else is downloaded. Nothing in it may run, load or be taken for another type.
    """
    sha256 = stored.sha256 if original or not stored.shown_sha256 else stored.shown_sha256
    inline = stored.media_type.startswith("image/")
    response = FileResponse(
        path_of(sha256).open("rb"), as_attachment=not inline, filename=stored.name, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
