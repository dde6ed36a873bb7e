"""Finding the earlier likeness of one photo among all of a government's: fingerprints of so many drawn pictures, and
copies that differ in a few bits.

The pictures are smooth random fields, so that their fingerprints crowd together as those of photos do. The database is
made anew.

    python benchmarks/look_alikes.py 1000000
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import stage

TITLE = "Pencari foto mirip: satu foto dibandingkan dengan semua foto satu pemerintah daerah"
SIZES = (100_000, 1_000_000)
QUICK = (100_000,)
COLUMNS = {
    "pictures": "foto yang sudah tersimpan",
    "fill_s": "mengisi tabel sidik, detik",
    "database_mib": "besar basis data, MiB",
    "queries": "kueri per pencarian",
    "found": "salinan yang ditemukan, dari 50 (dengan 0–10 bit berbeda)",
    "median_ms": "satu pencarian, median milidetik",
    "p95_ms": "satu pencarian, 95 % di bawah, milidetik",
    "candidates": "calon yang dibaca per pencarian, median",
}
AGENCY = 1
BATCH = 20_000
FILE = """INSERT INTO custody_storedfile (id, sha256, name, media_type, shown_sha256, small_sha256, size_bytes,
    uploaded_at, agency_id, taken_at, scan, bytes_gone)
    VALUES (%s, '', 'foto.jpg', 'image/jpeg', '', '', 1, '2026-01-01 00:00:00', 1, '', '', FALSE)"""
LOOK = """INSERT INTO custody_fingerprint (file_id, agency_id, coarse, band_0, band_1, band_2, band_3, fine, busy)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"""
FINE, BUSY = "0" * 64, "f" * 64
SEARCHES = 50


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
            stage.empty(Path(folder))
            rows.append(stage.in_own_process(__file__, str(size), folder=Path(folder)))
    return rows


def _measured(size: int) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from terang.custody.comparing import coarse_candidates
    from terang.custody.fingerprints import Look, bands, probes

    begun = time.perf_counter()
    known = _fill(size)
    took: dict[str, Any] = {"pictures": size, "fill_s": round(time.perf_counter() - begun, 1)}
    took["database_mib"] = round(Path(settings.DATABASES["default"]["NAME"]).stat().st_size / 2**20)
    dice, times, found, read = Random(5), [], 0, []  # noqa: S311 (made-up copies)
    for n in range(SEARCHES):
        pk, coarse = known[dice.randrange(len(known))]
        copy = coarse
        for bit in dice.sample(range(64), n % 11):
            copy ^= 1 << bit
        looks = [Look(copy, 0, 0), *(Look(dice.getrandbits(64), 0, 0) for _ in range(4))]
        answer: list[int] = []
        with CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            answer = coarse_candidates(AGENCY, size + 10, looks)
            times.append((time.perf_counter() - begun) * 1000)
        found += pk in answer
        took["queries"] = len(queries)
        read.append(_read(probes, bands, looks))
    took |= {"found": found, "median_ms": round(stage.median(times), 1)}
    took |= {"p95_ms": round(stage.quantile(times, 0.95), 1), "candidates": stage.median(read)}
    return {name: took[name] for name in COLUMNS}


def _read(probes: Any, bands: Any, looks: list[Any]) -> int:
    """How many rows the four queries gave before they were looked at."""
    from terang.custody.models import Fingerprint

    return sum(
        Fingerprint.objects.filter(
            agency_id=AGENCY, **{f"band_{n}__in": sorted({p for look in looks for p in probes(bands(look.coarse)[n])})}
        ).count()
        for n in range(4)
    )


def _fill(size: int) -> list[tuple[int, int]]:
    """Rows of files and fingerprints, written as fast as the database takes them; returns some as (id, coarse)."""
    from django.db import connection, transaction

    from terang.custody.fingerprints import bands, signed

    known: list[tuple[int, int]] = []
    drawn = enumerate(_drawn(size), 1)
    while looks := list(islice(drawn, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(FILE, [(pk,) for pk, _look in looks])
            cursor.executemany(LOOK, [(pk, AGENCY, signed(look), *bands(look), FINE, BUSY) for pk, look in looks])
        known += looks[::500]
    return known


def _drawn(count: int) -> Iterator[int]:
    """Coarse fingerprints of smooth fields: large light and dark places under a slope from top to bottom."""
    from PIL import Image

    slope = Image.linear_gradient("L").resize((9, 8))
    for _ in range(count):
        field = Image.effect_noise((4, 4), 90).resize((9, 8), Image.Resampling.BICUBIC)
        grey = Image.blend(field, slope, 0.2).tobytes()
        bits = 0
        for row in range(0, 72, 9):
            for place in range(row, row + 8):
                bits = bits << 1 | (grey[place] < grey[place + 1])
        yield bits


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured(int(sys.argv[2]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
