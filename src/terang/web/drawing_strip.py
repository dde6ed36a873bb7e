"""Draws strips: every single value on one axis, group under group."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from terang.web import numbers
from terang.web.axis import Axis
from terang.web.charts import Strip, StripRow
from terang.web.drawing import anchor, figure, nothing

STRIP_HEIGHT = 64
BINS = 60
DROP_HEIGHT, DROP_WIDTH = 30, 1.2
"""Pixels of the tallest mark, and per cent of its width."""


def draw_strip(chart: Strip) -> SafeString:
    """Every value in its place; where many lie together the mark grows taller. The middle one is marked and named."""
    values = [value for row in chart.rows for value in row.values]
    if not values:
        return nothing(chart.title)
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
        parts.append(format_html(label, x, anchor(x), text))
    for tick in (axis.ticks[0], axis.ticks[-1]):
        x = axis.across(tick)
        tick_text = '<text class="tick" x="{}%" y="{}" text-anchor="{}">{}</text>'
        parts.append(format_html(tick_text, x, height + 18, anchor(x), chart.form(tick)))
    heads = [gettext("Kelompok"), gettext("Banyaknya"), gettext("Terpendek"), gettext("Tengah"), gettext("Terpanjang")]
    rows = [(row.label, _summary(chart, row)) for row in chart.rows]
    told = " ".join(
        gettext("%(label)s: tengah %(middle)s.") % {"label": row.label, "middle": chart.form(_median(row.values))}
        for row in chart.rows
    )
    return figure(chart, height, parts, told, heads, rows, "strip")


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
