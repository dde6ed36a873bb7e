"""An answer as a file that somebody takes along: always with how it was made, of whom, and of which day."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from terang.engine.handed_out import parquet_of
from terang.reporting.analysis.page import Shown, heads_of, table_of
from terang.reporting.analysis.picture import png_of, svg_of
from terang.web.spreadsheets import csv_response, file_name, xlsx_response

NAME = "analisis"
Export = Callable[[Shown], HttpResponseBase]


def _csv(shown: Shown) -> HttpResponseBase:
    return csv_response(NAME, heads_of(shown), table_of(shown), _notes(shown))


def _xlsx(shown: Shown) -> HttpResponseBase:
    return xlsx_response(NAME, heads_of(shown), table_of(shown), _notes(shown))


def _parquet(shown: Shown) -> HttpResponseBase:
    notes: dict[str, str] = {}
    for label, text in _notes(shown):
        notes[label] = f"{notes[label]} {text}" if label in notes else text
    return _file(parquet_of(heads_of(shown), table_of(shown), notes), "parquet", "application/vnd.apache.parquet")


def _svg(shown: Shown) -> HttpResponseBase:
    return _file(svg_of(shown).encode(), "svg", "image/svg+xml")


def _png(shown: Shown) -> HttpResponseBase:
    return _file(png_of(shown), "png", "image/png")


EXPORTS: dict[str, Export] = {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet, "svg": _svg, "png": _png}
PICTURES = ("svg", "png")


def _notes(shown: Shown) -> list[tuple[str, str]]:
    small = _("Yang terlalu sedikit tidak ditampilkan; yang tanpa nilai tidak dihitung nol.")
    return [*shown.notes, (_("Catatan"), small)]


def _file(content: bytes, ending: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file_name(NAME)}.{ending}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
