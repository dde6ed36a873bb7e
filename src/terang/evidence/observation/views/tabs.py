"""The pages of observation as tabs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evidence.observation.access import may_see_cover
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    pages = [
        ("mine", _("Observasi saya"), True),
        ("given", _("Saya mengamati"), True),
        ("covered", _("Cakupan"), may_see_cover(viewer)),
        ("instruments", _("Instrumen"), True),
    ]
    return [
        NavItem(label, reverse(f"observation:{name}"), current=name == current) for name, label, opens in pages if opens
    ]
