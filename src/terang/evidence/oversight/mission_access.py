"""Who may know what of a mission: its team everything, others nothing that tells a unit until it is open."""

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext

from terang.evidence.oversight.access import require_inspector
from terang.evidence.oversight.models import Mission, MissionState
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotAllowed

KNOWS_OF = (Role.OVERSIGHT, Role.AUDITOR)
"""Who sees that a sealed mission exists: its state and the digest of its list, no more."""


def is_member(viewer: Viewer | None, mission: Mission) -> bool:
    """Whether the viewer is of the team. One query, none where the members were fetched."""
    return bool(viewer) and any(viewer.employee.pk == each.pk for each in mission.members.all())  # type: ignore[union-attr]


def with_progress(missions: QuerySet[Mission]) -> QuerySet[Mission]:
    """With `chosen` units and the `visited` ones of them."""
    return missions.annotate(
        chosen=Count("listed", filter=Q(listed__chosen=True), distinct=True),
        visited=Count("inspections", distinct=True),
    )


def open_on(viewer: Viewer) -> Q:
    """Of missions `with_progress`: those that hide nothing any more."""
    done = Q(state=MissionState.DRAWN) & (Q(last_day__lt=viewer.today) | Q(chosen=F("visited")))
    return Q(state=MissionState.CANCELLED) | done


def is_open(viewer: Viewer, mission: Mission) -> bool:
    """Whether everybody of the government may read it; the mission is one `with_progress`."""
    if mission.state == MissionState.CANCELLED:
        return True
    all_visited = mission.chosen == mission.visited  # type: ignore[attr-defined]
    return mission.state == MissionState.DRAWN and (mission.last_day < viewer.today or all_visited)


def require_reader(viewer: Viewer | None, mission: Mission) -> bool:
    """True where the viewer reads all of it, False where only the seal. Raises NotAllowed for everybody else."""
    viewer = require_viewer(viewer)
    if viewer.agency_id == mission.agency_id:
        if is_member(viewer, mission) or is_open(viewer, mission):
            return True
        if viewer.has(*KNOWS_OF):
            return False
    raise NotAllowed(gettext("Misi ini rahasia timnya sampai kunjungan terakhir, lalu terbuka bagi semua."))


def require_member(viewer: Viewer | None, mission: Mission) -> Viewer:
    """Only an overseer of the team. Raises NotAllowed."""
    viewer = require_inspector(viewer)
    if viewer.agency_id != mission.agency_id or not is_member(viewer, mission):
        raise NotAllowed(gettext("Misi ini hanya diurus oleh timnya."))
    return viewer


def overseers(viewer: Viewer) -> QuerySet[Employee]:
    """Who may be of a team: the oversight team today, by name. One query."""
    held = in_force(viewer.today, "role_grants__starts_on", "role_grants__ends_on")
    return (
        Employee.objects.filter(held, agency_id=viewer.agency_id, role_grants__role=Role.OVERSIGHT, user__isnull=False)
        .distinct()
        .order_by("name")
    )
