"""Copies of photos without metadata: where a photo was taken, and on whose phone, is nobody's business."""

import io
import struct
import warnings
import zlib
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_PIXELS = 60_000_000
"""A 50-megapixel phone photo still fits; beyond it a small file would fill the memory."""
_BROKEN = (
    UnidentifiedImageError, OSError, EOFError, ValueError, TypeError, LookupError, SyntaxError, struct.error,
    zlib.error, Warning, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises for bytes that are no sound picture or hold a broken note of the camera."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


class UnreadableImageError(Exception):
    """The bytes begin like an image but are none, or it is too large to open."""


def without_metadata(file: BinaryIO, media_type: str) -> bytes:
    """The picture alone, turned upright as the camera noted, in the same format. Raises UnreadableImageError."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=[_FORMATS[media_type]])
            if image.width * image.height > MAX_PIXELS:
                raise UnreadableImageError
            upright = ImageOps.exif_transpose(image)
            clean = Image.new(upright.mode, upright.size)
            if upright.palette:
                clean.putpalette(upright.palette)
            clean.paste(upright)
    except _BROKEN as error:
        raise UnreadableImageError from error
    copy = io.BytesIO()
    clean.save(copy, _FORMATS[media_type], quality=88)
    return copy.getvalue()
