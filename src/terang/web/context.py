"""What every page's shell needs: the viewer, the demo flag, where live updates come from."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "viewer": getattr(request, "viewer", None),
        "demo": settings.DEMO,
        "live_url": settings.LIVE_URL,
    }
