"""Who may replay a policy and what they see of it. Each raises NotAllowed with a reason.

A replay shows a whole government, so a role counts only where it is held over all of it.
"""

from django.utils.translation import gettext

from terang.evaluation.replay.models import Replay
from terang.registry.people.access import require_agency, require_role, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

STARTERS = (Role.PERSONNEL, Role.REGIONAL_HEAD)
READERS = (*STARTERS, Role.AUDITOR)


def may_read(viewer: Viewer | None) -> bool:
    """Personnel agency, regional head and auditor of the whole government."""
    return bool(viewer) and "" in require_viewer(viewer).paths(*READERS)


def may_start(viewer: Viewer) -> bool:
    """The auditor reads everything and starts nothing."""
    return "" in viewer.paths(*STARTERS)


def sees_names(viewer: Viewer) -> bool:
    """Only the personnel agency reads who moves; others read how many, never of very few."""
    return "" in viewer.paths(Role.PERSONNEL)


def require_reader(viewer: Viewer | None) -> Viewer:
    require_role(viewer, *READERS)
    return _of_all(viewer, may_read(viewer))


def require_reader_of(viewer: Viewer | None, replay: Replay) -> Viewer:
    require_agency(viewer, replay.copy.agency_id)
    return require_reader(viewer)


def require_starter(viewer: Viewer | None) -> Viewer:
    require_role(viewer, *STARTERS)
    return _of_all(viewer, may_start(require_viewer(viewer)))


def require_names(viewer: Viewer | None, replay: Replay) -> Viewer:
    """Only who may read names of people in a replay."""
    reader = require_reader_of(viewer, replay)
    if not sees_names(reader):
        raise NotAllowed(gettext("Nama orang dalam putar ulang hanya untuk pengelola kepegawaian."))
    return reader


def _of_all(viewer: Viewer | None, held: bool) -> Viewer:
    if not held:
        raise NotAllowed(gettext("Putar ulang memuat seluruh pemerintah daerah; peran Anda hanya untuk sebagian unit."))
    return require_viewer(viewer)
