"""Draws figures as dots on their intervals, row under row."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from terang.web.axis import Axis
from terang.web.charts import Interval, Intervals
from terang.web.drawing import anchor, figure, nothing

ROW_HEIGHT = 44


def draw_intervals(chart: Intervals) -> SafeString:
    """The label stands over its row, so that long ones fit at 360 px; zero may be a line through all rows."""
    if not chart.rows:
        return nothing(chart.title)
    marked = [0] if chart.from_zero else []
    axis = Axis.over([*marked, *(end for row in chart.rows for end in (row.low, row.high))], False, None)
    height = ROW_HEIGHT * len(chart.rows)
    line = '<line class="target" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>'
    parts = [format_html(line, axis.across(zero), height) for zero in marked]
    parts += [part for number, row in enumerate(chart.rows) for part in _row(axis, number, row)]
    for tick in sorted({axis.ticks[0], *marked, axis.ticks[-1]}):
        x = axis.across(tick)
        text = '<text class="tick" x="{}%" y="{}" text-anchor="{}">{}</text>'
        parts.append(format_html(text, x, height + 18, anchor(x), chart.form(tick)))
    heads = chart.heads or [gettext("Kelompok"), gettext("Nilai"), gettext("Terendah"), gettext("Tertinggi")]
    rows = [(row.label, [chart.form(n) for n in (row.value, row.low, row.high)]) for row in chart.rows]
    told = "; ".join(f"{label}: {value} ({low} – {high})" for label, (value, low, high) in rows)
    return figure(chart, height, parts, told, heads, rows, "strip")


def _row(axis: Axis, number: int, row: Interval) -> Iterable[SafeString]:
    top = number * ROW_HEIGHT
    yield format_html('<text class="tick" x="0" y="{}">{}</text>', top + 16, row.label)
    line = '<line class="line s1" x1="{}%" x2="{}%" y1="{}" y2="{}"/>'
    yield format_html(line, axis.across(row.low), axis.across(row.high), top + 30, top + 30)
    yield format_html('<circle class="dot" cx="{}%" cy="{}" r="5"/>', axis.across(row.value), top + 30)
