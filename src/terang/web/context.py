"""What every page's shell needs: the viewer, the demo flag, where live updates come from, the chosen theme."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from terang.web.pwa import outbox_addresses

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("tema", "")
    return {
        "viewer": getattr(request, "viewer", None),
        "demo": settings.DEMO,
        "live_url": settings.LIVE_URL,
        "theme": theme if theme in THEMES else "",
        "profile_url": _address("accounts:profile"),
        "logout_url": _address("account_logout"),
        "login_url": _address("account_login"),
        "outbox": outbox_addresses(),
    }


def _address(name: str) -> str:
    """The address behind a name, or nothing where the room is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
