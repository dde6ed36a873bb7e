"""Who may see and do what with people. Each raises NotAllowed with a reason; whether it is allowed now is another
question."""

from datetime import date

from django.utils.translation import gettext as _

from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import (
    SEES_ALL,
    appraiser_of,
    assignments_below,
    direct_report_ids,
)
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_viewer(viewer: Viewer | None) -> Viewer:
    """The viewer itself; refuses an account that belongs to no employee."""
    if not viewer:
        raise NotAllowed(_("Akun ini tidak terhubung dengan data pegawai. Hubungi pengelola kepegawaian."))
    return viewer


def require_self(viewer: Viewer | None, employee: Employee) -> None:
    """Only the person."""
    require_agency(viewer, employee.agency_id)
    if require_viewer(viewer).employee.pk != employee.pk:
        raise NotAllowed(_("Hanya %(name)s sendiri yang dapat melakukan ini.") % {"name": employee.name})


def require_role(viewer: Viewer | None, *roles: Role) -> None:
    """Only who holds one of the appointed roles today, anywhere in the agency."""
    if not require_viewer(viewer).has(*roles):
        names = _(" atau ").join(str(role.label) for role in roles)
        raise NotAllowed(_("Halaman ini untuk %(roles)s.") % {"roles": names})


def require_agency(viewer: Viewer | None, agency_id: int) -> None:
    """Only people of this government."""
    if require_viewer(viewer).agency_id != agency_id:
        raise NotAllowed(_("Data ini milik pemerintah daerah lain."))


def require_outsider(viewer: Viewer | None, agency_id: int) -> None:
    """Nobody who is signed in as an employee of this government: the acts of a citizen are the citizen's own, also
    where an officer holds the link or the code."""
    if viewer and viewer.agency_id == agency_id:
        raise NotAllowed(
            _(
                "Anda sedang masuk sebagai pegawai pemerintah daerah ini. Tindakan ini hanya untuk warga sendiri, agar "
                "petugas tidak bertindak atas nama warga. Bila Anda sendiri warganya, keluar dulu dari akun pegawai. "
                "Bila Anda melayani warga di loket, pakai halaman petugas."
            )
        )


def may_see_performance(viewer: Viewer | None, employee: Employee) -> bool:
    """Whether the viewer may see scores, plans and evidence of a person: self, appraiser, head of the unit or above,
    personnel agency, oversight, auditor, regional head. At most seven queries; none for self and for agency-wide
    roles."""
    if not viewer or viewer.agency_id != employee.agency_id:
        return False
    paths = (*viewer.headed_paths, *viewer.paths(*SEES_ALL))
    if viewer.employee.pk == employee.pk or "" in paths:
        return True
    if paths and assignments_below(paths, viewer.today).filter(employee=employee).exists():
        return True
    return employee.pk in direct_report_ids(viewer.employee, viewer.today)


def may_see_record(viewer: Viewer | None, employee: Employee) -> bool:
    """Whether the viewer may open a person's entry in the registry: who may see the performance, and operators."""
    if viewer and viewer.agency_id == employee.agency_id and viewer.has(Role.OPERATOR):
        return True
    return may_see_performance(viewer, employee)


def require_sight_of(viewer: Viewer | None, employee: Employee) -> None:
    """Only who may see the person's performance (`may_see_performance`). Tells no name to another government."""
    require_agency(viewer, employee.agency_id)
    if not may_see_performance(viewer, employee):
        raise NotAllowed(
            _("Kinerja %(name)s hanya dapat dilihat oleh yang bersangkutan, atasannya, dan pengelola yang ditunjuk.")
            % {"name": employee.name}
        )


def require_record_of(viewer: Viewer | None, employee: Employee) -> None:
    """Only who may open the person's entry in the registry (`may_see_record`)."""
    if not may_see_record(require_viewer(viewer), employee):
        raise NotAllowed(
            _("Data pegawai ini hanya dapat dilihat oleh yang bersangkutan, atasannya, dan pengelola yang ditunjuk.")
        )


def require_appraiser_of(viewer: Viewer | None, employee: Employee, on: date | None = None) -> None:
    """Only the person's appraiser on the day (today where missing), or the Plh. who stands in for the appraiser."""
    require_agency(viewer, employee.agency_id)
    viewer = require_viewer(viewer)
    appraiser = appraiser_of(employee.pk, on or viewer.today)
    if appraiser is None:
        raise NotAllowed(_("%(name)s belum punya pejabat penilai pada tanggal ini.") % {"name": employee.name})
    stand_in_id = appraiser.stand_in.pk if appraiser.stand_in else None
    if viewer.employee.pk not in (appraiser.employee_id, stand_in_id):
        raise NotAllowed(
            _("Hanya pejabat penilai %(name)s, yaitu %(appraiser)s, yang dapat melakukan ini.")
            % {"name": employee.name, "appraiser": appraiser.employee.name}
        )


def may_keep(viewer: Viewer | None) -> bool:
    """Whether the viewer keeps the registry: the personnel agency."""
    return bool(viewer and viewer.has(Role.PERSONNEL))


def require_keeper_of(viewer: Viewer | None, agency_id: int) -> None:
    """Only the personnel agency of this government."""
    require_agency(viewer, agency_id)
    if not may_keep(viewer):
        raise NotAllowed(_("Hanya pengelola kepegawaian yang dapat mengubah data ini."))
