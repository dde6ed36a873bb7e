"""Who opens the analysis, and over which units. Each raises NotAllowed with a reason."""

from django.db.models import Q
from django.utils.translation import gettext

from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.selectors import SEES_ALL
from terang.registry.people.viewer import Viewer
from terang.reporting.analysis.models import SavedView
from terang.web.errors import NotAllowed

WHOLE = ""
"""The path that holds every unit."""


def paths_of(viewer: Viewer) -> tuple[str, ...]:
    """The units led and those of an appointed role, by path; what lies within another of them is left out. `WHOLE`
    alone for who sees the whole government. No query."""
    paths = sorted({*viewer.headed_paths, *viewer.paths(*SEES_ALL)}, key=len)
    kept: list[str] = []
    for path in paths:
        if not any(path.startswith(above) for above in kept):
            kept.append(path)
    return tuple(sorted(kept))


def within(viewer: Viewer, field: str) -> Q:
    """Rows whose unit path, in `field`, lies in what the viewer may analyse."""
    found = Q()
    for path in paths_of(viewer):
        found |= Q(**{f"{field}__startswith": path})
    return found


def may_open(viewer: Viewer) -> bool:
    """Who leads a unit, and the personnel agency, oversight, auditors and the regional head. No query."""
    return bool(paths_of(viewer))


def require_reader(viewer: Viewer | None) -> Viewer:
    """Only who `may_open`."""
    viewer = require_viewer(viewer)
    if not may_open(viewer):
        raise NotAllowed(
            gettext(
                "Analisis untuk pimpinan unit, pengelola kepegawaian, pengawas, auditor, dan kepala daerah. "
                "Angka Anda sendiri ada pada “Nilai saya”."
            )
        )
    return viewer


def require_owner(viewer: Viewer | None, view: SavedView) -> Viewer:
    """Only who saved the view changes or removes it."""
    viewer = require_reader(viewer)
    require_agency(viewer, view.agency_id)
    if view.owner_id != viewer.employee.pk:
        raise NotAllowed(gettext("Tampilan ini milik orang lain. Simpan tampilan Anda sendiri dari jawabannya."))
    return viewer
