"""The pages of awards beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.follow_up.awards.access import reads_medals
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """One's own; who was awarded; calls; service medals for who proposes them."""
    pages = [
        ("mine", _("Milik saya"), True),
        ("winners", _("Penerima"), True),
        ("calls", _("Penjaringan"), True),
        ("medals", _("Satyalancana"), reads_medals(viewer)),
    ]
    return [NavItem(label, reverse(f"awards:{name}"), current=name == current) for name, label, opens in pages if opens]
