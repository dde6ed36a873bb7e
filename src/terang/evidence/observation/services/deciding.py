"""The observed person asks for another observer before it counts; who plans decides; what is withdrawn counts no
more."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from terang.evidence.observation.access import require_decider, require_observed
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.observers import kind_of
from terang.evidence.observation.services.moving import hold, locked, move
from terang.evidence.observation.services.planning import Planned, make_again, require_replacement
from terang.evidence.observation.states import has_begun
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def contest_observation(*, actor: Viewer | None, observation: Observation, reason: str, version: int) -> Observation:
    """The observed person does not agree and asks for another observer: until it is decided nothing counts. Once: what
    another observer saw is no longer contested here. Raises NotAllowed, NotNow, Stale."""
    viewer = require_observed(actor, observation)
    with transaction.atomic():
        current = locked(observation, "contest", version)
        if not may_contest(current, viewer):
            raise NotNow(gettext("Pengamat lain hanya dapat diminta satu kali, dan sampai hari terakhirnya."))
        current.state, current.contest_reason = ObservationState.CONTESTED, reason.strip()
        move(current, "contested", viewer, "state", "contest_reason")
    return current


def may_contest(observation: Observation, viewer: Viewer) -> bool:
    """Whether another observer may still be asked for: in time, and not where this is the other observer already."""
    in_time = observation.contest_due_on is not None and viewer.today <= observation.contest_due_on
    return in_time and observation.replaces_id is None and observation.state == ObservationState.TOLD


def uncontest_observation(*, actor: Viewer | None, observation: Observation, version: int) -> Observation:
    """The observed person takes it back. Raises NotAllowed, NotNow, Stale."""
    viewer = require_observed(actor, observation)
    with transaction.atomic():
        current = locked(observation, "uncontest", version)
        current.state = ObservationState.TOLD
        move(current, "uncontested", viewer, "state")
    return current


def renew_observation(
    *, actor: Viewer | None, observation: Observation, planned: Planned, form_key: UUID, version: int
) -> Observation:
    """The contested one is withdrawn and another is planned with another observer; gives the new one. The same form
    sent twice does it once. Raises NotAllowed for its observers, ValidationError, NotNow, Stale."""
    viewer = require_decider(actor, observation)
    with transaction.atomic():
        hold(observation)
        if known := Observation.objects.filter(form_key=form_key, replaces=observation).first():
            return known
        current = locked(observation, "renew", version)
        current.state, current.reason = ObservationState.WITHDRAWN, current.contest_reason
        move(current, "renewed", viewer, "state", "reason")
        return make_again(viewer, current, planned, form_key)


def replace_observer(
    *, actor: Viewer | None, observation: Observation, number: int, observer: Employee, version: int
) -> Observation:
    """Who plans and did not observe gives an open sheet to somebody else, as where an observer has left; what was begun
    on it goes. A sheet that was given stays. Raises NotAllowed, ValidationError, NotNow, Stale."""
    viewer = require_decider(actor, observation)
    with transaction.atomic():
        current = locked(observation, "replace", version)
        sheet = next((each for each in current.sheets.all() if each.number == number and not each.given_at), None)
        if sheet is None:
            raise NotNow(gettext("Lembar itu sudah diserahkan."))
        require_replacement(current, observer, viewer.today)
        sheet.marks.all().delete()
        sheet.observer, sheet.saved_at = observer, None
        sheet.kind = kind_of(observer, current.employee, viewer.today)
        sheet.save(update_fields=["observer", "kind", "saved_at"])
        move(current, "observer_replaced", viewer)
    return current


def withdraw_observation(*, actor: Viewer | None, observation: Observation, reason: str, version: int) -> Observation:
    """Who plans and did not observe takes it out, with the reason: it counts no more, and the score says so. One that
    can go no further, because who must mark or tell has left, ends so too; before the first sheet it is called off
    instead. Raises NotAllowed, NotNow, Stale."""
    viewer = require_decider(actor, observation)
    with transaction.atomic():
        current = locked(observation, "withdraw", version)
        if not has_begun(current):
            raise NotNow(gettext("Belum ada lembar yang diserahkan. Batalkan saja observasi ini."))
        current.state, current.reason = ObservationState.WITHDRAWN, reason.strip()
        move(current, "withdrawn", viewer, "state", "reason")
    return current
