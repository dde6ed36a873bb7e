"""The pages of careers beside one another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.follow_up.career.access import candidate_paths, keeps, leads, reads_all, reads_pools
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """One's own steps; boxes of who one reads; the index of the government; candidates, posts and decisions for who
    oversees them; what waits to be checked."""
    all_of_it = reads_all(viewer)
    pages = [
        ("mine", _("Langkah saya"), True),
        ("boxes", _("Kotak talenta"), all_of_it or leads(viewer)),
        ("index", _("Indeks profesionalitas"), all_of_it),
        ("candidates", _("Kenaikan pangkat"), bool(candidate_paths(viewer))),
        ("vacancies", _("Pengisian jabatan"), reads_pools(viewer)),
        ("proposals", _("Usulan dan keputusan"), bool(candidate_paths(viewer))),
        ("waiting", _("Pemeriksaan data"), keeps(viewer)),
    ]
    return [NavItem(label, reverse(f"career:{name}"), current=name == current) for name, label, opens in pages if opens]
