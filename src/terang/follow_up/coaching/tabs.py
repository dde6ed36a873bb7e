"""The pages of the room beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.follow_up.coaching.access import leads
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """One's own and counselling for everybody, load and guides for who leads. Queries of `leads`."""
    items = [("mine", _("Bimbingan saya"), "person"), ("counsellings", _("Konseling"), "lock")]
    if leads(viewer):
        items.append(("load", _("Tim dan beban"), "people"))
    items.append(("reports", _("Laporan perilaku"), "flag"))
    return [NavItem(label, reverse(f"coaching:{name}"), icon, name == current) for name, label, icon in items]
