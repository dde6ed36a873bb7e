"""Who may bring people in: the personnel agency, for its own government."""

from django.utils.translation import gettext as _

from terang.interchange.models import PeopleImport
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_importer(viewer: Viewer | None) -> Viewer:
    """The viewer, when they keep the personnel data of their agency."""
    if not viewer or not viewer.has(Role.PERSONNEL):
        raise NotAllowed(_("Impor pegawai hanya untuk pengelola kepegawaian. Hubungi BKD/BKPSDM instansi Anda."))
    return viewer


def require_own_import(viewer: Viewer | None, job: PeopleImport) -> Viewer:
    viewer = require_importer(viewer)
    if job.agency_id != viewer.agency_id:
        raise NotAllowed(_("Impor ini milik instansi lain."))
    return viewer
