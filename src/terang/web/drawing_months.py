"""Draws months: the spread of each as a box, other courses on the same axis beneath, and what was changed when."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from terang.web import numbers
from terang.web.axis import Axis
from terang.web.charts import Box, Months, Panel
from terang.web.drawing import anchor, figure, nothing

BOX_HEIGHT = 200
PANEL_HEIGHT, PANEL_GAP = 56, 58
"""Pixels of a panel, and from the foot of one to the top of the next: its name stands there, and beneath it the figure
of a month at the top."""
LABEL_LINE = 16
"""Pixels between two lines of figures."""
BOX_SHARE, THIN_SHARE = 0.56, 0.12
"""Parts of a month's width that a box and the line up to the slow tenth take."""
NARROW_EVERY = 3
"""On a phone every third month is named."""


def draw_months(chart: Months) -> SafeString:
    """Boxes over lines over bars. A month without values is a gap everywhere."""
    known = [box for box in chart.boxes if box]
    if not known:
        return nothing(chart.title)
    highest = [box.ninetieth for box in known]
    axis = Axis.over([*highest, *([chart.target.value] if chart.target else [])], True, None)
    height = BOX_HEIGHT + len(chart.panels) * (PANEL_GAP + PANEL_HEIGHT)
    parts = [
        *_grid(axis, chart),
        *_pins(chart, height),
        *(part for index, box in enumerate(chart.boxes) if box for part in _box(chart, axis, index, box)),
        *_target(chart, axis),
        *_ends(chart, axis),
        *(part for number in range(len(chart.panels)) for part in _panel(chart, number)),
        *_month_labels(chart.labels, height),
    ]
    return figure(chart, height, parts, _told(chart), [*chart.heads, *_panel_heads(chart)], _rows(chart), "months")


def _middle(index: int, count: int) -> float:
    return round((index + 0.5) * 100 / count, 2)


def _grid(axis: Axis, chart: Months) -> Iterable[SafeString]:
    yield format_html('<text class="row-label" x="-2.75rem" y="-42">{}</text>', chart.name)
    for tick in axis.ticks:
        y = axis.y(tick, BOX_HEIGHT)
        yield format_html('<line class="grid" x2="100%" y1="{0}" y2="{0}"/>', y)
        yield format_html('<text class="tick" dx="-8" dy="4" y="{}" text-anchor="end">{}</text>', y, chart.form(tick))


def _box(chart: Months, axis: Axis, index: int, box: Box) -> Iterable[SafeString]:
    count = len(chart.boxes)
    middle, wide = _middle(index, count), 100 / count * BOX_SHARE
    left = round(middle - wide / 2, 2)
    y = {name: axis.y(getattr(box, name), BOX_HEIGHT) for name in ("quarter", "median", "three_quarters", "ninetieth")}
    thin = 100 / count * THIN_SHARE
    spine = '<rect class="spine" x="{}%" width="{}%" y="{}" height="{}"/>'
    yield format_html(
        spine,
        round(middle - thin / 2, 2),
        round(thin, 2),
        y["ninetieth"],
        round(y["three_quarters"] - y["ninetieth"], 1),
    )
    body = '<rect class="box" x="{}%" width="{}%" y="{}" height="{}" rx="2"/>'
    tall = max(round(y["quarter"] - y["three_quarters"], 1), 2)
    yield format_html(body, left, round(wide, 2), y["three_quarters"], tall)
    yield format_html(
        '<line class="middle" x1="{}%" x2="{}%" y1="{y}" y2="{y}"/>', left, round(left + wide, 2), y=y["median"]
    )


def _target(chart: Months, axis: Axis) -> Iterable[SafeString]:
    if chart.target:
        y = axis.y(chart.target.value, BOX_HEIGHT)
        text = f"{chart.target.label} {chart.form(chart.target.value)}"
        yield format_html('<line class="target" x2="100%" y1="{0}" y2="{0}"/>', y)
        yield format_html('<text class="target-label" x="100%" y="{}" text-anchor="end">{}</text>', y - 6, text)


def _ends(chart: Months, axis: Axis) -> Iterable[SafeString]:
    """The medians of the first and the last month, in figures."""
    known = [(index, box) for index, box in enumerate(chart.boxes) if box]
    for index, box in dict.fromkeys((known[0], known[-1])):
        x = _middle(index, len(chart.boxes))
        y = axis.y(box.ninetieth, BOX_HEIGHT) - 7
        if chart.target and index == len(chart.boxes) - 1:
            named = axis.y(chart.target.value, BOX_HEIGHT) - 6
            y = named - LABEL_LINE if abs(y - named) < LABEL_LINE else y
        label = '<text class="value" x="{}%" y="{}" text-anchor="{}">{}</text>'
        yield format_html(label, x, y, "middle", chart.form(box.median))


def _pins(chart: Months, height: int) -> Iterable[SafeString]:
    for pin in chart.pins:
        x = round(pin.place * 100 / len(chart.labels), 2)
        yield format_html('<line class="mark-line" x1="{0}%" x2="{0}%" y1="-12" y2="{1}"/>', x, height)
        yield format_html('<circle class="pin" cx="{}%" cy="-20" r="11"/>', x)
        yield format_html('<text class="pin-label" x="{}%" y="-15.5" text-anchor="middle">{}</text>', x, pin.label)


def _panel(chart: Months, number: int) -> Iterable[SafeString]:
    panel, count = chart.panels[number], len(chart.labels)
    top = BOX_HEIGHT + number * (PANEL_GAP + PANEL_HEIGHT) + PANEL_GAP
    foot = top + PANEL_HEIGHT
    yield format_html('<text class="row-label" x="-2.75rem" y="{}">{}</text>', top - 28, panel.name)
    known = [(index, value) for index, value in enumerate(panel.values) if value is not None]
    yield format_html('<line class="base" x2="100%" y1="{0}" y2="{0}"/>', foot)
    if not known:
        told = gettext("belum cukup data")
        yield format_html('<text class="tick" x="0" dx="4" y="{}">{}</text>', foot - 8, told)
        return
    axis = Axis.over([value for _, value in known], panel.bars, None)
    yield from (_bars if panel.bars else _line)(panel, axis, count, top)
    for index, value in dict.fromkeys((known[0], known[-1])):
        x = _middle(index, count)
        y = top + axis.y(value, PANEL_HEIGHT) - 8
        side = anchor(x) if index == known[0][0] != known[-1][0] else "end" if x > 80 else "middle"
        yield format_html(
            '<text class="value" x="{}%" y="{}" text-anchor="{}">{}</text>', x, y, side, panel.form(value)
        )


def _bars(panel: Panel, axis: Axis, count: int, top: int) -> Iterable[SafeString]:
    wide = 100 / count * BOX_SHARE
    for index, value in enumerate(panel.values):
        if value is not None:
            y = axis.y(value, PANEL_HEIGHT)
            left = round(_middle(index, count) - wide / 2, 2)
            shape = '<rect class="bar soft" x="{}%" width="{}%" y="{}" height="{}"/>'
            yield format_html(shape, left, round(wide, 2), round(top + y, 1), round(PANEL_HEIGHT - y, 1))


def _line(panel: Panel, axis: Axis, count: int, top: int) -> Iterable[SafeString]:
    """Stretches between neighbouring months, and a dot for each month: a gap stays a gap."""
    places = [
        None if value is None else (_middle(index, count), round(top + axis.y(value, PANEL_HEIGHT), 1))
        for index, value in enumerate(panel.values)
    ]
    for before, after in pairwise(places):
        if before and after:
            stretch = '<line class="line" x1="{}%" y1="{}" x2="{}%" y2="{}"/>'
            yield format_html(stretch, *before, *after)
    for place in places:
        if place:
            yield format_html('<circle class="dot" cx="{}%" cy="{}" r="3"/>', *place)


def _month_labels(labels: Sequence[str], height: int) -> Iterable[SafeString]:
    last = len(labels) - 1
    for index, label in enumerate(labels):
        minor = "" if (last - index) % NARROW_EVERY == 0 else " minor"
        text = '<text class="tick{}" x="{}%" y="{}" text-anchor="middle">{}</text>'
        yield format_html(text, minor, _middle(index, len(labels)), height + 18, label)


def _panel_heads(chart: Months) -> list[str]:
    return [panel.name for panel in chart.panels if not panel.bars]


def _rows(chart: Months) -> list[tuple[str, list[str]]]:
    """The months with all figures. Bars say how many, which the boxes already have."""
    rows = []
    for index, label in enumerate(chart.labels):
        box = chart.boxes[index]
        figures = (box.quarter, box.median, box.three_quarters, box.ninetieth) if box else (None,) * 4
        count = numbers.whole(box.count if box else None)
        lines = [panel.form(panel.values[index]) for panel in chart.panels if not panel.bars]
        rows.append((label, [count, *(chart.form(figure) for figure in figures), *lines]))
    return rows


def _told(chart: Months) -> str:
    known = [(label, box) for label, box in zip(chart.labels, chart.boxes, strict=True) if box]
    (first, start), (last, end) = known[0], known[-1]
    told = gettext("Nilai tengah dari %(start)s (%(first)s) menjadi %(end)s (%(last)s).")
    words = {"start": chart.form(start.median), "first": first, "end": chart.form(end.median), "last": last}
    return told % words
