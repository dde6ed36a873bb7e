"""How an indicator is drawn as a line of the tree, and its way from where it began to where it should be.

Drawn in Python and not in a template, because a tree has hundreds of them.
"""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from terang.planning.goals.presenting import Row
from terang.web.icons import icon

WAY = (
    '<div class="way{}"><svg aria-hidden="true"><line class="way-track" x1="0" x2="100%" y1="8" y2="8"/>'
    '<line class="way-done" x1="0" x2="{}%" y1="8" y2="8"/><circle class="way-start" cx="0" cy="8" r="4"/>'
    '<circle class="way-end" cx="100%" cy="8" r="5"/><circle class="way-now" cx="{}%" cy="8" r="6"/></svg>'
    '<span>{} {}{}</span><span>{} <b>{}</b></span><span class="to">{} {}</span></div>'
)
LINE = '<li><span class="what">{}{}</span><span class="figures">{}</span>{}{}</li>'


def draw_way(row: Row) -> SafeString:
    """Baseline, latest value and target of a community indicator on one line; nothing where one of them is missing."""
    if not row.indicator.outcome or row.percent is None:
        return SafeString("")
    year = f" ({row.indicator.baseline_year})" if row.indicator.baseline_year else ""
    return format_html(
        WAY,
        " wrong" if row.wrong else "",
        row.percent,
        row.percent,
        _("awal"),
        row.start,
        year,
        _("kini"),
        row.now,
        _("target"),
        row.goal,
    )


def draw_rows(rows: Iterable[Row]) -> SafeString:
    """Indicators as lines: the value beside the target, the state, and the way of those of the community."""
    sign = format_html('{}<span class="sr">{} </span>', icon("people"), _("Keadaan masyarakat:"))
    return format_html_join("", LINE, (_parts(row, sign) for row in rows))


def _parts(row: Row, sign: SafeString) -> tuple[SafeString | str, ...]:
    way = draw_way(row)
    figures = "" if way else format_html("<b>{}</b> / {}", row.now, row.goal)
    return sign if row.indicator.outcome else "", row.text, figures, row.badge, way
