"""Who may write, see and decide entries. Each raises NotAllowed with a reason."""

from collections.abc import Iterable

from django.utils.translation import gettext

from terang.evidence.work.models import Entry
from terang.evidence.work.unanswered import may_answer_instead
from terang.planning.plans.models import PlanResult
from terang.registry.people.access import require_appraiser_of, require_self, require_sight_of, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_author(viewer: Viewer | None, entry: Entry) -> None:
    """Only the person whose entry it is."""
    require_self(viewer, entry.employee)


def require_own_result(viewer: Viewer, result: PlanResult) -> None:
    """Only results of one's own plan."""
    if result.plan.employee_id != viewer.employee.pk:
        raise NotAllowed(gettext("Hasil kerja ini bukan bagian dari rencana Anda."))


def require_sight(viewer: Viewer | None, entry: Entry) -> None:
    """Only who may see the person's performance, and who may answer instead of a silent appraiser."""
    if not (viewer and may_answer_instead(viewer, entry)):
        require_sight_of(viewer, entry.employee)


def require_decider(viewer: Viewer | None, entry: Entry) -> None:
    """Only the person's appraiser today, or the Plh. who stands in; the appraiser's superior once the appraiser was
    silent for long."""
    if not (viewer and may_answer_instead(viewer, entry)):
        require_appraiser_of(viewer, entry.employee)


def may_decide(viewer: Viewer, entry: Entry) -> bool:
    """As `require_decider`, without a reason."""
    try:
        require_decider(viewer, entry)
    except NotAllowed:
        return False
    return True


def require_decider_of_all(viewer: Viewer | None, entries: Iterable[Entry]) -> None:
    """As `require_decider` for many entries, with a constant number of queries."""
    viewer = require_viewer(viewer)
    own = set(direct_report_ids(viewer.employee, viewer.today))
    if any(entry.employee_id not in own for entry in entries):
        raise NotAllowed(gettext("Ada kegiatan dari pegawai yang bukan bawahan langsung Anda. Muat ulang antrean."))


def may_have_original(viewer: Viewer, entry: Entry) -> bool:
    """Whether the viewer gets a photo as it was taken: its owner, and who examines evidence by appointment."""
    return viewer.employee.pk == entry.employee_id or viewer.has(Role.OVERSIGHT, Role.AUDITOR)
