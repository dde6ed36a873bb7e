"""What is made of a photo at upload: a copy without metadata, a small one, its looks, and the camera's note of when and
where."""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from terang.custody.exif import Circumstances, circumstances_of
from terang.custody.fingerprints import Look, look_of

MAX_PIXELS = 60_000_000
"""A 50-megapixel phone photo still fits; beyond it a small file would fill the memory."""
SMALL_SIDE = 320
"""Pixels of the longer side of the small copy, in WEBP."""
_GREY_SIDE = 64
_BROKEN = (
    UnidentifiedImageError, OSError, EOFError, ValueError, TypeError, LookupError, SyntaxError, struct.error,
    zlib.error, ArithmeticError, AttributeError, Warning, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises for bytes that are no sound picture."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


class UnreadableImageError(Exception):
    """The bytes begin like an image but are none, or it is too large to open."""


@dataclass(frozen=True)
class Picture:
    """What custody keeps of a photo beside its original bytes."""

    shown: bytes
    small: bytes
    look: Look
    circumstances: Circumstances


def picture_of(file: BinaryIO, media_type: str) -> Picture:
    """Everything from one reading. `shown` is upright as the camera noted, in the same format, and tells neither where
    nor with whose phone it was taken: that is nobody's business. Raises UnreadableImageError."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a camera's odd note is no news
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=[_FORMATS[media_type]])
            if image.width * image.height > MAX_PIXELS:
                raise UnreadableImageError
            image.load()
            circumstances = circumstances_of(image)
            upright = _bare(_upright(image))
            small = _small(upright)
            return Picture(
                _saved(upright, _FORMATS[media_type], 88), _saved(small, "WEBP", 75), _look(small), circumstances
            )
    except _BROKEN as error:
        raise UnreadableImageError from error


def grey_of(file: BinaryIO) -> Image.Image:
    """A picture of our own making as `fingerprints` wants it."""
    return _grey(Image.open(file))


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera noted. A broken note turns nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image


def _bare(image: Image.Image) -> Image.Image:
    """The picture alone: no note, profile, comment or text of a program goes along when it is saved."""
    clear = image.info.get("transparency")
    bare = image if type(image) is Image.Image else image.copy()
    bare.info = {} if clear is None else {"transparency": clear}
    return bare


def _small(image: Image.Image) -> Image.Image:
    """At most `SMALL_SIDE` pixels long; clear places are white, sixteen bits become eight."""
    small = image.copy() if max(image.size) <= SMALL_SIDE else _reduced(image)
    if small.mode.startswith("I"):
        small = small.convert("I").point(lambda level: level / 256).convert("L")
    if "transparency" in small.info or small.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        clear = small.convert("RGBA")
        small = Image.new("RGBA", clear.size, "white")
        small.alpha_composite(clear)
    small = small.convert("RGB")
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    small.info = {}
    return small


def _reduced(image: Image.Image) -> Image.Image:
    """Whole steps first: averaging is quick, and a palette must become colours before it is averaged."""
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.reduce(max(min(max(image.size) // (SMALL_SIDE * 2), min(image.size)), 1))


def _look(small: Image.Image) -> Look:
    return look_of(_grey(small))


def _grey(image: Image.Image) -> Image.Image:
    return image.convert("L").resize((_GREY_SIDE, _GREY_SIDE), Image.Resampling.LANCZOS)


def _saved(image: Image.Image, format_: str, quality: int) -> bytes:
    copy = io.BytesIO()
    image.save(copy, format_, quality=quality)
    return copy.getvalue()
