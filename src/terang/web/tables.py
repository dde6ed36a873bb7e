"""Tables from one declaration: filter, sort, pages, CSV and XLSX, on screen at 360 px as cards.

    ENTRIES = Table(
        name="kegiatan", caption=_("Kegiatan"),
        columns=[Column("day", _("Tanggal"), lambda row: longdate(row.day), sort="day"), …],
        filters=[TextFilter("q", _("Cari"), ["title"]), ChoiceFilter("s", _("Status"), State.choices, "state")],
    )
    table = ENTRIES.bind(request, selectors.entries_visible(viewer=request.viewer))
    return table.export() or render(request, "work/entries.html", "work/_entries.html", {"table": table})

On screen it costs two queries (a count and a page) whatever the number of rows; `prefetch_related` and `select_related`
are the selector's business. Rows may also be a list of plain objects: filters and sorting then read their attributes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from terang.web import spreadsheets

Text = str | Promise
Rows = QuerySet[Any] | Sequence[Any]
SIZES = (25, 50, 100)
PHONE_ROWS = 10
"""Rows a phone shows at once; as in the style sheet."""
EXPORT_LIMIT = 50_000
"""Rows of one download; more belongs to `terang export`."""


@dataclass(frozen=True)
class Column:
    """`cell` gives what is shown (text or safe HTML), `raw` what is exported (default: the plain text of the cell).

    `sort` is a field path (`employee__name`) that the column may be sorted by; without it the column cannot be sorted.
    `number` aligns right; with `wrap` it may take more lines, as a time in words. The column with `head` names the row.
    `link` gives the row's address.
    """

    name: str
    label: Text
    cell: Callable[[Any], Any]
    sort: str = ""
    raw: Callable[[Any], Any] | None = None
    number: bool = False
    wrap: bool = False
    head: bool = False
    link: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class TextFilter:
    """Rows in which any of the fields contains the words."""

    name: str
    label: Text
    fields: Sequence[str]
    kind: str = "text"

    def narrow(self, rows: Rows, value: str) -> Rows:
        if isinstance(rows, QuerySet):
            return rows.filter(_any_contains(self.fields, value))
        wanted = value.casefold()
        return [row for row in rows if any(wanted in str(_read(row, name) or "").casefold() for name in self.fields)]


@dataclass(frozen=True)
class ChoiceFilter:
    """Rows whose field has the chosen value; `choices` are (value, label) pairs, or a function that gives them."""

    name: str
    label: Text
    choices: Iterable[tuple[Any, Text]] | Callable[[], Iterable[tuple[Any, Text]]]
    field: str
    kind: str = "choice"

    def options(self) -> list[tuple[str, Text]]:
        pairs = self.choices() if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in pairs]

    def narrow(self, rows: Rows, value: str) -> Rows:
        if value not in dict(self.options()):
            return rows
        if isinstance(rows, QuerySet):
            return rows.filter(**{self.field: value})
        return [row for row in rows if str(_read(row, self.field)) == value]


Filter = TextFilter | ChoiceFilter


@dataclass(frozen=True)
class Table:
    """The declaration. `name` makes its parameters its own where a page has two tables, and names the downloads."""

    name: str
    caption: Text
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    order: str = ""
    empty: tuple[Text, Text] = ("", "")
    exports: bool = True
    prefix: str = field(default="")

    def bind(self, request: HttpRequest, rows: Rows) -> "BoundTable":
        """The table for one request over `rows`, which are already only what the viewer may see."""
        return BoundTable(self, request.GET, rows, request.path)


@dataclass(frozen=True)
class Heading:
    """One column head as drawn: `direction` is "ascending", "descending" or nothing; `url` sorts by it."""

    column: Column
    direction: str
    url: str


@dataclass(frozen=True)
class Choice:
    """A filter as drawn, with what is chosen now."""

    filter: Filter
    parameter: str
    value: str


@dataclass(frozen=True)
class BoundTable:
    declared: Table
    query: QueryDict
    source: Rows
    path: str

    def _parameter(self, name: str) -> str:
        return f"{self.declared.prefix}{name}"

    def _asked(self, name: str) -> str:
        return self.query.get(self._parameter(name), "").strip().replace("\x00", "")[:200]

    def _address(self, **changes: str) -> str:
        query = self.query.copy()
        query.pop(self._parameter("ekspor"), None)
        for name, value in changes.items():
            query[self._parameter(name)] = value
        return f"?{query.urlencode()}"

    @property
    def key(self) -> str:
        return f"tabel-{self.declared.name}"

    @property
    def choices(self) -> list[Choice]:
        return [Choice(f, self._parameter(f.name), self._asked(f.name)) for f in self.declared.filters]

    @property
    def filtered(self) -> bool:
        return any(choice.value for choice in self.choices)

    @cached_property
    def rows(self) -> Rows:
        """All rows after filtering and sorting."""
        rows = self.source
        for choice in self.choices:
            if choice.value:
                rows = choice.filter.narrow(rows, choice.value)
        return _sorted(rows, self._sort())

    def _sort(self) -> str:
        """A field path of the declaration, with a minus where descending; never what the address says by itself."""
        asked = self._asked("urut")
        allowed = {column.name: column.sort for column in self.declared.columns if column.sort}
        path = allowed.get(asked.removeprefix("-"))
        if path is None:
            return self.declared.order
        return f"-{path}" if asked.startswith("-") else path

    @property
    def size(self) -> int:
        asked = self._asked("isi")
        return int(asked) if asked in {str(size) for size in SIZES} else SIZES[0]

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        return [(size, self._address(isi=str(size), halaman="1"), size == self.size) for size in SIZES]

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.rows, self.size).get_page(self._asked("halaman"))

    @property
    def folded(self) -> int:
        """How many rows of this page a phone shows only when asked: a page of cards is long there."""
        return max(len(self.page) - PHONE_ROWS, 0)

    @property
    def page_parameter(self) -> str:
        return self._parameter("halaman")

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.declared.columns]

    def _heading(self, column: Column) -> Heading:
        current = self._sort()
        if not column.sort:
            return Heading(column, "", "")
        if current == column.sort:
            return Heading(column, "ascending", self._address(urut=f"-{column.name}", halaman="1"))
        direction = "descending" if current == f"-{column.sort}" else ""
        return Heading(column, direction, self._address(urut=column.name, halaman="1"))

    @property
    def drawn(self) -> list[list[tuple[Column, Any, str]]]:
        """The page's rows as (column, cell, link)."""
        columns = self.declared.columns
        return [[(c, c.cell(row), c.link(row) if c.link else "") for c in columns] for row in self.page]

    @property
    def order_parameter(self) -> str:
        return self._parameter("urut")

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """Every way to sort, for a phone, where the heads have no room: (value, label, chosen)."""
        asked = self._asked("urut")
        words = ((gettext("%(column)s: naik"), ""), (gettext("%(column)s: turun"), "-"))
        return [
            (f"{sign}{column.name}", word % {"column": column.label}, f"{sign}{column.name}" == asked)
            for column in self.declared.columns
            if column.sort
            for word, sign in words
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else the address says and the filter form must carry along."""
        own = {choice.parameter for choice in self.choices} | {self._parameter(name) for name in ("halaman", "ekspor")}
        if self.orders:
            own.add(self.order_parameter)
        return [(name, value) for name, values in self.query.lists() if name not in own for value in values]

    @property
    def csv_url(self) -> str:
        return self._address(ekspor="csv")

    @property
    def xlsx_url(self) -> str:
        return self._address(ekspor="xlsx")

    def export(self) -> HttpResponseBase | None:
        """The download the address asks for, of all filtered rows in the order shown, or None."""
        kind = self._asked("ekspor")
        if not self.declared.exports or kind not in spreadsheets.KINDS:
            return None
        heads = [str(column.label) for column in self.declared.columns]
        return spreadsheets.KINDS[kind](self.declared.name, heads, self._exported())

    def _exported(self) -> Iterable[list[Any]]:
        rows = self.rows[:EXPORT_LIMIT]
        source = rows.iterator(chunk_size=2000) if isinstance(rows, QuerySet) else rows
        for row in source:
            yield [(column.raw or column.cell)(row) for column in self.declared.columns]


def _read(row: Any, path: str) -> Any:
    return attrgetter(path.replace("__", "."))(row)


def _any_contains(fields: Sequence[str], value: str) -> Q:
    condition = Q()
    for name in fields:
        condition |= Q(**{f"{name}__icontains": value})
    return condition


def _sorted(rows: Rows, order: str) -> Rows:
    """Sorted, with the key as last word so that no page repeats or loses a row. Missing values come last in lists."""
    if isinstance(rows, QuerySet):
        return rows.order_by(order, "pk") if order else rows if rows.ordered else rows.order_by("pk")
    if not order:
        return rows
    path, backwards = order.removeprefix("-"), order.startswith("-")
    known = sorted((r for r in rows if _read(r, path) is not None), key=lambda r: _read(r, path), reverse=backwards)
    return [*known, *(r for r in rows if _read(r, path) is None)]
