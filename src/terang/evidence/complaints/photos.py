"""Photos of citizens: only the picture itself is kept, under a neutral name.

The camera's note and the file's name would tell who reported (`custody.photos`). Nothing is asked about look-alikes:
that question would show a reporter's photo to others.
"""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from terang.custody.photos import bare
from terang.custody.services import TakenIn, take_in, write_row
from terang.evidence.complaints.models import Complaint, ComplaintMessage, ComplaintPhoto

MOST_PHOTOS = 3
"""With one report or answer."""


def take_in_photo(uploaded: UploadedFile, *, agency_id: int) -> TakenIn:
    """Raises RejectedFileError for what is no photo."""
    return TakenIn(take_in(bare(uploaded), actor=None, agency_id=agency_id).row, None)


def keep_photos(complaint: Complaint, taken: Sequence[TakenIn], message: ComplaintMessage | None = None) -> None:
    """Numbers go on from those it has; `message` is the answer they came with, missing for the report itself. Not let
    appear in public."""
    known = complaint.photos.order_by("-number").values_list("number", flat=True).first() or 0
    for number, photo in enumerate(taken, known + 1):
        ComplaintPhoto.objects.create(complaint=complaint, message=message, number=number, file=write_row(photo))


def photos_to_show(complaint: Complaint) -> QuerySet[ComplaintPhoto]:
    """The reporter's own photos that do not stand on public pages; those of answers never do. One query when read."""
    return complaint.photos.filter(message=None, is_published=False)


def photos_shown(complaint: Complaint) -> QuerySet[ComplaintPhoto]:
    """Photos that stand on public pages where the report does. One query when read."""
    return complaint.photos.filter(is_published=True)
