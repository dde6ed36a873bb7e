"""Draws the charts as SVG with title and description, each with its table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from terang.web import numbers
from terang.web.axis import Axis
from terang.web.charts import Bars, Columns, Line, Series, Strip, StripRow

LINE_HEIGHT = 190
COLUMN_HEIGHT = 160
STRIP_HEIGHT = 64
LABEL_GAP = 17
"""Pixels between two labels that stand at the same place."""
WIDE_LABELS, NARROW_LABELS = 12, 4
BINS = 60
DROP_HEIGHT, DROP_WIDTH = 30, 1.2
"""Pixels of the tallest mark of a strip, and per cent of its width."""


def draw_line(chart: Line) -> SafeString:
    """The course as lines; gaps stay gaps, a single value between gaps is a dot."""
    known = [value for series in chart.series for value in series.values if value is not None]
    if not known:
        return _nothing(chart.title)
    axis = Axis.over([*known, *([chart.target.value] if chart.target else [])], chart.from_zero, chart.highest)
    rows = [(label, [chart.form(s.values[i]) for s in chart.series]) for i, label in enumerate(chart.labels)]
    parts = [
        *_grid(axis, chart),
        _before_shade(chart),
        *(_course(chart, axis, number) for number in range(len(chart.series))),
        *_end_labels(chart, axis),
        *_target_line(chart, axis),
        *_mark_line(chart),
        *_time_labels(chart.labels, chart.mark.index if chart.mark else None),
    ]
    heads = [chart.label_head or gettext("Waktu"), *(s.name for s in chart.series)]
    return _figure(chart, LINE_HEIGHT, parts, _told_line(chart), heads, rows, "line")


def _told_line(chart: Line) -> str:
    sentences = []
    for series in chart.series:
        points = [(label, value) for label, value in zip(chart.labels, series.values, strict=True) if value is not None]
        if points:
            (first, start), (last, end) = points[0], points[-1]
            told = gettext("%(name)s: dari %(start)s (%(first)s) menjadi %(end)s (%(last)s).")
            words = {"name": series.name, "first": first, "last": last}
            sentences.append(told % {**words, "start": chart.form(start), "end": chart.form(end)})
    if chart.target:
        sentences.append(f"{chart.target.label}: {chart.form(chart.target.value)}.")
    return " ".join(sentences)


def _across(index: int, count: int) -> float:
    return round(index * 100 / (count - 1), 2) if count > 1 else 50.0


def _grid(axis: Axis, chart: Line) -> Iterable[SafeString]:
    for tick in axis.ticks:
        y = axis.y(tick, LINE_HEIGHT)
        yield format_html('<line class="grid" x2="100%" y1="{0}" y2="{0}"/>', y)
        yield format_html('<text class="tick" dx="-8" dy="4" y="{}" text-anchor="end">{}</text>', y, chart.form(tick))


def _before_shade(chart: Line) -> SafeString:
    if not chart.mark:
        return SafeString("")
    x = _across(chart.mark.index, len(chart.labels))
    return format_html('<rect class="before" width="{}%" height="{}"/>', x, LINE_HEIGHT)


def _runs(values: Sequence[int | None]) -> list[list[tuple[int, int]]]:
    """The stretches without a gap, as (index, value)."""
    runs: list[list[tuple[int, int]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((index, value))
    return [run for run in runs if run]


def _course(chart: Line, axis: Axis, number: int) -> SafeString:
    series, count = chart.series[number], len(chart.labels)
    runs = _runs(series.values)
    paths = [
        "M" + " ".join(f"{_across(i, count) * 10:g},{axis.y(value, LINE_HEIGHT):g}" for i, value in run)
        for run in runs
        if len(run) > 1
    ]
    lone = [run[0] for run in runs if len(run) == 1]
    ends = [run[-1] for run in runs[-1:]]
    dots = format_html_join(
        "",
        '<circle class="dot" cx="{}%" cy="{}" r="4"/>',
        ((_across(i, count), axis.y(value, LINE_HEIGHT)) for i, value in {*lone, *ends}),
    )
    drawn = format_html(
        '<svg viewBox="0 0 1000 {0}" preserveAspectRatio="none" width="100%" height="{0}">'
        '<path class="line" d="{1}"/></svg>',
        LINE_HEIGHT,
        " ".join(paths),
    )
    return format_html('<g class="series s{}">{}{}</g>', number + 1, drawn, dots)


def _last(series: Series) -> tuple[int, int] | None:
    known = [(i, value) for i, value in enumerate(series.values) if value is not None]
    return known[-1] if known else None


def _end_labels(chart: Line, axis: Axis) -> Iterable[SafeString]:
    """Each line's name and last value where it ends, moved apart where they would cover each other."""
    ends = [(axis.y(last[1], LINE_HEIGHT), number, last) for number, s in enumerate(chart.series) if (last := _last(s))]
    taken = -100.0
    for y, number, (index, value) in sorted(ends):
        place = max(y - 9, taken + LABEL_GAP, 10)
        taken = place
        name = chart.series[number].name if len(chart.series) > 1 else ""
        text = " ".join(filter(None, [name, chart.form(value)]))
        x = _across(index, len(chart.labels))
        narrow = "" if len(chart.series) == 1 else " minor"
        label = '<text class="end{}" x="{}%" y="{}" text-anchor="{}">{}</text>'
        yield format_html(label, narrow, x, place, _anchor(x), text)


def _anchor(x: float) -> str:
    return "end" if x > 80 else "start" if x < 20 else "middle"


def _target_line(chart: Line, axis: Axis) -> Iterable[SafeString]:
    if chart.target:
        y = axis.y(chart.target.value, LINE_HEIGHT)
        text = f"{chart.target.label} {chart.form(chart.target.value)}"
        yield format_html('<line class="target" x2="100%" y1="{0}" y2="{0}"/>', y)
        yield format_html('<text class="target-label" x="0" dx="4" y="{}">{}</text>', y - 6 if y > 24 else y + 16, text)


def _mark_line(chart: Line) -> Iterable[SafeString]:
    if chart.mark:
        x = _across(chart.mark.index, len(chart.labels))
        side = "end" if x > 55 else "start"
        yield format_html('<line class="mark-line" x1="{0}%" x2="{0}%" y1="-14" y2="{1}"/>', x, LINE_HEIGHT)
        yield format_html(
            '<text class="mark-label" x="{}%" dx="{}" y="-5" text-anchor="{}">{}</text>',
            x,
            -6 if side == "end" else 6,
            side,
            chart.mark.label,
        )


def _time_labels(labels: Sequence[str], marked: int | None) -> Iterable[SafeString]:
    count = len(labels)
    wide = _spread(count, WIDE_LABELS)
    narrow = _spread(count, NARROW_LABELS)
    if marked is not None:
        narrow = {i for i in narrow | {marked} if i == marked or abs(i - marked) * 4 >= count}
        wide |= {marked}
    for index in sorted(wide | narrow):
        extra = SafeString("") if index in narrow else SafeString(" minor")
        anchor = "start" if index == 0 else "end" if index == count - 1 else "middle"
        yield format_html(
            '<text class="tick{}" x="{}%" y="{}" text-anchor="{}">{}</text>',
            extra,
            _across(index, count),
            LINE_HEIGHT + 20,
            anchor,
            labels[index],
        )


def _spread(count: int, most: int) -> set[int]:
    """At most about `most` indexes, evenly apart, with the first and the last among them."""
    step = max(1, -(-(count - 1) // max(most - 1, 1)))
    inner = {i for i in range(0, count, step) if count - 1 - i >= step}
    return inner | {0, count - 1} if count else set()


def draw_bars(chart: Bars) -> SafeString:
    """Bars as a table that carries its own drawing: readable by eye and by ear from the same rows."""
    known = [bar.value for bar in chart.bars if bar.value is not None]
    if not known:
        return _nothing(chart.title)
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
        return _nothing(chart.title)
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
    return _figure(chart, COLUMN_HEIGHT, parts, told, heads, rows, "columns")


def _centred(kind: str, x: float, y: float, text: str) -> SafeString:
    return format_html('<text class="{}" x="{}%" y="{}" text-anchor="middle">{}</text>', kind, x, y, text)


def _wrapped(x: float, y: float, label: str) -> Iterable[SafeString]:
    """A label under a column, one line per word, so that it fits at 360 px."""
    for line, word in enumerate(label.split()):
        yield _centred("tick", x, y + line * 15, word)


def draw_strip(chart: Strip) -> SafeString:
    """Every value in its place; where many lie together the mark grows taller. The middle one is marked and named."""
    values = [value for row in chart.rows for value in row.values]
    if not values:
        return _nothing(chart.title)
    longest = max([*values, *([chart.target.value] if chart.target else [])])
    axis = Axis(0, max(longest, 1), (0, max(longest, 1)))
    height = STRIP_HEIGHT * len(chart.rows)
    heaps = [Counter(round(axis.across(value) * BINS / 100) for value in row.values) for row in chart.rows]
    most = max(count for heap in heaps for count in heap.values())
    parts = [part for number in range(len(heaps)) for part in _strip_row(chart, axis, number, heaps[number], most)]
    if chart.target:
        x = axis.across(chart.target.value)
        text = f"{chart.target.label} {chart.form(chart.target.value)}"
        parts.append(format_html('<line class="target" x1="{0}%" x2="{0}%" y1="-8" y2="{1}"/>', x, height))
        label = '<text class="target-label" x="{}%" y="-14" text-anchor="{}">{}</text>'
        parts.append(format_html(label, x, _anchor(x), text))
    for tick in (axis.ticks[0], axis.ticks[-1]):
        x = axis.across(tick)
        tick_text = '<text class="tick" x="{}%" y="{}" text-anchor="{}">{}</text>'
        parts.append(format_html(tick_text, x, height + 18, _anchor(x), chart.form(tick)))
    heads = [gettext("Kelompok"), gettext("Banyaknya"), gettext("Terpendek"), gettext("Tengah"), gettext("Terpanjang")]
    rows = [(row.label, _summary(chart, row)) for row in chart.rows]
    told = " ".join(
        gettext("%(label)s: tengah %(middle)s.") % {"label": row.label, "middle": chart.form(_median(row.values))}
        for row in chart.rows
    )
    return _figure(chart, height, parts, told, heads, rows, "strip")


def _median(values: Sequence[int]) -> int | None:
    """The lower middle value, which is always one that occurred."""
    return sorted(values)[(len(values) - 1) // 2] if values else None


def _summary(chart: Strip, row: StripRow) -> list[str]:
    ends = (min(row.values), max(row.values)) if row.values else (None, None)
    return [numbers.whole(len(row.values)), chart.form(ends[0]), chart.form(_median(row.values)), chart.form(ends[1])]


def _strip_row(chart: Strip, axis: Axis, number: int, heap: Counter[int], most: int) -> Iterable[SafeString]:
    row, top = chart.rows[number], number * STRIP_HEIGHT
    y = top + 42
    yield format_html('<text class="row-label" y="{}">{}</text>', top + 14, row.label)
    yield format_html('<line class="grid" x2="100%" y1="{0}" y2="{0}"/>', y)
    for place, count in sorted(heap.items()):
        tall = round(count * DROP_HEIGHT / most, 1)
        x = round(place * 100 / BINS - DROP_WIDTH / 2, 2)
        drop = '<rect class="drop" x="{}%" width="{}%" y="{}" height="{}" rx="2"/>'
        yield format_html(drop, x, DROP_WIDTH, round(y - tall / 2, 1), tall)
    middle = _median(row.values)
    if middle is not None:
        x = axis.across(middle)
        yield format_html('<line class="middle" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>', x, y - 17, y + 17)
        text = gettext("tengah %(value)s") % {"value": chart.form(middle)}
        yield format_html('<text class="value" x="100%" y="{}" text-anchor="end">{}</text>', top + 14, text)


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


def _figure(
    chart: Line | Columns | Strip,
    height: int,
    parts: Iterable[SafeString],
    told: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[str]]],
    kind: str,
) -> SafeString:
    drawn = SafeString("".join(parts))
    context = {"chart": chart, "height": height, "drawn": drawn, "told": told, "heads": heads, "rows": rows}
    legend = _legend(chart) if isinstance(chart, Line) else []
    return render_to_string("web/_chart.html", {**context, "kind": kind, "legend": legend, "key": uuid4().hex[:8]})


def _legend(chart: Line) -> list[tuple[str, str]]:
    """Names and last values above the drawing, for a phone, where the ends of the lines have no room."""
    if len(chart.series) == 1:
        return []
    return [(series.name, chart.form(last[1] if (last := _last(series)) else None)) for series in chart.series]


def _nothing(title: str) -> SafeString:
    return render_to_string("web/_chart_empty.html", {"title": title})
