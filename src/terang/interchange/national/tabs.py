"""The pages of the exchange beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.registry.people.access import may_keep
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """What differs and what is handed over for everybody; reports for the personnel agency."""
    pages = [
        ("national", _("Perbedaan"), True),
        ("national_hand_over", _("Untuk e-Kinerja"), True),
        ("national_reports", _("Laporan masuk"), may_keep(viewer)),
    ]
    return [
        NavItem(label, reverse(f"interchange:{name}"), current=name == current) for name, label, opens in pages if opens
    ]
