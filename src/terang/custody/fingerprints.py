"""What a picture looks like, as numbers that stay nearly the same when it is made smaller, darker or saved again.

Pure: a picture in, integers out. Two fingerprints of the same kind (which of two neighbours is brighter): a coarse one
of 64 bits, by which look-alikes are found among millions, and a fine one of 256 bits, which decides. The coarse one
alone calls two letters with the same letterhead alike. Measured in docs/adr/0011.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image

COARSE_SIDE, FINE_SIDE = 8, 16
COARSE_LIMIT = 10
"""Bits in which the coarse fingerprints of one picture may differ."""
FINE_SHARE = 12
"""Percent of the places that show something in which the fine fingerprints may differ."""
LEAST_BUSY = 64
"""Of the 256 places of a picture so many must show something; a wall or an empty page looks like every other one."""
VISIBLE_STEP = 2
"""Levels of grey, of 256, by which two neighbours differ visibly."""
BANDS = 4
"""The coarse fingerprint in parts of 16 bits. Where it differs in at most 11 bits, one part differs in at most two."""
BAND_BITS = COARSE_SIDE * COARSE_SIDE // BANDS
PROBE_BITS = COARSE_LIMIT // BANDS


@dataclass(frozen=True)
class Look:
    """A picture as numbers: `coarse` of 64 bits, `fine` of 256, and `busy`: which of the 256 places show something."""

    coarse: int
    fine: int
    busy: int

    @property
    def is_plain(self) -> bool:
        """Whether the picture shows too little to be compared."""
        return self.busy.bit_count() < LEAST_BUSY


def look_of(picture: Image.Image) -> Look:
    """The look of an upright grey picture (mode L)."""
    fine = _steps(picture, FINE_SIDE)
    busy = _bits(abs(step) >= VISIBLE_STEP for step in fine)
    return Look(_bits(step < 0 for step in _steps(picture, COARSE_SIDE)), _bits(step < 0 for step in fine), busy)


def turned(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture as it is, in its three other positions, and in the mirror: ways in which a copy may come back."""
    yield picture
    for turn in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270):
        yield picture.transpose(turn)
    yield picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def _steps(picture: Image.Image, side: int) -> list[int]:
    """How much brighter each place of a grid is than its neighbour on the right, row by row."""
    grey = picture.resize((side + 1, side), Image.Resampling.LANCZOS).tobytes()
    rows = range(0, len(grey), side + 1)
    return [grey[start + column] - grey[start + column + 1] for start in rows for column in range(side)]


def _bits(answers: Iterable[bool]) -> int:
    bits = 0
    for answer in answers:
        bits = bits << 1 | answer
    return bits


def coarsely_alike(one: int, other: int) -> bool:
    return (one ^ other).bit_count() <= COARSE_LIMIT


def distance(one: Look, other: Look) -> int | None:
    """In how many percent of the places that show something two pictures differ, rounded down; None where they are not
    alike or too plain."""
    if one.is_plain or other.is_plain or not coarsely_alike(one.coarse, other.coarse):
        return None
    places = one.busy | other.busy
    share = ((one.fine ^ other.fine) & places).bit_count() * 100 // places.bit_count()
    return share if share <= FINE_SHARE else None


def bands(coarse: int) -> tuple[int, ...]:
    """The parts of a coarse fingerprint; each takes every fourth bit, so that a plain sky fills none of them alone."""
    return tuple(_part(coarse, number) for number in range(BANDS))


def _part(coarse: int, number: int) -> int:
    return sum((coarse >> (BANDS * place + number) & 1) << place for place in range(BAND_BITS))


_FLIPS = tuple(
    {
        0,
        *(1 << one for one in range(BAND_BITS)),
        *(1 << one | 1 << two for one in range(BAND_BITS) for two in range(one)),
    }
)


def probes(band: int) -> list[int]:
    """Every part that differs from this one in at most `PROBE_BITS` (two) bits: 137 of 65,536."""
    return [band ^ flip for flip in _FLIPS]


def signed(coarse: int) -> int:
    """The 64 bits as the database's signed integer."""
    return coarse - (1 << 64) if coarse >> 63 else coarse


def unsigned(stored: int) -> int:
    return stored & (1 << 64) - 1
