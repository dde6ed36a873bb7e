"""What is read and made of a photo, and which photos count as alike; odd pictures and notes included."""

import io
import os
from datetime import datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from terang.custody import exif
from terang.custody.fingerprints import COARSE_LIMIT, Look, bands, distance, look_of, probes, signed, turned, unsigned
from terang.custody.images import SMALL_SIDE, UnreadableImageError, grey_of, picture_of

CAMERA, PLACE = 0x8769, 0x8825
BITS = st.integers(0, 2**64 - 1)


def scene(seed, size=(640, 480)):
    """A made-up photo: ground and sky, and things of all sizes and colours."""
    dice = Random(seed)  # noqa: S311 (a made-up picture)
    image = Image.new("RGB", size, tuple(dice.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        box = [x, y, x + dice.randrange(20, 260), y + dice.randrange(20, 200)]
        (draw.ellipse if dice.random() < 0.5 else draw.rectangle)(box, tuple(dice.randrange(256) for _ in range(3)))
    return image


def saved(image, format_="JPEG", **options):
    out = io.BytesIO()
    image.save(out, format_, **options)
    out.seek(0)
    return out


def noted(taken=None, offset=None, place=None, turn=1):
    image = scene(1, (80, 60))
    notes = image.getexif()
    notes[0x0112] = turn
    if taken:
        notes.get_ifd(CAMERA)[0x9003] = taken
    if offset:
        notes.get_ifd(CAMERA)[0x9011] = offset
    if place:
        notes.get_ifd(PLACE).update(place)
    return saved(image, exif=notes)


MAKASSAR = {1: "S", 2: (5.0, 8.0, 24.0), 3: "E", 4: (119.0, 25.0, 12.0)}


def test_time_and_place_of_the_camera_are_read_and_not_shown():
    picture = picture_of(noted("2026:11:24 09:30:15", "+08:00", MAKASSAR), "image/jpeg")
    told = picture.circumstances
    assert told == exif.Circumstances("2026-11-24T09:30:15+08:00", -5_140_000, 119_420_000)
    for copy in (picture.shown, picture.small):
        assert b"Exif" not in copy
        assert dict(Image.open(io.BytesIO(copy)).getexif()) == {}


def test_without_an_offset_the_time_is_that_of_the_clock_on_the_wall():
    told = picture_of(noted("2026:11:24 09:30:15"), "image/jpeg").circumstances
    assert told.taken_at == "2026-11-24T09:30:15"
    assert datetime.fromisoformat(told.taken_at).tzinfo is None
    assert told.latitude_micro is None


@pytest.mark.parametrize(
    ("taken", "offset", "place"),
    [
        ("0000:00:00 00:00:00", None, None),
        ("2026:13:45 99:99:99", "+08:00", None),
        ("1970:01:01 00:00:00", None, None),
        ("kemarin", None, None),
        (None, "+08:00", MAKASSAR | {1: "X"}),
        (None, None, MAKASSAR | {2: (95.0, 0.0, 0.0)}),
        (None, None, {2: (5.0, 8.0, 24.0)}),
        (None, None, {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}),
    ],
)
def test_impossible_notes_count_as_not_noted(taken, offset, place):
    assert picture_of(noted(taken, offset, place), "image/jpeg").circumstances == exif.Circumstances()


@given(st.binary(max_size=300))
def test_whatever_stands_in_the_note_the_picture_is_taken(junk):
    picture = picture_of(saved(scene(2, (64, 48)), exif=b"Exif\0\0" + junk), "image/jpeg")
    assert Image.open(io.BytesIO(picture.shown)).size in {(64, 48), (48, 64)}


@given(st.sampled_from(["MM\x00*", "II*\x00"]), st.binary(max_size=200))
def test_a_note_that_begins_well_and_goes_wrong_harms_nothing(head, junk):
    picture = picture_of(saved(scene(2, (64, 48)), exif=b"Exif\0\0" + head.encode("latin-1") + junk), "image/jpeg")
    assert picture.small


@given(st.integers(1, 99))
def test_a_photo_cut_off_is_refused_and_never_half_taken(percent):
    whole = saved(scene(3)).getvalue()
    with pytest.raises(UnreadableImageError):
        picture_of(io.BytesIO(whole[: len(whole) * percent // 100]), "image/jpeg")


def _animated():
    frames = [scene(n, (120, 90)) for n in range(3)]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])


def _palette(**options):
    return saved(scene(4).convert("P"), "PNG", **options)


ODD = {
    "cmyk": (lambda: saved(scene(5).convert("CMYK")), "image/jpeg"),
    "grey": (lambda: saved(scene(5).convert("L")), "image/jpeg"),
    "animated": (_animated, "image/webp"),
    "palette": (_palette, "image/png"),
    "clear palette": (lambda: _palette(transparency=0), "image/png"),
    "clear": (lambda: saved(scene(6).convert("RGBA"), "PNG"), "image/png"),
    "grey and clear": (lambda: saved(scene(6).convert("LA"), "PNG"), "image/png"),
    "two colours": (lambda: saved(scene(6).convert("1"), "PNG"), "image/png"),
    "sixteen bits": (lambda: saved(Image.frombytes("I;16", (60, 40), os.urandom(4800)), "PNG"), "image/png"),
    "a line": (lambda: saved(Image.new("RGB", (9000, 1), "teal"), "PNG"), "image/png"),
    "a dot": (lambda: saved(Image.new("RGB", (1, 1), "teal"), "PNG"), "image/png"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_pictures_are_taken(name):
    make, media_type = ODD[name]
    file = make()
    size = Image.open(file).size
    picture = picture_of(file, media_type)
    assert Image.open(io.BytesIO(picture.shown)).size == size
    small = Image.open(io.BytesIO(picture.small))
    assert (small.format, small.mode) == ("WEBP", "RGB")
    assert max(small.size) <= SMALL_SIDE


def test_sixty_megapixels_are_taken_and_more_refused():
    most = saved(Image.new("L", (10_000, 6_000), 90), quality=30)
    assert max(Image.open(io.BytesIO(picture_of(most, "image/jpeg").small)).size) == SMALL_SIDE
    with pytest.raises(UnreadableImageError):
        picture_of(saved(Image.new("L", (10_001, 6_000), 90), quality=30), "image/jpeg")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_no_note_of_any_kind_goes_along(format_):
    secret = b"Ponsel-Rahasia"
    extra = {"comment": secret} if format_ == "JPEG" else {}
    if format_ == "PNG":
        from PIL.PngImagePlugin import PngInfo

        extra["pnginfo"] = PngInfo()
        extra["pnginfo"].add_text("Author", secret.decode())
    file = saved(scene(7), format_, icc_profile=b"x" * 60 + secret, xmp=b"<x>" + secret + b"</x>", **extra)
    assert secret in file.getvalue() or format_ == "PNG"
    picture = picture_of(file, f"image/{format_.lower()}")
    assert secret not in picture.shown + picture.small


CHANGES = {
    "half the size": lambda i: i.resize((320, 240)),
    "a thumbnail": lambda i: i.resize((160, 120)),
    "saved at 30": lambda i: Image.open(saved(i, quality=30)),
    "as webp": lambda i: Image.open(saved(i, "WEBP", quality=50)),
    "darker": lambda i: ImageEnhance.Brightness(i).enhance(0.7),
    "brighter": lambda i: ImageEnhance.Brightness(i).enhance(1.2),
    "more contrast": lambda i: ImageEnhance.Contrast(i).enhance(1.4),
    "grey": lambda i: i.convert("L"),
    "one percent cut": lambda i: i.crop((6, 5, 634, 475)),
    "turned": lambda i: i.transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda i: i.transpose(Image.Transpose.ROTATE_180),
    "mirrored": ImageOps.mirror,
}


def look(image):
    return picture_of(saved(image.convert("RGB"), quality=90), "image/jpeg").look


def is_found(copy, original):
    small = picture_of(saved(copy.convert("RGB"), quality=90), "image/jpeg").small
    looks = [look_of(view) for view in turned(grey_of(io.BytesIO(small)))]
    return any(distance(view, look(original)) is not None for view in looks)


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_found(change):
    found = sum(is_found(CHANGES[change](scene(seed)), scene(seed)) for seed in range(12))
    assert found >= 11


def test_different_photos_are_not_alike():
    looks = [look(scene(seed)) for seed in range(100, 150)]
    pairs = [distance(one, other) for n, one in enumerate(looks) for other in looks[:n]]
    assert [share for share in pairs if share is not None] == []


def letter(seed, lines=26):
    dice, page = Random(seed), Image.new("RGB", (620, 877), "white")  # noqa: S311 (a made-up letter)
    draw = ImageDraw.Draw(page)
    draw.text((150, 30), "PEMERINTAH KOTA TERANG", fill="black", font_size=24)
    draw.line([40, 80, 580, 80], fill="black", width=3)
    for line in range(lines):
        words = "".join(dice.choice("aeiou bcdfg hklmn prst") for _ in range(dice.choice((30, 60, 60, 20))))
        draw.text((50, 110 + 26 * line), words, fill="black", font_size=15)
    return page


def test_letters_with_the_same_head_are_not_alike_and_a_copy_of_one_is():
    looks = [look(letter(seed)) for seed in range(30)]
    pairs = [distance(one, other) for n, one in enumerate(looks) for other in looks[:n]]
    assert [share for share in pairs if share is not None] == []
    assert is_found(letter(3).resize((500, 707)), letter(3))


@pytest.mark.parametrize(
    "plain", [Image.new("RGB", (300, 200), "white"), letter(1, lines=0), Image.linear_gradient("L").convert("RGB")]
)
def test_what_shows_nothing_is_not_compared(plain):
    assert look(plain).is_plain
    assert distance(look(plain), look(plain)) is None


@given(BITS, st.sets(st.integers(0, 63), max_size=COARSE_LIMIT))
def test_the_search_misses_nobody_within_the_limit(coarse, flips):
    other = coarse
    for flip in flips:
        other ^= 1 << flip
    assert any(theirs in set(probes(ours)) for ours, theirs in zip(bands(coarse), bands(other), strict=True))


@given(BITS)
def test_numbers_come_back_from_the_database_as_they_were(coarse):
    assert unsigned(signed(coarse)) == coarse
    assert -(2**63) <= signed(coarse) < 2**63


def test_the_same_look_has_no_distance():
    one = Look(5, 2**200, 2**256 - 1)
    assert distance(one, one) == 0


def test_a_moment_with_an_offset_is_a_moment():
    told = picture_of(noted("2026:11:24 09:30:15", "+08:00"), "image/jpeg").circumstances
    assert datetime.fromisoformat(told.taken_at).utcoffset() == timedelta(hours=8)
    assert datetime.fromisoformat(told.taken_at) == datetime(2026, 11, 24, 1, 30, 15, tzinfo=timezone.utc)  # noqa: UP017
