"""Lending one's access to a program, ending it, and knowing a token again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.interchange.api.scopes import BY_CODE
from terang.interchange.models import Application
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow
from terang.web.secrets import new_token, token_hash

PREFIX = "trg_"
"""What every token begins with, so that scanners for leaked secrets find one."""
START = 10
"""How many first signs are kept."""
LONGEST = timedelta(days=365)
MOST = 20
"""Running applications of one person; more are not looked after any more."""


@dataclass(frozen=True)
class Loan:
    """What somebody lends, as filled in. `scopes` are codes; `last_day` is inclusive."""

    name: str
    purpose: str
    scopes: Sequence[str]
    last_day: date


def may_oversee(viewer: Viewer) -> bool:
    """Whether the viewer looks after everybody's applications: the personnel agency."""
    return viewer.has(Role.PERSONNEL)


def require_lender(viewer: Viewer | None) -> Viewer:
    """Only employees who are there: who has left has nothing to lend. Returns the viewer."""
    viewer = require_viewer(viewer)
    if has_left(viewer.employee, viewer.today):
        raise NotAllowed(gettext("Pegawai yang sudah keluar tidak dapat meminjamkan akses."))
    return viewer


def has_left(employee: Employee, today: date) -> bool:
    return employee.left_on is not None and employee.left_on <= today


def applications_of(viewer: Viewer) -> QuerySet[Application]:
    """The viewer's own, latest first. One query."""
    return _told().filter(lender=viewer.employee)


def all_applications(viewer: Viewer | None) -> QuerySet[Application]:
    """Those of everybody in the viewer's government, latest first; only for the personnel agency. One query."""
    viewer = require_viewer(viewer)
    if not may_oversee(viewer):
        raise NotAllowed(gettext("Daftar aplikasi semua pegawai hanya untuk pengelola kepegawaian."))
    return _told().filter(agency_id=viewer.agency_id)


def _told() -> QuerySet[Application]:
    return Application.objects.select_related("lender__user", "revoked_by")


def lend(*, actor: Viewer | None, loan: Loan, form_key: uuid.UUID) -> tuple[Application, str]:
    """A new application and its token; the token is kept nowhere, and empty when the same form is sent again.

    Raises NotAllowed for who is no employee any more, ValidationError by field, NotNow where there are too many.
    """
    viewer = require_lender(actor)
    if earlier := Application.objects.filter(form_key=form_key, lender=viewer.employee).first():
        return earlier, ""
    _require_fitting(loan, viewer.today)
    token = f"{PREFIX}{new_token()}"
    with transaction.atomic():
        Employee.objects.select_for_update(no_key=True).get(pk=viewer.employee.pk)
        running = applications_of(viewer).filter(revoked_at=None, last_day__gte=viewer.today)
        if running.count() >= MOST:
            raise NotNow(gettext("Aplikasi Anda sudah %(n)s. Cabut dahulu yang tidak dipakai lagi.") % {"n": MOST})
        made = Application.objects.create(
            agency_id=viewer.agency_id,
            lender=viewer.employee,
            name=loan.name.strip(),
            purpose=loan.purpose.strip(),
            scopes=[code for code in BY_CODE if code in loan.scopes],
            token_hash=token_hash(token),
            start=token[:START],
            last_day=loan.last_day,
            lent_at=timezone.now(),
            form_key=form_key,
        )
        _record(viewer, "lent", made, changes={"program": made.label, "scopes": made.scopes, "until": made.last_day})
    return made, token


def _require_fitting(loan: Loan, today: date) -> None:
    faults: dict[str, str] = {}
    if not loan.scopes or set(loan.scopes) - BY_CODE.keys():
        faults["scopes"] = gettext("Pilih paling sedikit satu cakupan dari daftar.")
    if not today <= loan.last_day <= today + LONGEST:
        faults["last_day"] = gettext("Pilih hari mulai hari ini, paling lama satu tahun lagi.")
    if faults:
        raise ValidationError(faults)


def revoke(*, actor: Viewer | None, application_id: int, reason: str) -> Application:
    """Ends it for good, by its lender or the personnel agency. A second click changes nothing.

    Raises Http404, NotAllowed for anybody else, NotNow without a reason.
    """
    viewer = require_viewer(actor)
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self",)).select_related("lender")
        held = get_object_or_404(rows, pk=application_id)
        _require_ender(viewer, held)
        if not reason.strip():
            raise NotNow(gettext("Tuliskan alasan pencabutan."))
        if held.revoked_at:
            return held
        held.revoked_at, held.revoked_by, held.revoke_reason = timezone.now(), viewer.employee, reason.strip()[:200]
        held.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        _record(viewer, "revoked", held, changes={"program": held.label}, reason=held.revoke_reason)
    return held


def _require_ender(viewer: Viewer, application: Application) -> None:
    own = application.lender_id == viewer.employee.pk
    if not own and not (may_oversee(viewer) and application.agency_id == viewer.agency_id):
        raise NotAllowed(gettext("Aplikasi ini dipinjami akses oleh orang lain."))


def application_of(token: str) -> Application | None:
    """The application behind a token, also one that ended; None where it is unknown. One query."""
    rows = Application.objects.select_related("lender__user", "lender__agency")
    return rows.filter(token_hash=token_hash(token)).first() if token else None


def why_ended(application: Application, today: date) -> str:
    """Why a token opens nothing any more; empty while it does. No query."""
    if application.revoked_at:
        return gettext("Token ini sudah dicabut.")
    if application.has_ended(today):
        return gettext("Masa berlaku token ini sudah habis.")
    user = application.lender.user
    if has_left(application.lender, today) or user is None or not user.is_active:
        return gettext("Pegawai yang meminjamkan akses ini sudah tidak aktif.")
    return ""


def note_use(application: Application, today: date) -> None:
    """The day it was used last. One query on the first request of a day, none afterwards."""
    if application.last_used_on != today:
        Application.objects.filter(pk=application.pk).update(last_used_on=today)


def _record(viewer: Viewer, verb: str, obj: Application, **more: object) -> None:
    told = {"actor": viewer.user, "obj": obj, "agency_id": obj.agency_id, "subject_employee_id": obj.lender_id, **more}
    record(f"interchange.application_{verb}", **told)  # type: ignore[arg-type]
