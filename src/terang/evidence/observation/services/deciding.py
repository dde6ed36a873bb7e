"""The observed person asks for another observer before it counts; who plans decides; what is withdrawn counts no
more."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from terang.evidence.observation.access import require_decider, require_observed
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.services.moving import locked, move
from terang.evidence.observation.services.planning import Planned, make_again
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
    if known := Observation.objects.filter(form_key=form_key, replaces=observation).first():
        return known
    with transaction.atomic():
        current = locked(observation, "renew", version)
        current.state, current.reason = ObservationState.WITHDRAWN, current.contest_reason
        move(current, "renewed", viewer, "state", "reason")
        return make_again(viewer, current, planned, form_key)


def withdraw_observation(*, actor: Viewer | None, observation: Observation, reason: str, version: int) -> Observation:
    """Who plans and did not observe takes it out, with the reason: it counts no more, and the score says so. Raises
    NotAllowed, NotNow, Stale."""
    viewer = require_decider(actor, observation)
    with transaction.atomic():
        current = locked(observation, "withdraw", version)
        current.state, current.reason = ObservationState.WITHDRAWN, reason.strip()
        move(current, "withdrawn", viewer, "state", "reason")
    return current
