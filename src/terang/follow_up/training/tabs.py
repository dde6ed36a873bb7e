"""The pages of training beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.follow_up.training.access import keeps, leads
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """The viewer's own page, the team for who appraises, catalogue and calendar for everybody, what was
    declared for the personnel agency."""
    pages = [
        ("mine", _("Pelatihan saya"), True),
        ("team", _("Tim"), leads(viewer)),
        ("courses", _("Katalog"), True),
        ("calendar", _("Jadwal"), True),
        ("waiting", _("Pemeriksaan"), keeps(viewer)),
        ("sheets", _("Impor"), keeps(viewer)),
    ]
    return [
        NavItem(label, reverse(f"training:{name}"), current=name == current) for name, label, opens in pages if opens
    ]
