"""Who may keep presence: the personnel agency everything; the head of a unit the files of the unit's own devices."""

from django.utils.translation import gettext as _

from terang.evidence.attendance.models import Device, PunchBatch
from terang.registry.people.access import require_agency, require_keeper_of, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def may_bring_files(viewer: Viewer | None) -> bool:
    """Whether the viewer has devices whose files they may bring."""
    return bool(viewer and (viewer.has(Role.PERSONNEL) or viewer.is_head))


def require_file_bringer(viewer: Viewer | None) -> Viewer:
    """The personnel agency, or who heads a unit."""
    viewer = require_viewer(viewer)
    if not may_bring_files(viewer):
        raise NotAllowed(_("Berkas presensi diunggah oleh pengelola kepegawaian atau kepala unit."))
    return viewer


def require_keeper(viewer: Viewer | None) -> Viewer:
    """The personnel agency, for its own government."""
    viewer = require_viewer(viewer)
    require_keeper_of(viewer, viewer.agency_id)
    return viewer


def require_device(viewer: Viewer | None, device: Device) -> Viewer:
    """Who may bring the files of this device."""
    viewer = require_file_bringer(viewer)
    require_agency(viewer, device.agency_id)
    own = device.unit is not None and any(device.unit.path.startswith(path) for path in viewer.headed_paths)
    if not own and not viewer.has(Role.PERSONNEL):
        raise NotAllowed(_("Alat ini bukan milik unit yang Anda pimpin. Hubungi pengelola kepegawaian."))
    return viewer


def require_batch(viewer: Viewer | None, batch: PunchBatch) -> Viewer:
    """Who may see and agree to this file."""
    viewer = require_file_bringer(viewer)
    require_agency(viewer, batch.agency_id)
    if batch.device is not None:
        require_device(viewer, batch.device)
    return viewer
