"""The pages of presence beside one another: for everybody the month; for who keeps presence its tools."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evidence.attendance.access import may_bring_files
from terang.registry.people.access import may_keep
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def presence_tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """The tabs of this viewer; nothing where there is only one page."""
    items = [("month", _("Kehadiran"), "calendar")]
    if may_bring_files(viewer):
        items.append(("punch_files", _("Berkas alat"), "upload"))
    if may_keep(viewer):
        items += [("pins", _("PIN"), "person"), ("devices", _("Alat"), "settings"), ("hours", _("Jam kerja"), "clock")]
    if len(items) == 1:
        return []
    return [NavItem(label, reverse(f"attendance:{name}"), icon, name == current) for name, label, icon in items]
