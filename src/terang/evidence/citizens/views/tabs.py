"""The pages of services beside one another: one's own requests, and for managers the queue and the catalogue."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def service_tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """The tabs of this viewer; none where there is only one page. No query."""
    names = [("requests", _("Permohonan"), "inbox"), ("voice", _("Suara warga"), "chat")]
    if viewer.has(Role.SERVICE_MANAGER):
        names += [
            ("queue", _("Antrean unit"), "people"),
            ("managed", _("Katalog"), "book"),
            ("survey_desk", _("Survei"), "chart"),
        ]
    return [NavItem(label, reverse(f"citizens:{name}"), icon, name == current) for name, label, icon in names]
