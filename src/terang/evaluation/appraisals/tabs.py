"""The pages of the official evaluation beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evaluation.appraisals.access import may_oversee, may_rate
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem

CALIBRATION = "calibration:sessions"
OWN_CREDIT, CREDIT = "credit:mine", "credit:people"


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """One's own results and what was decided on objections for everybody; the desk and objections for who appraises;
    the windows for who keeps or oversees them; credit points for who earns or reads them."""
    items = [("mine", _("Hasil saya"), "file")]
    rates, oversees = may_rate(viewer), may_oversee(viewer)
    if rates:
        items += [("current", _("Menilai"), "edit"), (CALIBRATION, _("Penyelarasan"), "people")]
        items.append(("objections", _("Keberatan"), "chat"))
    if oversees:
        items.append(("windows", _("Masa penilaian"), "calendar"))
    if viewer.is_functional:
        items.append((OWN_CREDIT, _("Angka kredit"), "star"))
    elif rates or oversees:
        items.append((CREDIT, _("Angka kredit"), "star"))
    shown = [NavItem(label, reverse(_address(name)), icon, name == current) for name, label, icon in items]
    return [*shown, NavItem(_("Putusan"), reverse("precedents:list"), "search", current == "precedents")]


def _address(name: str) -> str:
    return name if ":" in name else f"appraisals:{name}"
