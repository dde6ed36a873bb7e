"""When and where a photo was taken, as the camera noted it. What is broken or impossible counts as not noted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image

_CAMERA, _PLACE = 0x8769, 0x8825
_TAKEN, _DIGITIZED, _OFFSET = 0x9003, 0x9004, 0x9011
_OFFSET_FORM = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")
FIRST_YEAR = 1990
"""Cameras whose clock was never set tell of years before."""


@dataclass(frozen=True)
class Circumstances:
    """`taken_at`: ISO text in the camera's local time, with an offset only where it was noted; empty where missing.
    Degrees in millionths, south and west negative."""

    taken_at: str = ""
    latitude_micro: int | None = None
    longitude_micro: int | None = None


def circumstances_of(image: Image.Image) -> Circumstances:
    """Never raises: whatever a camera or a program wrote into the note, the picture is what counts."""
    try:
        notes = image.getexif()
        camera, place = dict(notes.get_ifd(_CAMERA)), dict(notes.get_ifd(_PLACE))
    except Exception:  # the reader of the library raises nearly everything for odd bytes
        return Circumstances()
    return Circumstances(_taken(camera), *_degrees(place))


def _taken(camera: Mapping[int, Any]) -> str:
    moment = _moment(camera.get(_TAKEN)) or _moment(camera.get(_DIGITIZED))
    offset = _text(camera.get(_OFFSET))
    return moment + (offset if moment and _OFFSET_FORM.fullmatch(offset) else "")


def _moment(value: Any) -> str:
    try:
        moment = datetime.strptime(_text(value), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 (a camera's local time)
    except ValueError:
        return ""
    return moment.isoformat() if moment.year >= FIRST_YEAR else ""


def _text(value: Any) -> str:
    return value.strip("\x00 ") if isinstance(value, str) else ""


def _degrees(place: Mapping[int, Any]) -> tuple[int | None, int | None]:
    """Both or none. A receiver without a fix writes 0, 0."""
    latitude = _micro(place.get(2), place.get(1), "NS", 90)
    longitude = _micro(place.get(4), place.get(3), "EW", 180)
    if latitude is None or longitude is None or not (latitude or longitude):
        return None, None
    return latitude, longitude


def _micro(parts: Any, side: Any, sides: str, most: int) -> int | None:
    letter = _text(side).upper()
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        micro = round((degrees + minutes / 60 + seconds / 3600) * 1_000_000)
    except (TypeError, ValueError, ArithmeticError):
        return None
    if len(letter) != 1 or letter not in sides or not 0 <= micro <= most * 1_000_000:
        return None
    return -micro if letter == sides[1] else micro
