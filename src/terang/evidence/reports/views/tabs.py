"""The pages of reports beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evidence.reports.access import may_oversee
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def report_tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """One's own and all readable ones for everybody, the queue for who reads. No query."""
    items = [("own", _("Laporan saya"), "file"), ("list", _("Semua laporan"), "list")]
    if viewer.is_head or may_oversee(viewer):
        items.insert(1, ("queue", _("Menunggu saya"), "inbox"))
    items.append(("terms", _("Ketentuan"), "book"))
    return [NavItem(label, reverse(f"reports:{name}"), icon, name == current) for name, label, icon in items]
