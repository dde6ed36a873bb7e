"""The chart of an answer as a picture that stands alone: with its colours, its title, and how it was made."""

import re
from textwrap import wrap

import typst
from django.utils.html import escape

from terang.reporting.analysis.page import Shown
from terang.web import drawing, drawing_intervals, drawing_line
from terang.web.charts import Columns, Intervals, Line

WIDTH, LEFT, RIGHT, TOP, FOOT = 900, 70, 30, 96, 56
LINE, LETTERS = 18, 118
"""Height of a line of small text in pixels, and how many letters it holds."""
PIXELS_PER_INCH = 144
STYLE = (
    "text{font:13px 'Noto Sans','DejaVu Sans','Libertinus Serif',sans-serif;fill:#1b2430;"
    "paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}"
    ".h{font-size:20px;font-weight:bold}.soft,.tick{fill:#55606d}.value,.end{font-weight:bold}"
    ".grid{stroke:#dedad0}.base{stroke:#7f8790}.line{fill:none;stroke:#0f5c63;stroke-width:2.5}"
    ".dot,.bar{fill:#0f5c63}.target{stroke:#b7791f;stroke-width:2;stroke-dasharray:6 4}"
    ".s1 .line{stroke:#0f5c63}.s1 .dot{fill:#0f5c63}"
    ".s2 .line{stroke:#b7791f;stroke-dasharray:7 5}.s2 .dot{fill:#b7791f}"
    ".s3 .line{stroke:#55606d;stroke-dasharray:2 5}.s3 .dot{fill:#55606d}"
    ".s4 .line{stroke:#a8322a;stroke-dasharray:10 4 2 4}.s4 .dot{fill:#a8322a}"
    ".series .span{stroke-width:6;stroke-opacity:.3;stroke-dasharray:none}.mark-line{stroke:#1b2430;stroke-width:1.5}"
    ".pin{fill:#1b2430}.pin-label{fill:#fbfaf7;stroke:none;font-weight:bold}"
)
_PLOT = re.compile(r'<div class="plot[^>]*><svg[^>]* height="(\d+)"[^>]*>(.*?)</svg></div>', re.DOTALL)


def svg_of(shown: Shown) -> str:
    """The chart as an SVG file. Raises ValueError where the answer has no chart."""
    chart = shown.chart
    if chart is None:
        raise ValueError("nothing to draw")
    height, drawn = _plot(chart)
    body, foot = (
        TOP + height + FOOT,
        [line for label, text in shown.notes for line in wrap(f"{label}: {text}", LETTERS)],
    )
    told = [
        f'<text class="h" x="24" y="36">{escape(chart.title)}</text>',
        f'<text class="soft" x="24" y="60">{escape(chart.lead)}</text>',
        f'<svg x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" height="{height}" overflow="visible">{drawn}</svg>',
        *(f'<text class="soft" x="24" y="{body + n * LINE}">{escape(line)}</text>' for n, line in enumerate(foot)),
    ]
    whole = body + len(foot) * LINE + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{whole}" viewBox="0 0 {WIDTH} {whole}">'
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{"".join(told)}</svg>'
    )


def png_of(shown: Shown) -> bytes:
    """The same as a PNG. Raises ValueError where the answer has no chart."""
    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.chart), format: "svg")'
    made = typst.compile(
        page,
        format="png",
        sys_inputs={"chart": svg_of(shown)},
        ppi=PIXELS_PER_INCH,
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)
    return made


def _plot(chart: Intervals | Line | Columns) -> tuple[int, str]:
    """Height and content of the drawing on the page, which carries its own title there."""
    if isinstance(chart, Intervals):
        html = drawing_intervals.draw_intervals(chart)
    elif isinstance(chart, Line):
        html = drawing_line.draw_line(chart)
    else:
        html = drawing.draw_columns(chart)
    found = _PLOT.search(html)
    assert found, "a chart with figures is drawn"
    return int(found[1]), re.sub(r"<(title|desc) .*?</\1>", "", found[2], flags=re.DOTALL)
