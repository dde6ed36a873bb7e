"""What the verbs of this room share: the held rows, and their journal entry."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from terang.audit.services import record
from terang.evaluation.calibration.models import CalibrationSession, Placement, Proposal
from terang.evaluation.calibration.states import require_running, require_unsettled, require_version
from terang.evaluation.states import require_open
from terang.registry.people.viewer import Viewer


def held_session(session: CalibrationSession) -> CalibrationSession:
    """The session, locked while it runs: everything in it happens one after another. Raises NotNow."""
    rows = CalibrationSession.objects.select_for_update(of=("self",)).select_related("window__period", "unit")
    current = rows.get(pk=session.pk)
    require_running(current)
    require_open(current.window.period)
    return current


def held_placement(placement: Placement, version: int) -> Placement:
    """A person's place in a running session, as the page showed it. Raises NotNow and Stale."""
    session = held_session(placement.session)
    current = Placement.objects.select_related("appraisal").get(pk=placement.pk)
    require_version(current, version)
    current.session = session
    return current


def held_proposal(proposal: Proposal, version: int) -> Proposal:
    """An unsettled proposal in a running session, as the page showed it. Raises NotNow and Stale."""
    session = held_session(proposal.placement.session)
    current = Proposal.objects.select_related("placement__appraisal").get(pk=proposal.pk)
    require_unsettled(current)
    require_version(current, version)
    current.placement.session = session
    return current


def tell(
    verb: str,
    session: CalibrationSession,
    obj: models.Model,
    viewer: Viewer,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """The journal names session and unit of the leader, never who is compared: what a person was given is told when it
    is handed over."""
    record(
        f"calibration.{verb}",
        actor=viewer.user,
        obj=obj,
        agency_id=viewer.agency_id,
        unit_id=session.unit_id,
        changes={"period": session.window.period.name, "session": session.pk, **(changes or {})},
    )
