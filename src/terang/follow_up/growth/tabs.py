"""The pages of the room beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.follow_up.growth.access import may_see_others
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """One's own for everybody, others' for who leads people or holds a role. At most two queries."""
    items = [("mine", _("Untuk saya"), "person")]
    if may_see_others(viewer):
        items.append(("others", _("Tim dan unit"), "people"))
    return [NavItem(label, reverse(f"growth:{name}"), icon, name == current) for name, label, icon in items]
