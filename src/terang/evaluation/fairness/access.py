"""Who looks through the lens, and how much of it. Each raises NotAllowed with a reason."""

from dataclasses import dataclass

from django.utils.translation import gettext

from terang.evaluation.appraisals.models import RatingWindow
from terang.evaluation.appraisals.selectors import raters_below
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

NAMED = (Role.PERSONNEL, Role.OVERSIGHT, Role.AUDITOR)
"""Who sees every appraiser by name."""


@dataclass(frozen=True)
class Sight:
    """What a viewer sees of a window: the groups, and appraisers by name (`raters` None: all of them)."""

    groups: bool
    raters: frozenset[int] | None

    def names(self, rater_id: int) -> bool:
        return self.raters is None or rater_id in self.raters


def sight_of(viewer: Viewer, window: RatingWindow) -> Sight:
    """At most three queries. The regional head sees groups, and no names but those of the head's own appraisers."""
    if viewer.agency_id != window.period.agency_id:
        return Sight(groups=False, raters=frozenset())
    if viewer.has(*NAMED):
        return Sight(groups=True, raters=None)
    return Sight(groups=viewer.has(Role.REGIONAL_HEAD), raters=raters_below(viewer, window))


def require_lens(viewer: Viewer | None, window: RatingWindow) -> tuple[Viewer, Sight]:
    """Who keeps or oversees evaluations, and superiors for the appraisers right below them."""
    viewer = require_viewer(viewer)
    require_agency(viewer, window.period.agency_id)
    sight = sight_of(viewer, window)
    if not sight.groups and not sight.raters:
        raise NotAllowed(
            gettext("Lensa keadilan dibuka oleh pengelola kepegawaian, pengawas, auditor, dan atasan para penilai.")
        )
    return viewer, sight


def require_mirror(viewer: Viewer | None, window: RatingWindow, rater_id: int) -> Viewer:
    """An appraiser's own mirror, and who sees the appraiser by name in the lens."""
    viewer = require_viewer(viewer)
    require_agency(viewer, window.period.agency_id)
    if viewer.employee.pk != rater_id and not sight_of(viewer, window).names(rater_id):
        raise NotAllowed(gettext("Cermin ini hanya untuk penilai itu sendiri, atasannya, dan pengelola yang ditunjuk."))
    return viewer
