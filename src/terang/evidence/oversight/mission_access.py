"""Who may know what of a mission: its team everything, others nothing that tells a unit until it is open."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext

from terang.evidence.oversight.access import may_inspect, require_inspector
from terang.evidence.oversight.models import Mission, MissionState
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotAllowed

KNOWS_OF = (Role.OVERSIGHT, Role.AUDITOR)
"""Who sees that a sealed mission exists: its state and the digest of its list, no more."""

SEALED = (MissionState.FROZEN, MissionState.DRAWN)
"""States in which a list stands that cannot change any more; it opens by itself after the last day."""


def shows_list(viewer: Viewer, mission: Mission) -> bool:
    """Whether the frozen text with its salt is shown to who reads the mission: nobody sees it before the draw, not even
    the team, for with it the lots could be known beforehand."""
    return bool(mission.list_text) and (bool(mission.beacon) or is_open(viewer, mission))


def is_member(viewer: Viewer | None, mission: Mission) -> bool:
    """Whether the viewer is of the team and still an overseer. One query, none where the members were fetched."""
    if viewer is None or not may_inspect(viewer):
        return False
    return any(viewer.employee.pk == each.pk for each in mission.members.all())


def own_missions(viewer: Viewer) -> Q:
    """Of missions: those whose team the viewer is of today (`is_member`)."""
    return Q(pk__in=viewer.employee.missions.values("pk")) if may_inspect(viewer) else Q(pk__in=())


def with_progress(missions: QuerySet[Mission]) -> QuerySet[Mission]:
    """With `chosen` units and the `visited` ones of them."""
    return missions.annotate(
        chosen=Count("listed", filter=Q(listed__chosen=True), distinct=True),
        visited=Count("inspections", distinct=True),
    )


def open_on(viewer: Viewer) -> Q:
    """Of missions `with_progress`: those that hide nothing any more. A frozen one that was never drawn opens too."""
    over = Q(state__in=SEALED, last_day__lt=viewer.today)
    return Q(state=MissionState.CANCELLED) | over | Q(state=MissionState.DRAWN, chosen=F("visited"))


def is_open(viewer: Viewer, mission: Mission) -> bool:
    """Whether everybody of the government may read it; the mission is one `with_progress`."""
    return is_open_on(viewer.today, mission)


def is_open_on(today: date, mission: Mission) -> bool:
    """As `is_open`, on a day."""
    if mission.state == MissionState.CANCELLED or (mission.state in SEALED and mission.last_day < today):
        return True
    return mission.state == MissionState.DRAWN and mission.chosen == mission.visited  # type: ignore[attr-defined]


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
