"""What the verbs share."""

from django.utils.translation import gettext

from terang.web.errors import Stale

BATCH = 500


def require_seen(version: int, seen: int) -> None:
    """Raises Stale where the page was older than the row."""
    if version != seen:
        raise Stale(gettext("Halaman ini sudah usang: seseorang mengubahnya. Muat ulang, lalu ulangi."))
