"""Photos of citizens: only the picture itself is kept, under a neutral name.

The camera's note of place, time and device, and the file's name, would tell who reported. Custody keeps originals, so
that the copy without them is what is handed to it, and nothing is asked about look-alikes: that question would show a
reporter's photo to others.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO, cast

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext

from terang.custody.images import UnreadableImageError, picture_of
from terang.custody.kinds import BombError, MacrosError, kind_of
from terang.custody.services import RejectedFileError, TakenIn, take_in, write_row
from terang.evidence.complaints.models import Complaint, ComplaintMessage, ComplaintPhoto

PHOTO_TYPES = ("jpg", "jpeg", "png", "webp")
MOST_PHOTOS = 3
"""With one report or answer."""


def take_in_photo(uploaded: UploadedFile, *, agency_id: int) -> TakenIn:
    """Raises RejectedFileError for what is no photo."""
    return TakenIn(take_in(bare(uploaded), actor=None, agency_id=agency_id).row, None)


def bare(uploaded: UploadedFile) -> SimpleUploadedFile:
    """The photo alone, upright, in its own format. Raises RejectedFileError."""
    file = cast(BinaryIO, uploaded.file)
    try:
        kind = kind_of(file)
        if kind is None or not kind.is_image:
            raise RejectedFileError(gettext("Pilih foto JPG, PNG, atau WEBP."), code="type")
        shown = picture_of(file, kind.media_type).shown
    except (UnreadableImageError, BombError, MacrosError):
        raise RejectedFileError(
            gettext("Foto ini rusak atau terlalu besar untuk dibuka. Ambil foto lain."), code="image"
        ) from None
    name = f"foto.{kind.extensions[0]}"
    return SimpleUploadedFile(name, BytesIO(shown).getvalue(), content_type=kind.media_type)


def keep_photos(complaint: Complaint, taken: Sequence[TakenIn], message: ComplaintMessage | None = None) -> None:
    """Numbers go on from those it has; `message` is the answer they came with, missing for the report itself. Not let
    appear in public."""
    known = complaint.photos.order_by("-number").values_list("number", flat=True).first() or 0
    for number, photo in enumerate(taken, known + 1):
        ComplaintPhoto.objects.create(complaint=complaint, message=message, number=number, file=write_row(photo))
