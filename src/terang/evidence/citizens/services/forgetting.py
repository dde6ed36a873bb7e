"""Forgetting the applicant: by the terms of the government after the end, or at once when they ask for it.

What stays is a request without a person: service, times, officer.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from terang.audit.alone import alone
from terang.audit.services import record
from terang.custody.services.destroying import destroy_files
from terang.evidence.citizens.access import require_manager
from terang.evidence.citizens.models import (
    Applicant,
    ApplicantTerms,
    RequestFile,
    RequestKey,
    RequestPause,
    RequestReopening,
    ServiceRequest,
)
from terang.evidence.citizens.services.handling import locked
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.states import require_move
from terang.evidence.citizens.terms import terms_on
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

AT_ONCE = 200
"""Applicants forgotten in one turn; the next hour goes on."""


def kept_days(agency_id: int, day: date) -> int:
    """For how many days after the end the person of a request is kept. One query."""
    return terms_on(agency_id, day).keep_days


@transaction.atomic
def set_terms(
    *, actor: Viewer, keep_days: int, supply_days: int, reopen_days: int, basis: str, valid_from: date
) -> ApplicantTerms:
    """From a day on; past days stay as they were. Only a service manager of the whole government."""
    viewer = require_manager_of_all(actor)
    if valid_from < viewer.today:
        raise ValidationError({"valid_from": gettext("Paling cepat berlaku hari ini.")})
    terms = ApplicantTerms.objects.create(
        agency_id=viewer.agency_id,
        keep_days=keep_days,
        supply_days=supply_days,
        reopen_days=reopen_days,
        basis=basis,
        valid_from=valid_from,
    )
    days = {"keep_days": keep_days, "supply_days": supply_days, "reopen_days": reopen_days}
    changes = {**days, "valid_from": valid_from.isoformat()}
    record("citizens.applicant_terms_set", actor=viewer.user, obj=terms, agency_id=viewer.agency_id, changes=changes)
    return terms


def manages_agency(viewer: Viewer) -> bool:
    """Whether the viewer manages the services of the whole government."""
    return any(path.strip("/").count("/") == 0 for path in viewer.paths(Role.SERVICE_MANAGER))


def require_manager_of_all(viewer: Viewer | None) -> Viewer:
    """Only a service manager of the whole government."""
    viewer = require_manager(viewer)
    if not manages_agency(viewer):
        raise NotAllowed(gettext("Ketentuan bagi pemohon ditetapkan pengelola layanan seluruh pemerintah daerah."))
    return viewer


def forget_due() -> int:
    """Forgets every applicant whose time is over, a limited number in one turn; returns how many. Twice is as good as
    once, and one that fails keeps no other."""
    forgotten = 0
    for agency in Agency.objects.all():
        today = local_today(agency)
        last = today - timedelta(days=kept_days(agency.pk, today))
        until = datetime.combine(last, time.min, ZoneInfo(agency.time_zone))
        for request in _over(agency, until)[: AT_ONCE - forgotten]:
            forgotten += bool(alone(_forget_one, request.pk))
    return forgotten


@transaction.atomic
def _forget_one(request_id: int) -> bool:
    found = locked(request_id)
    _forget(found)
    record_request("citizens.applicant_forgotten", found, None)
    return True


def _over(agency: Agency, until: datetime) -> QuerySet[ServiceRequest]:
    """Requests that ended before a moment and still hold something of their applicant, the longest ago first."""
    own = {"request": OuterRef("pk")}
    kept = (Applicant, RequestFile, RequestKey)
    held = reduce(or_, (Q(Exists(model.objects.filter(**own))) for model in kept))
    rows = ServiceRequest.objects.filter(held, service__unit__agency=agency)
    return (
        rows.annotate(over_at=Coalesce("ended_at", "completed_at")).filter(over_at__lt=until).order_by("over_at", "pk")
    )


@transaction.atomic
def forget_me(*, request: ServiceRequest) -> None:
    """The applicant of an ended request asks for it (UU 27/2022 Pasal 8). Their keys open nothing afterwards."""
    found = locked(request.pk)
    require_move("forget", found)
    _forget(found)
    record_request("citizens.applicant_forgotten", found, None)


def _forget(request: ServiceRequest) -> None:
    files: Collection[int] = list(RequestFile.objects.filter(request=request).values_list("file_id", flat=True))
    Applicant.objects.filter(request=request).delete()
    RequestKey.objects.filter(request=request).delete()
    RequestFile.objects.filter(request=request).delete()
    RequestPause.objects.filter(request=request).update(reason="")
    RequestReopening.objects.filter(request=request).update(reason="")
    ServiceRequest.objects.filter(pk=request.pk).update(note="", form_digest=None)
    basis = gettext("Masa simpan data pemohon berakhir atau pemohon memintanya (UU 27/2022).")
    destroy_files(files, agency_id=request.service.unit.agency_id, basis=basis)
