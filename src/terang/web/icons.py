"""The icons, drawn by us on a grid of 24 with one stroke, as inline SVG.

An icon stands beside a word, so it is hidden from screen readers.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "alert": "M12 3.5 2.5 20h19zM12 10v4.5M12 17.2v.1",
    "arrow-down": "M12 5v14M6 13l6 6 6-6",
    "arrow-left": "M19 12H5M11 6l-6 6 6 6",
    "arrow-right": "M5 12h14M13 6l6 6-6 6",
    "arrow-up": "M12 19V5M6 11l6-6 6 6",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4",
    "board": "M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z",
    "book": "M4 5.5c3-1.3 6-1 8 .8 2-1.8 5-2.1 8-.8V19c-3-1.2-6-1-8 .8-2-1.8-5-2-8-.8zM12 6.3V19.8",
    "building": "M5 21V4h10v17M15 9h4v12M3 21h18M8.5 8h3M8.5 12h3M8.5 16h3",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4",
    "chart": "M4 4v16h16M8 15l3.5-4.5 3 2.5L20 7",
    "chat": "M4 5h16v11H11l-5 4v-4H4z",
    "check": "M5 12.5l4.5 4.5L19 7",
    "chevron-down": "M6 9l6 6 6-6",
    "chevron-right": "M9 6l6 6-6 6",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
    "close": "M6 6l12 12M18 6L6 18",
    "dash": "M6 12h12",
    "download": "M12 4v11M7 10.5l5 5 5-5M4 20h16",
    "edit": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "external": "M10 5H5v14h14v-5M13 4h7v7M20 4l-9 9",
    "eye": (
        "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z"
        "M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z"
    ),
    "file": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "filter": "M4 5h16l-6 7.5V19l-4 1.5v-8z",
    "flag": "M5 21V4h12l-2 4 2 4H5",
    "globe": (
        "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c3 3 3.2 12.5 0 17M12 3.5c-3 3-3.2 12.5 0 17"
    ),
    "history": "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.5",
    "home": "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z",
    "inbox": "M4 14l2.5-9h11L20 14v5H4zM4 14h5c.3 1.7 1.4 2.5 3 2.5s2.7-.8 3-2.5h5",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.7v.1",
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1",
    "lock": "M5.5 11h13v9h-13zM8 11V8a4 4 0 0 1 8 0v3",
    "logout": "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M6 12h12",
    "moon": "M19.5 14A8 8 0 0 1 10 4.5a8 8 0 1 0 9.5 9.5z",
    "offline": "M4 9.5c4.8-4 11.2-4 16 0M7 13.2c3-2.5 7-2.5 10 0M12 17.5v.1M4 3l16 18",
    "more": "M5.5 12h.1M12 12h.1M18.5 12h.1",
    "people": (
        "M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 5zM2.5 20c.4-4 2.9-6 6.5-6s6.1 2 6.5 6"
        "M15.5 5.3a3.2 3.2 0 0 1 0 6M17.5 14.5c2.3.8 3.7 2.6 4 5.5"
    ),
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.5-4.5 3.3-6.5 7.5-6.5s7 2 7.5 6.5",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM7 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0z",
    "shield": "M12 3l7.5 3v5.5c0 4.5-3 7.5-7.5 9.5-4.5-2-7.5-5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5",
    "sort": "M8 10l4-4.5 4 4.5M8 14l4 4.5 4-4.5",
    "star": "M12 3.5l2.6 5.6 6 .7-4.5 4.1 1.2 6L12 16.9l-5.3 3 1.2-6L3.4 9.8l6-.7z",
    "stop": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6.2 6.2l11.6 11.6",
    "sun": (
        "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4"
        "M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
    ),
    "target": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 11.9v.1",
    "trash": "M5 7h14M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 11v5.5M13.5 11v5.5",
    "upload": "M12 16V5M7 9.5l5-5 5 5M4 20h16",
    "wait": "M7 3.5h10M7 20.5h10M8 3.5c0 5 8 5.5 8 8.5s-8 3.5-8 8.5M16 3.5c0 5-8 5.5-8 8.5s8 3.5 8 8.5",
}


def icon(name: str) -> SafeString:
    """The icon as inline SVG. Raises `KeyError` for a name that is not drawn."""
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', PATHS[name])


def wordmark() -> SafeString:
    """Our mark: an open page from which light rises."""
    return mark_safe(
        '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">'
        '<path class="mark-page" d="M3 17c4.6-1.8 9.2-1.4 13 1.8 3.8-3.2 8.4-3.6 13-1.8v10c-4.6-1.8-9.2-1.4-13 1.8'
        '-3.8-3.2-8.4-3.6-13-1.8z"/>'
        '<path class="mark-sun" d="M9.5 13.5a6.5 6.5 0 0 1 13 0q-3.7.7-6.5 2.8-2.8-2.1-6.5-2.8z"/>'
        '<path class="mark-rays" d="M16 1.5v3M7.2 4.9l1.9 2.3M24.8 4.9l-1.9 2.3"/></svg>'
    )
