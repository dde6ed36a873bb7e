"""Who opens, leads and sits in a session, and who may be the second to decide. Each raises NotAllowed with a reason."""

from datetime import date

from django.utils.translation import gettext

from terang.evaluation.calibration.models import CalibrationSession, Proposal
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow
from terang.web.numbers import longdate


def may_open(viewer: Viewer) -> bool:
    """Whether the viewer leads a unit. No query."""
    return viewer.is_head


def require_head(viewer: Viewer | None) -> Viewer:
    """Only who leads a unit opens a session of the raters below it."""
    viewer = require_viewer(viewer)
    if not may_open(viewer):
        raise NotAllowed(gettext("Sesi penyelarasan dibuka oleh pimpinan unit di atas para penilai."))
    return viewer


def require_opener(viewer: Viewer | None, unit: Unit) -> Viewer:
    """Only who leads this unit."""
    require_agency(viewer, unit.agency_id)
    viewer = require_head(viewer)
    if unit.pk not in viewer.headed_unit_ids:
        raise NotAllowed(gettext("Sesi penyelarasan dibuka oleh pimpinan unit di atas para penilai."))
    return viewer


def leads(viewer: Viewer, session: CalibrationSession) -> bool:
    """Whether the viewer leads the session: who opened it, or who leads the unit today. No query."""
    return viewer.employee.pk == session.leader_id or session.unit_id in viewer.headed_unit_ids


def may_sit(viewer: Viewer, session: CalibrationSession) -> bool:
    """Whether the viewer reads the papers of the session: who sits in it and whoever leads the unit by now, never one
    of the people it is about. At most two queries."""
    if session.participants.filter(employee=viewer.employee).exists():
        return True
    judged = session.placements.filter(appraisal__employee=viewer.employee)
    return session.unit_id in viewer.headed_unit_ids and not judged.exists()


def require_seat(viewer: Viewer | None, session: CalibrationSession) -> Viewer:
    """Only the people in the session."""
    require_agency(viewer, session.unit.agency_id)
    viewer = require_viewer(viewer)
    if not may_sit(viewer, session):
        raise NotAllowed(gettext("Berkas sesi ini hanya untuk pemimpinnya dan para penilai di dalamnya."))
    return viewer


def require_leader(viewer: Viewer | None, session: CalibrationSession) -> Viewer:
    """Only who leads the session."""
    viewer = require_seat(viewer, session)
    if not leads(viewer, session):
        raise NotAllowed(gettext("Sesi ini ditutup, dibatalkan, dan diputus oleh pemimpinnya."))
    return viewer


def require_rater(viewer: Viewer | None, proposal: Proposal) -> Viewer:
    """Only the rater of the person, where somebody else proposed."""
    viewer = require_seat(viewer, proposal.placement.session)
    if viewer.employee.pk != proposal.placement.appraisal.rater_id or viewer.employee.pk == proposal.proposed_by_id:
        raise NotAllowed(gettext("Keberatan atas usulan ini hanya dapat ditulis penilainya."))
    return viewer


def require_proposer(viewer: Viewer | None, proposal: Proposal) -> Viewer:
    """Only who proposed takes it back."""
    viewer = require_seat(viewer, proposal.placement.session)
    if viewer.employee.pk != proposal.proposed_by_id:
        raise NotAllowed(gettext("Usulan hanya dapat ditarik oleh yang mengajukannya."))
    return viewer


def is_heard(proposal: Proposal, today: date) -> bool:
    """Whether the rater proposed it, spoke against it, or let the days for an answer go by."""
    placement = proposal.placement
    own = proposal.proposed_by_id == placement.appraisal.rater_id
    return own or bool(proposal.rater_word) or today > placement.session.answers_until


def why_not_confirm(viewer: Viewer, proposal: Proposal) -> str:
    """Why the viewer, who sits in the session, may not be the second to decide; empty where they may.

    Two decide, and the rater is one of them, or was heard and the leader is one of them:
    the rater proposed → the leader; somebody else proposed → the rater; the rater objected or was silent → the leader,
    or, where the leader proposed, anybody else but the rater. No query.
    """
    session, rater_id = proposal.placement.session, proposal.placement.appraisal.rater_id
    own, leading = viewer.employee.pk == rater_id, leads(viewer, session)
    if viewer.employee.pk == proposal.proposed_by_id:
        return gettext("Usulan Anda diputus orang kedua.")
    if own:
        return ""
    if not is_heard(proposal, viewer.today):
        told = gettext("Penilainya didengar dahulu: ia menyetujui atau menulis keberatan, sampai %(day)s.")
        return told % {"day": longdate(session.answers_until)}
    if leading or proposal.proposed_by_id == session.leader_id:
        return ""
    return gettext("Usulan ini diputus oleh pemimpin sesi.")


def require_second(viewer: Viewer | None, proposal: Proposal) -> Viewer:
    """Only who may be the second to decide. Raises NotNow while the rater still has days to answer."""
    viewer = require_seat(viewer, proposal.placement.session)
    why = why_not_confirm(viewer, proposal)
    if why and viewer.employee.pk != proposal.proposed_by_id and not is_heard(proposal, viewer.today):
        raise NotNow(why)
    if why:
        raise NotAllowed(why)
    return viewer


def may_decline(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the viewer settles that it is not followed: the leader, about a proposal of somebody else. No query."""
    return leads(viewer, proposal.placement.session) and viewer.employee.pk != proposal.proposed_by_id


def require_decliner(viewer: Viewer | None, proposal: Proposal) -> Viewer:
    viewer = require_leader(viewer, proposal.placement.session)
    if not may_decline(viewer, proposal):
        raise NotAllowed(gettext("Usulan Anda sendiri dapat Anda tarik."))
    return viewer
