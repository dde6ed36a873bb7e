"""Tags and filters every template may use without loading them. Each only draws; what is drawn is decided elsewhere."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, Form
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Textarea
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from terang.web import drawing, drawing_intervals, drawing_line, drawing_months, drawing_strip, icons, numbers
from terang.web.forms import FileField
from terang.web.glossary import terms
from terang.web.sentences import said

register = template.Library()

register.filter("percent", numbers.percent)
register.filter("score", numbers.score)
register.filter("points", numbers.points)
register.filter("quantity", numbers.quantity)
register.filter("with_unit", numbers.with_unit)
register.filter("whole", numbers.whole)
register.filter("rupiah", numbers.rupiah)
register.filter("duration", numbers.duration)
register.filter("longdate", numbers.longdate)
register.filter("longtime", numbers.longtime)
register.filter("said", said)
register.filter("clock", numbers.clock)

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.wordmark, name="wordmark")
register.simple_tag(drawing_line.draw_line, name="line_chart")
register.simple_tag(drawing.draw_bars, name="bar_chart")
register.simple_tag(drawing.draw_columns, name="column_chart")
register.simple_tag(drawing_strip.draw_strip, name="strip_chart")
register.simple_tag(drawing_intervals.draw_intervals, name="interval_chart")
register.simple_tag(drawing_months.draw_months, name="months_chart")
register.simple_tag(drawing.draw_sparkline, name="sparkline")

TEXTAREA_ROWS = 4
BADGE_ICONS = {"ok": "check", "attention": "alert", "wrong": "stop", "quiet": "dash"}


@register.simple_tag
def badge(text: str, kind: str = "quiet") -> SafeString:
    """A state in a word and a sign; colour is only the third hint."""
    return format_html('<span class="badge badge-{}">{}{}</span>', kind, icons.icon(BADGE_ICONS[kind]), text)


@register.inclusion_tag("web/_score.html", name="score")
def show_score(
    total_bp: int | None, coverage_bp: int | None, previous_bp: int | None = None, why: str = "", since: str = ""
) -> dict[str, Any]:
    """A score with its direction, its coverage and the way to its reasons (address `why`). Missing stays missing.

    `since` says in words from when the direction is counted. What rounds to 0,0 is no change.
    """
    known = total_bp is not None and previous_bp is not None
    change = (total_bp or 0) - (previous_bp or 0) if known else None
    if change is not None and not numbers.shows_change(change):
        change = 0
    told = {"change": change, "size": abs(change or 0), "since": since if known else ""}
    return {"total_bp": total_bp, "coverage_bp": coverage_bp, "why": why, **told}


@register.simple_tag(takes_context=True)
def term(context: template.Context, code: str, word: str = "") -> SafeString:
    """A term of the glossary that opens its meaning where it stands: `{% term "kuadran" %}`. `word` is what the
    sentence says where that is not the term itself. Not inside a link, a button or a label."""
    found = terms()[code]
    drawn: Iterator[int] = context.render_context.setdefault("terms", count(1))  # type: ignore[arg-type, assignment]
    told = {"term": found, "word": word or found.word, "target": f"istilah-{code}-{next(drawn)}"}
    return mark_safe(render_to_string("web/_term.html", told).strip())  # noqa: S308 (drawn by a template)


@register.inclusion_tag("web/_empty.html")
def empty(title: str, advice: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """What stands where there is nothing yet, and what to do; `url` and `action` make it a button."""
    return {"title": title, "advice": advice, "url": url, "action": action}


@register.inclusion_tag("web/_help.html", takes_context=True)
def help_places(context: template.Context) -> dict[str, Any]:
    """Where people under pressure find help, as whoever keeps the places tells the viewer (`TERANG_HELP_PLACES`). One
    query."""
    viewer = context.get("viewer")
    places = import_string(settings.TERANG_HELP_PLACES)(viewer) if viewer else []
    if "help" not in context.render_context:
        context.render_context["help"] = count(1)
    return {"places": places, "key": next(context.render_context["help"])}


@register.inclusion_tag("web/_pager.html", takes_context=True)
def pager(context: template.Context, page: Page, parameter: str = "halaman") -> dict[str, Any]:
    """Links to the neighbouring pages, keeping what else the address says."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("web/_table.html", takes_context=True)
def table(context: template.Context, table: Any) -> dict[str, Any]:
    """A bound table of `terang.web.tables` with its filters, pages and downloads."""
    return {"table": table, "request": context.get("request")}


@register.inclusion_tag("web/_form_errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """The summary above a form: each error with a link to its field; nothing where there is none."""
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"form": form, "general": [*form.non_field_errors(), *hidden], "visible": form.visible_fields()}


def _described(bound: BoundField) -> str:
    parts = []
    if bound.help_text or isinstance(bound.field, FileField):
        parts.append(f"{bound.auto_id}_help")
    if bound.errors:
        parts.append(f"{bound.auto_id}_error")
    return " ".join(parts)


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField, unit: str = "", hint: str = "", optional: bool = True) -> dict[str, Any]:
    """Label, help, error and control as one piece, tied together for screen readers. `unit` stands behind a number.

    `optional=False` for fields of which one is needed, whichever: none of them is told to be left empty.
    """
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    attrs: dict[str, Any] = {}
    if not grouped and (described := _described(bound)):
        attrs["aria-describedby"] = described
    if bound.errors and not grouped:
        attrs["aria-invalid"] = "true"
    if isinstance(widget, Textarea) and widget.attrs.get("rows") == "10":
        attrs["rows"] = TEXTAREA_ROWS
    limits = bound.field.hint() if isinstance(bound.field, FileField) else ""
    return {
        "bound": bound,
        "control": None if grouped else bound.as_widget(attrs=attrs),
        "described": _described(bound),
        "grouped": grouped,
        "single_check": isinstance(widget, CheckboxInput),
        "help": " ".join(filter(None, [str(bound.help_text), limits, hint])),
        "unit": unit,
        "optional": optional and not bound.field.required and not isinstance(widget, CheckboxInput),
    }


@register.inclusion_tag("web/_scale.html")
def scale_field(bound: BoundField, number: str = "") -> dict[str, Any]:
    """A choice of 1–4 as big touch targets with their words; `number` is the element's number in the questionnaire."""
    return {"bound": bound, "described": _described(bound), "number": number}


@register.inclusion_tag("web/_progress.html")
def progress(done: int, total: int, label: str, url: str = "") -> dict[str, Any]:
    """How far a piece of background work is; while `url` is given it asks there every two seconds for its successor."""
    share = min(done * 100 // total, 100) if total else 0
    return {"done": done, "total": total, "label": label, "url": url, "share_bp": share * 100}


@register.inclusion_tag("web/_tabs.html")
def tabs(items: Sequence[Any], label: str) -> dict[str, Any]:
    """Neighbouring pages as tabs: links (`NavItem`), so that they work without JavaScript and have an address.

    Where items begin groups (`head`), the tabs are those of the current group; the others stand in a menu beside them.
    """
    groups = _groups(items)
    here = next((group for group in groups if any(item.current for item in group)), groups[0] if groups else [])
    others = [(group[0].head, group) for group in groups if group is not here]
    heads = ", ".join(head for head, _group in others)
    told = {"items": here, "others": others, "heads": heads, "label": label}
    return told | {"grouped": any(item.head for item in items)}


def _groups(items: Sequence[Any]) -> list[list[Any]]:
    """The items, cut before each that begins a group."""
    groups: list[list[Any]] = []
    for item in items:
        if item.head or not groups:
            groups.append([])
        groups[-1].append(item)
    return groups


@register.inclusion_tag("web/_stepper.html")
def stepper(steps: Sequence[str], current: int) -> dict[str, Any]:
    """Where one is in a sequence; `current` counts from 1."""
    marked = [(number, step, (number > current) - (number < current)) for number, step in enumerate(steps, 1)]
    return {"steps": marked, "current": current, "total": len(marked)}


@register.inclusion_tag("web/_crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """The way back up: label, address, label, address …"""
    return {"crumbs": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.simple_tag
def button_confirm(question: str, detail: str = "", action: str = "") -> SafeString:
    """Attributes for a submit button that asks first: `<button class="btn" {% button_confirm "Kirim?" %}>`."""
    label = action or gettext("Ya, lanjutkan")
    return format_html('data-confirm="{}" data-confirm-detail="{}" data-confirm-action="{}"', question, detail, label)


class CaptureNode(template.Node):
    """Keeps what its body draws in a variable, so that one block can stand in two places."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: template.Context) -> SafeString:
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 (already escaped by its nodes)
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    name = token.split_contents()[1]
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(name, nodelist)


class WhyNode(template.Node):
    """A disclosure that answers "Mengapa?" in place: `{% why "Mengapa?" %}…{% endwhy %}`."""

    def __init__(self, label: FilterExpression, nodelist: NodeList) -> None:
        self.label, self.nodelist = label, nodelist

    def render(self, context: template.Context) -> SafeString:
        body = mark_safe(self.nodelist.render(context))  # noqa: S308 (already escaped by its nodes)
        return format_html(
            '<details class="why"><summary>{}</summary><div>{}</div></details>', self.label.resolve(context), body
        )


@register.tag
def why(parser: Parser, token: Token) -> WhyNode:
    bits = token.split_contents()
    label = parser.compile_filter(bits[1] if len(bits) > 1 else '_("Mengapa?")')
    nodelist = parser.parse(("endwhy",))
    parser.delete_first_token()
    return WhyNode(label, nodelist)
