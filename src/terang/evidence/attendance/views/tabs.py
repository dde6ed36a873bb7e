"""The pages of presence beside one another, in three groups: one's own for everybody, the team for who leads it, tools
for who keeps presence."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evidence.attendance.access import may_bring_files
from terang.registry.people.access import may_keep
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def presence_tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """The tabs of this viewer. No query."""
    own = [
        ("month", _("Kehadiran"), "calendar"),
        ("punch", _("Rekam"), "check"),
        ("leaves", _("Cuti"), "sun"),
        ("duties", _("Dinas luar"), "globe"),
        ("flexibles", _("Fleksibel"), "home"),
    ]
    team, house = [], []
    if viewer.is_head or may_keep(viewer):
        team = [
            ("leave_queue", _("Antrean"), "inbox"),
            ("leave_calendar", _("Tim"), "people"),
            ("absence", _("Tidak masuk"), "alert"),
            ("rosters", _("Jadwal sif"), "clock"),
        ]
    if may_bring_files(viewer):
        house.append(("punch_files", _("Berkas alat"), "upload"))
    if may_keep(viewer):
        house += [
            ("pins", _("PIN"), "person"),
            ("devices", _("Alat"), "settings"),
            ("hours", _("Jam kerja"), "clock"),
            ("web_rules", _("Lewat web"), "globe"),
        ]
    groups = ((_("Saya"), own), (_("Tim"), team), (_("Instansi"), house))
    return [
        NavItem(label, reverse(f"attendance:{name}"), icon, name == current, head="" if number else head)
        for head, items in groups
        for number, (name, label, icon) in enumerate(items)
    ]
