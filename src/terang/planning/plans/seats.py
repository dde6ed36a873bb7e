"""How a viewer sits at the table of a plan: the person, the one who answers, or a reader."""

from dataclasses import dataclass

from django.utils.translation import gettext

from terang.planning.plans.access import answer_is_late, speaks_for
from terang.planning.plans.models import OPEN, PlanVersion, VersionState
from terang.registry.people.access import require_agency, require_sight_of, require_viewer
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.selectors import appraiser_of, superior_of_appraiser
from terang.registry.people.viewer import Viewer
from terang.web.numbers import longdate


@dataclass(frozen=True)
class Seat:
    """`answers`: may agree, discuss and reword today; `instead`: as the appraiser's superior, because the answer is
    late. `superior` is only asked for while a plan waits for an answer."""

    version: PlanVersion
    own: bool
    answers: bool
    instead: bool
    late: bool
    appraiser: Appraiser | None
    superior: Appraiser | None

    @property
    def talks(self) -> bool:
        """Whether the viewer is one of the two and the plan is still talked about."""
        return (self.own or self.answers) and self.version.state in OPEN

    @property
    def decides(self) -> bool:
        """Whether the viewer's answer is awaited."""
        return self.answers and self.version.state == VersionState.SUBMITTED

    @property
    def words(self) -> bool:
        """Whether the viewer may reword as leader."""
        return self.answers and self.version.state in (VersionState.SUBMITTED, VersionState.DISCUSSED)

    @property
    def owner(self) -> str:
        """Who has the next word, in a sentence."""
        version, names = self.version, self._names()
        if version.state == VersionState.DRAFT:
            return gettext("%(person)s sedang menulis.") % names
        if version.state == VersionState.DISCUSSED:
            return gettext("Menunggu %(person)s menanggapi, lalu mengajukan lagi.") % names
        if version.state == VersionState.SUBMITTED:
            if self.late and self.superior:
                return gettext("Menunggu jawaban %(appraiser)s, atau %(superior)s sebagai atasannya.") % names
            return gettext("Menunggu jawaban %(appraiser)s.") % names
        if version.state == VersionState.AGREED:
            return self._agreed()
        return gettext("Perubahan ini dibatalkan; yang berlaku versi sebelumnya.")

    def _agreed(self) -> str:
        version = self.version
        if version.agreed_by is None:
            return gettext("Disepakati.")
        told = {"who": version.agreed_by.name, "day": longdate(version.agreed_at)}
        if version.instead:
            return gettext("Disepakati %(day)s oleh %(who)s, atasan penilai.") % told
        return gettext("Disepakati %(day)s dengan %(who)s.") % told

    def _names(self) -> dict[str, str]:
        return {
            "person": self.version.plan.employee.name,
            "appraiser": self.appraiser.employee.name if self.appraiser else gettext("pejabat penilai"),
            "superior": self.superior.employee.name if self.superior else "",
        }


def seat_of(viewer: Viewer | None, version: PlanVersion) -> Seat:
    """The seat of a viewer, who may read the plan. At most 17 queries.

    Raises NotAllowed for who is neither of the two, nor answers, nor may see the person's performance.
    """
    asker, employee = require_viewer(viewer), version.plan.employee
    require_agency(asker, employee.agency_id)
    appraiser = appraiser_of(employee.pk, asker.today)
    waits, late = version.state == VersionState.SUBMITTED, answer_is_late(version, asker)
    superior = superior_of_appraiser(employee.pk, asker.today) if waits else None
    first = speaks_for(asker, appraiser)
    instead = late and not first and asker.employee.pk != employee.pk and speaks_for(asker, superior)
    answers = first or instead
    if not answers:
        require_sight_of(asker, employee)
    return Seat(
        version=version,
        own=asker.employee.pk == employee.pk,
        answers=answers,
        instead=instead,
        late=late,
        appraiser=appraiser,
        superior=superior,
    )
