"""Photos of points: taken in without the camera's notes, kept with the point, opened by who reads it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from terang.custody.photos import bare
from terang.custody.services import RejectedFileError, TakenIn, take_in, write_row
from terang.evidence.oversight.models import CheckPhoto, InspectionCheck
from terang.registry.people.viewer import Viewer

MOST_PHOTOS = 5
"""Of one point: so many say what one standard looks like; more belong to another point."""


def take_in_photos(photos: Sequence[UploadedFile], *, agency_id: int) -> list[TakenIn]:
    """Checks them and keeps their bytes, before the transaction that needs them. Whoever took them keeps no access of
    their own: it goes with the point. Raises ValidationError at `photos` for what is none, and for too many."""
    if len(photos) > MOST_PHOTOS:
        raise ValidationError({"photos": gettext("Pilih paling banyak %(most)s foto.") % {"most": MOST_PHOTOS}})
    try:
        return [_taken_in(number, photo, agency_id) for number, photo in enumerate(photos, start=1)]
    except RejectedFileError as refused:
        raise ValidationError({"photos": refused.messages}) from None


def _taken_in(number: int, photo: UploadedFile, agency_id: int) -> TakenIn:
    picture = bare(photo)
    picture.name = f"foto-{number}.{(picture.name or '').rpartition('.')[2]}"
    return take_in(picture, actor=None, agency_id=agency_id)


def keep_photos(check: InspectionCheck, taken: Sequence[TakenIn], added_by: Viewer) -> None:
    """The photos of a point that was just written."""
    for number, photo in enumerate(taken, start=1):
        CheckPhoto.objects.create(point=check, number=number, file=write_row(photo), added_by=added_by.employee)
