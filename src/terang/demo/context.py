"""The line of a guided tour above every page, while one is under way. No query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from terang.demo.tours import tours

KEY = "demo_tour"
"""In the session: the government's code and the number of the step."""


def tour(request: HttpRequest) -> dict[str, Any]:
    """`tour`: the tour, its step and what comes before and after; nothing outside the demo or without one."""
    kept = request.session.get(KEY) if settings.DEMO and hasattr(request, "session") else None
    code, number = kept or ("", 0)
    found = tours().get(code)
    if found is None or not 1 <= number <= len(found.steps):
        return {}
    last = len(found.steps)
    step = {
        "code": found.government,
        "name": found.name,
        "place": found.place,
        "number": number,
        "last": last,
        "text": found.steps[number - 1].words,
        "before": number - 1,
        "after": number + 1 if number < last else 0,
    }
    return {"tour": step}
