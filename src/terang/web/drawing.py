"""Draws charts as SVG with title and description, each with its table; here what all share, bars and columns."""

from collections.abc import Iterable, Sequence
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from terang.web import numbers
from terang.web.axis import Axis
from terang.web.charts import Bars, Columns, Intervals, Line, Months, Strip

COLUMN_HEIGHT = 160


def anchor(x: float) -> str:
    return "end" if x > 80 else "start" if x < 20 else "middle"


def draw_bars(chart: Bars) -> SafeString:
    """Bars as a table that carries its own drawing: readable by eye and by ear from the same rows."""
    known = [bar.value for bar in chart.bars if bar.value is not None]
    if not known:
        return nothing(chart.title)
    full = chart.highest or max([*known, chart.target.value if chart.target else 0, 1])
    rows = [
        (bar, chart.form(bar.value), None if bar.value is None else round(min(max(bar.value, 0) * 100 / full, 100), 2))
        for bar in chart.bars
    ]
    context = {"chart": chart, "rows": rows, "target": None}
    if chart.target:
        context["target"] = {
            "x": round(chart.target.value * 100 / full, 2),
            "text": f"{chart.target.label} {chart.form(chart.target.value)}",
        }
    return render_to_string("web/_bars.html", context)


def draw_columns(chart: Columns) -> SafeString:
    """A distribution: one column per class, its value on top."""
    values = [column.value or 0 for column in chart.columns]
    if not values:
        return nothing(chart.title)
    axis = Axis.over([*values, *chart.expected, 1], True, None)
    width = 100 / len(values)
    parts = [format_html('<line class="base" x2="100%" y1="{0}" y2="{0}"/>', COLUMN_HEIGHT)]
    for index, column in enumerate(chart.columns):
        middle, y = round((index + 0.5) * width, 2), axis.y(values[index], COLUMN_HEIGHT)
        top = y
        shape = '<rect class="bar {}" x="{}%" width="{}%" y="{}" height="{}" rx="2"/>'
        left, broad = round(index * width + width * 0.18, 2), round(width * 0.64, 2)
        parts.append(format_html(shape, column.kind, left, broad, y, round(COLUMN_HEIGHT - y, 1)))
        if chart.expected:
            level = axis.y(chart.expected[index], COLUMN_HEIGHT)
            top = min(y, level)
            line = '<line class="expected" x1="{}%" x2="{}%" y1="{}" y2="{}"/>'
            parts.append(format_html(line, round(left - 2, 2), round(left + broad + 2, 2), level, level))
        parts.append(_centred("value", middle, top - 7, chart.form(column.value)))
        parts.extend(_wrapped(middle, COLUMN_HEIGHT + 18, column.label))
    told = "; ".join(f"{column.label}: {chart.form(column.value)}" for column in chart.columns)
    heads = [chart.heads[0] or gettext("Kelompok"), chart.heads[1] or gettext("Jumlah")]
    cells = [[chart.form(column.value)] for column in chart.columns]
    if chart.expected:
        heads.append(gettext("Pembanding"))
        cells = [[*cell, chart.form(wanted)] for cell, wanted in zip(cells, chart.expected, strict=True)]
    rows = [(column.label, cell) for column, cell in zip(chart.columns, cells, strict=True)]
    return figure(chart, COLUMN_HEIGHT, parts, told, heads, rows, "columns")


def _centred(kind: str, x: float, y: float, text: str) -> SafeString:
    return format_html('<text class="{}" x="{}%" y="{}" text-anchor="middle">{}</text>', kind, x, y, text)


def _wrapped(x: float, y: float, label: str) -> Iterable[SafeString]:
    """A label under a column, one line per word, so that it fits at 360 px."""
    for line, word in enumerate(label.split()):
        yield _centred("tick", x, y + line * 15, word)


def draw_sparkline(values: Sequence[int | None], told: str) -> SafeString:
    """A course the size of a word; `told` says it in words for those who do not see it."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return format_html('<span class="muted">{}</span>', numbers.missing())
    axis = Axis(min(known), max(max(known), min(known) + 1), ())
    width, height, count = 92, 20, len(values)
    points = [(round(i * width / (count - 1), 1), axis.y(v, height)) for i, v in enumerate(values) if v is not None]
    path = "M" + " ".join(f"{x:g},{y:g}" for x, y in points)
    shape = (
        '<svg class="spark" width="100" height="28" viewBox="-4 -4 100 28" role="img" aria-label="{}">'
        '<path class="line" d="{}"/><circle class="dot" cx="{}" cy="{}" r="3"/></svg>'
    )
    return format_html(shape, told, path, *points[-1])


def figure(
    chart: Line | Columns | Strip | Months | Intervals,
    height: int,
    parts: Iterable[SafeString],
    told: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[str]]],
    kind: str,
    legend: Sequence[tuple[str, str]] = (),
) -> SafeString:
    """The drawn parts with title, description, and the same as a table behind a disclosure."""
    drawn = SafeString("".join(parts))
    context = {"chart": chart, "height": height, "drawn": drawn, "told": told, "heads": heads, "rows": rows}
    return render_to_string("web/_chart.html", {**context, "kind": kind, "legend": legend, "key": uuid4().hex[:8]})


def nothing(title: str) -> SafeString:
    return render_to_string("web/_chart_empty.html", {"title": title})
