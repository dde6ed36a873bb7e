"""The pages of the official evaluation beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evaluation.appraisals.access import may_oversee
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """One's own results for everybody; the desk and objections for who leads; the windows for who keeps or oversees
    them. No query."""
    items = [("mine", _("Hasil saya"), "file")]
    if viewer.is_head:
        items += [("current", _("Menilai"), "edit"), ("objections", _("Keberatan"), "chat")]
    if may_oversee(viewer):
        items.append(("windows", _("Masa penilaian"), "calendar"))
    return [NavItem(label, reverse(f"appraisals:{name}"), icon, name == current) for name, label, icon in items]
