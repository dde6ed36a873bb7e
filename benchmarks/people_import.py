"""How long an import of people takes, from file to applied, on an empty and on a filled registry.

python benchmarks/people_import.py 20000
"""

import io
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import stage

TITLE = "Impor pegawai"
SIZES = (1_000, 20_000)
QUICK = (1_000,)
COLUMNS = {
    "people": "baris pada berkas",
    "new_preview_s": "pratinjau, semuanya pegawai baru, detik",
    "new_apply_s": "menerapkannya, detik (target 20.000 baris: pratinjau dan penerapan di bawah 20)",
    "moved_preview_s": "pratinjau berkas kedua, semuanya pindah jabatan, detik",
    "moved_apply_s": "menerapkannya, detik",
}


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size: seconds for preview and applying, on an empty registry and again with everybody moved."""
    with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
        stage.empty(Path(folder))
        rows: list[dict[str, Any]] = stage.in_own_process(__file__, *map(str, sizes), folder=Path(folder))
    return rows


def _measured(sizes: Iterable[int]) -> list[dict[str, Any]]:
    """Each size in a transaction that is rolled back."""
    from django.db import transaction

    rows = []
    for size in sizes:
        with transaction.atomic():
            rows.append(_measure(size))
            transaction.set_rollback(True)
    return rows


def _measure(size: int) -> dict[str, Any]:
    from terang.interchange.people.services import apply, preview
    from terang.registry.organization.models import Agency, Unit

    agency = Agency.objects.create(code="99.99", name="Pemerintah Uji Beban", kind="kota")
    for n in range(200):
        Unit.objects.create(agency=agency, kind="dinas", code=f"U{n}", name=f"Unit {n}", valid_from=date(2020, 1, 1))
    took: dict[str, Any] = {"people": size}
    for label, post, day in (("new", "Analis", date(2026, 1, 5)), ("moved", "Penata", date(2026, 7, 1))):
        data = _workbook(size, post, label)
        start = time.perf_counter()
        differences = preview(data, "pegawai.xlsx", agency=agency, effective_on=day, complete=True)
        shown = time.perf_counter()
        apply(differences, agency=agency, effective_on=day, actor=None)
        took[f"{label}_preview_s"] = round(shown - start, 2)
        took[f"{label}_apply_s"] = round(time.perf_counter() - shown, 2)
    return took


def _workbook(size: int, post: str, label: str) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["NIP", "Nama", "Status", "Golongan", "Surel", "Kode unit", "Jabatan", "Jenis jabatan"])
    for n in range(size):
        birth = date(1970, 1, 1) + timedelta(days=n % 9_000)
        nip = f"{birth:%Y%m%d}{birth.year + 25}0{1 + n // 9_000}1{1 + n % 9}{n % 89 + 10:02}"
        row = (nip, f"Pegawai Uji {label} {n}", "PNS", "III/a", "", f"U{n % 200}", post, "Fungsional")
        for column, text in enumerate(row):
            sheet.write_string(n + 1, column, text)
    book.close()
    return buffer.getvalue()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured([int(each) for each in sys.argv[2:]])))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
