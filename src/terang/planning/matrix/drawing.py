"""The cells of the table as HTML. Drawn here and not by a template, because a page has hundreds of them: words are
looked up and headings escaped once for all."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from terang.planning.matrix.models import CellState, MatrixCell, MatrixColumn
from terang.planning.matrix.presenting import cell_badge
from terang.planning.matrix.selectors import CellView
from terang.web.numbers import quantity

_PART = '<span class="mx-part">{}{}{}</span>'
_OPEN = '<div class="mx-cell"><a class="mx-open" href="{0}" hx-get="{0}"{1}>{2}</a></div>'


class Drawing:
    """Draws the cells of one table; `editable` ones open their editor."""

    def __init__(self, columns: Iterable[MatrixColumn], *, editable: bool) -> None:
        self._editable = editable
        self._labels = {column.pk: format_html("{}. {}", column.number, column.text) for column in columns}
        self._badges: dict[tuple[str, bool], SafeString] = {}
        self._none = format_html('<span class="muted">{}</span>', gettext("tidak ada peran"))
        blank = format_html('+ <span class="sr">{}</span>', gettext("Isi")) if editable else "–"
        self._blank = format_html('<span class="muted">{}</span>', blank)

    def row(self, cells: Iterable[tuple[CellView, str]]) -> SafeString:
        """The cells of a person, each with the address of its editor."""
        return format_html_join("", '<td{} data-label="{}">{}</td>', (self._in_table(*each) for each in cells))

    def _in_table(self, cell: CellView, url: str) -> tuple[SafeString, SafeString, SafeString]:
        filled = any(part.text for part in cell.parts)
        return _NO_CLASS if filled else _EMPTY, self._labels[cell.column.pk], self.cell(cell, url)

    def cell(self, cell: CellView, url: str, *, focus: bool = False) -> SafeString:
        """What stands in a cell: its parts, or that there is none."""
        parts = format_html_join("", _PART, (self._part(part) for part in cell.parts if part.text))
        content = parts or (self._none if cell.none else self._blank)
        if not self._editable:
            return format_html('<div class="mx-cell">{}</div>', content)
        return format_html(_OPEN, url, _FOCUS if focus else "", content)

    def _part(self, part: MatrixCell) -> tuple[str, str, str]:
        share = "" if part.part_milli is None else format_html(' <b class="num">{}</b>', quantity(part.part_milli))
        return part.text, share, self._badge(part)

    def _badge(self, part: MatrixCell) -> SafeString:
        key = (part.state, part.state == CellState.TAKEN and part.changed_since_taken)
        if key not in self._badges:
            text, tone = cell_badge(part)
            self._badges[key] = format_html(' <i class="mx-{}">{}</i>', tone, text) if text else SafeString("")
        return self._badges[key]


_FOCUS = SafeString(" autofocus")
_EMPTY = SafeString(' class="mx-empty"')
_NO_CLASS = SafeString("")
