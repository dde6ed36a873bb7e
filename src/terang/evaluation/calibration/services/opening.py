"""Opening a session: what is compared stands still from then on, and who is in it never changes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evaluation.appraisals.aligning import hold
from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.calibration.access import require_opener
from terang.evaluation.calibration.models import CalibrationSession, Participant, Placement
from terang.evaluation.calibration.scope import Scope, scope_of
from terang.evaluation.calibration.services.recording import tell
from terang.evaluation.states import require_open
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Wanted:
    """What a session is to be: the unit whose raters meet, a family of posts (empty: all), until when raters answer."""

    unit: Unit
    family: str
    answers_until: date


def open_session(
    *, actor: Viewer | None, window: RatingWindow, wanted: Wanted, seen: str, form_key: UUID
) -> CalibrationSession:
    """Opens a session over everybody the page showed (`scope.Scope.seen`). The same form sent twice opens one.

    Raises NotAllowed, NotNow where there is nobody to compare, Stale where the people are others by now,
    ValidationError for a day that leaves raters no time.
    """
    viewer = require_opener(actor, wanted.unit)
    require_agency(viewer, window.period.agency_id)
    require_open(window.period)
    if wanted.answers_until <= viewer.today:
        raise ValidationError({"answers_until": gettext("Beri penilai waktu sampai besok sekurang-kurangnya.")})
    with transaction.atomic():
        if known := CalibrationSession.objects.filter(form_key=form_key, leader=viewer.employee).first():
            return known
        scope = scope_of(viewer, window, wanted.unit, wanted.family)
        if scope.why_not:
            raise NotNow(scope.why_not)
        rows = _held(scope, seen)
        session = CalibrationSession.objects.create(
            window=window,
            unit=wanted.unit,
            family=wanted.family,
            leader=viewer.employee,
            answers_until=wanted.answers_until,
            opened_at=timezone.now(),
            form_key=form_key,
        )
        _seat(session, viewer, scope)
        Placement.objects.bulk_create(_placed(session, each) for each in rows)
        tell("opened", session, session, viewer, {"people_number": len(rows), "raters": len(scope.raters)})
    return session


def _held(scope: Scope, seen: str) -> list[Appraisal]:
    rows = hold([each.pk for each in scope.appraisals]) if scope.seen == seen else []
    if len(rows) != len(scope.appraisals):
        raise Stale(gettext("Penilaian di unit ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
    return rows


def _seat(session: CalibrationSession, viewer: Viewer, scope: Scope) -> None:
    Participant.objects.create(session=session, employee=viewer.employee, leads=True)
    Participant.objects.bulk_create(Participant(session=session, employee=each) for each in scope.raters)


def _placed(session: CalibrationSession, appraisal: Appraisal) -> Placement:
    return Placement(
        session=session,
        appraisal=appraisal,
        before_work=appraisal.work_result,
        before_behaviour=appraisal.behaviour,
        before_predicate=appraisal.predicate,
        work_result=appraisal.work_result,
        behaviour=appraisal.behaviour,
        predicate=appraisal.predicate,
    )
