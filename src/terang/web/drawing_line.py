"""Draws courses over time: lines with gaps, a target, and the moment something was changed."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from terang.web.axis import Axis
from terang.web.charts import Line, Series
from terang.web.drawing import anchor, figure, nothing

LINE_HEIGHT = 190
LABEL_GAP = 17
"""Pixels between two labels that stand at the same place."""
WIDE_LABELS, NARROW_LABELS = 8, 4


def draw_line(chart: Line) -> SafeString:
    """The course as lines; gaps stay gaps, a single value between gaps is a dot."""
    known = [value for series in chart.series for value in series.values if value is not None]
    if not known:
        return nothing(chart.title)
    ends = [end for series in chart.series for span in series.spans if span for end in span]
    axis = Axis.over([*known, *ends, *([chart.target.value] if chart.target else [])], chart.from_zero, chart.highest)
    rows = [(label, [_written(chart, s, i) for s in chart.series]) for i, label in enumerate(chart.labels)]
    parts = [
        *_grid(axis, chart),
        _before_shade(chart),
        *_pins(chart),
        *(_course(chart, axis, number) for number in range(len(chart.series))),
        *_end_labels(chart, axis),
        *_target_line(chart, axis),
        *_mark_line(chart),
        *_time_labels(chart.labels, chart.mark.index if chart.mark else None),
    ]
    heads = [chart.label_head or gettext("Waktu"), *(s.name for s in chart.series)]
    return figure(chart, LINE_HEIGHT, parts, _told_line(chart), heads, rows, "line", _legend(chart))


def _written(chart: Line, series: Series, index: int) -> str:
    """A value as the table says it, with how far it could lie from what was counted."""
    value, span = chart.form(series.values[index]), series.spans[index] if series.spans else None
    return f"{value} ({chart.form(span[0])}–{chart.form(span[1])})" if span else value


def _pins(chart: Line) -> Iterable[SafeString]:
    for pin in chart.pins:
        x = round(pin.place * 100 / max(len(chart.labels) - 1, 1), 2)
        yield format_html('<line class="mark-line" x1="{0}%" x2="{0}%" y1="-12" y2="{1}"/>', x, LINE_HEIGHT)
        yield format_html('<circle class="pin" cx="{}%" cy="-20" r="11"/>', x)
        yield format_html('<text class="pin-label" x="{}%" y="-15.5" text-anchor="middle">{}</text>', x, pin.label)


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
    spans = format_html_join(
        "",
        '<line class="line span" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>',
        (
            (_across(i, count), axis.y(span[0], LINE_HEIGHT), axis.y(span[1], LINE_HEIGHT))
            for i, span in enumerate(series.spans)
            if span
        ),
    )
    return format_html('<g class="series s{}">{}{}{}</g>', number + 1, spans, drawn, dots)


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
        yield format_html(label, narrow, x, place, anchor(x), text)


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


def _legend(chart: Line) -> list[tuple[str, str]]:
    """Names and last values above the drawing, for a phone, where the ends of the lines have no room."""
    if len(chart.series) == 1:
        return []
    return [(series.name, chart.form(last[1] if (last := _last(series)) else None)) for series in chart.series]
