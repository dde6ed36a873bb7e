"""From sheets to PDF. The same sheets give the same bytes: fixed day, fonts of the compiler alone, no clock."""

import json
import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from terang.reporting.documents.sheets import Sheet

FORMS = Path(__file__).parent / "forms"
FIRST_CHOICE = "Bookman Old Style"
EMBEDDED = "Libertinus Serif"
STANDARD = "a-2a"
"""PDF/A for the archive, with tags for screen readers. Typst claims it; no validator stands behind it."""

_own = threading.local()


def render(sheets: Sequence[Sheet], *, title: str, author: str, made_on: date) -> bytes:
    """The sheets as one PDF dated `made_on`. Thread-safe; each thread keeps a compiler, the first use takes longer."""
    data = {
        "title": title,
        "author": author,
        "made": [made_on.year, made_on.month, made_on.day],
        "fonts": fonts(settings.TERANG_FONTS),
        "sheets": sheets,
    }
    compiled = _compiler(settings.TERANG_FONTS).compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC),
    )
    assert isinstance(compiled, bytes)
    return compiled


@cache
def fonts(folder: str) -> list[str]:
    """The families to set in: the regulation's own where the folder holds it, then the embedded serif."""
    given = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder] if folder else [])
    own = sorted(given.families(), key=lambda name: name != FIRST_CHOICE)
    return [*own, EMBEDDED]


def _compiler(folder: str) -> Any:
    kept = getattr(_own, "compiler", None)
    if kept is None or kept[0] != folder:
        paths: list[str] = [folder] if folder else []
        compiler = typst.Compiler(str(FORMS / "main.typ"), root=FORMS, font_paths=paths, ignore_system_fonts=True)
        kept = _own.compiler = (folder, compiler)
    return kept[1]
