"""Photos of which only the picture itself is kept, under a neutral name, and the field they are chosen with.

The camera's note of place, time and device, and the file's name, tell more than the picture is for. As custody keeps
originals, the copy without them is what is handed to it.
"""

from io import BytesIO
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext

from terang.custody.images import UnreadableImageError, picture_of
from terang.custody.kinds import BombError, MacrosError, kind_of
from terang.custody.services import RejectedFileError
from terang.web.forms import FileField

PHOTO_TYPES = ("jpg", "jpeg", "png", "webp")


def bare(uploaded: UploadedFile) -> SimpleUploadedFile:
    """The photo alone, upright, in its own format. Raises RejectedFileError for what is no photo."""
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


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class PhotosField(FileField):
    """Up to `most` photos; cleans to a list."""

    widget = ManyFiles

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(types=PHOTO_TYPES, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > self.most:
            raise forms.ValidationError(gettext("Pilih paling banyak %(most)s foto.") % {"most": self.most})
        return [super(PhotosField, self).clean(each, initial) for each in files]
