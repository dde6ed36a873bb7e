"""The pages of the official evaluation beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evaluation.appraisals.access import may_oversee, may_rate
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """One's own results for everybody; the desk and objections for who appraises; the windows for who keeps or oversees
    them. At most two queries."""
    items = [("mine", _("Hasil saya"), "file")]
    if may_rate(viewer):
        items += [("current", _("Menilai"), "edit"), ("objections", _("Keberatan"), "chat")]
    if may_oversee(viewer):
        items.append(("windows", _("Masa penilaian"), "calendar"))
    return [NavItem(label, reverse(f"appraisals:{name}"), icon, name == current) for name, label, icon in items]
