"""What a service manager writes: services, versions of their standard, pledges. What was published stays as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from string import ascii_uppercase
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.citizens.access import require_manager
from terang.evidence.citizens.models import Requirement, Service, ServicePledge, ServiceStandard, StandardStep
from terang.evidence.citizens.working_time import WORKING_DAY_MINUTES, nominal_minutes, working_time
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.web.errors import Stale


@dataclass(frozen=True)
class RequirementText:
    """A requirement as written."""

    name: str
    detail: str = ""
    obligatory: bool = True
    attachable: bool = True


@dataclass(frozen=True)
class StepText:
    """A step as written; `minutes` are working minutes."""

    name: str
    who: str
    minutes: int


def add_service(
    *, actor: Viewer, unit: Unit, code: str, name: str, queue_letter: str = "", monthly_norm: int | None = None
) -> Service:
    """A service without a standard yet: it is listed once its first version is published. Without a letter for its
    queue numbers it gets the first that its unit does not use."""
    viewer = require_manager(actor, unit)
    if Service.objects.filter(unit=unit, code__iexact=code).exists():
        raise ValidationError({"code": gettext("Kode ini sudah dipakai layanan lain di unit ini.")})
    with transaction.atomic():
        service = Service.objects.create(
            unit=unit,
            code=code,
            name=name,
            queue_letter=queue_letter or free_letter(unit),
            monthly_norm=monthly_norm,
            standard_minutes=0,
            active=False,
        )
        _record("citizens.service_added", service, service.unit, viewer, service_name=name)
    return service


def free_letter(unit: Unit) -> str:
    """The first letter no service of a unit heads its queue numbers with; A again once all are used. One query."""
    used = set(Service.objects.filter(unit=unit).values_list("queue_letter", flat=True))
    return next((letter for letter in ascii_uppercase if letter not in used), "A")


def change_service(
    *,
    actor: Viewer,
    service: Service,
    name: str,
    monthly_norm: int | None,
    active: bool,
    version: int,
    queue_letter: str = "",
) -> Service:
    """Name, letter of the queue numbers given from now on (kept where missing), norm, and whether it is offered.

    Raises Stale after somebody else's change, ValidationError for opening one without a standard.
    """
    viewer = require_manager(actor, service.unit)
    with transaction.atomic():
        found = Service.objects.select_for_update().get(pk=service.pk)
        if found.version != version:
            raise Stale(gettext("Layanan ini baru saja diubah orang lain. Muat ulang, lalu ulangi perubahan Anda."))
        if active and not found.standards.exists():
            raise ValidationError({"active": gettext("Terbitkan standar pelayanannya lebih dahulu.")})
        changes = {"service_name": [found.name, name], "active": [found.active, active]}
        found.name, found.monthly_norm, found.active, found.version = name, monthly_norm, active, version + 1
        found.queue_letter = queue_letter or found.queue_letter
        found.save(update_fields=["name", "queue_letter", "monthly_norm", "active", "version"])
        _record("citizens.service_changed", found, service.unit, viewer, **changes)
    return found


def publish_standard(
    *,
    actor: Viewer | None,
    service: Service,
    based_on: int,
    values: Mapping[str, Any],
    requirements: Sequence[RequirementText],
    steps: Sequence[StepText],
    only_check: bool = False,
) -> ServiceStandard | None:
    """The next version of a standard, in force from its day; the one before ends there. Raises Stale where the version
    it was written from (`based_on`, 0 for none) is not the latest any more, ValidationError for what does not fit.

    A version begins today or later, and after the one before: what was promised in the past stays promised. The first
    one may begin earlier. `actor` missing: the system itself (demo, import). `only_check` writes nothing and gives
    nothing back.
    """
    if actor is not None:
        require_manager(actor, service.unit)
    with transaction.atomic():
        service = Service.objects.select_for_update(of=("self",)).select_related("unit__agency").get(pk=service.pk)
        latest = service.standards.order_by("-number").first()
        if (latest.number if latest else 0) != based_on:
            raise Stale(gettext("Versi baru standar ini sudah diterbitkan orang lain. Muat ulang, lalu bandingkan."))
        _check(values, requirements, steps, latest, local_today(service.unit.agency))
        if only_check:
            return None
        standard = _write(service, latest, values, requirements, steps, actor)
        refresh(service, local_today(service.unit.agency))
        _record(
            "citizens.standard_published", service, service.unit, actor, number=standard.number, decree=standard.decree
        )
    return standard


def _check(
    values: Mapping[str, Any],
    requirements: Sequence[RequirementText],
    steps: Sequence[StepText],
    latest: ServiceStandard | None,
    today: date,
) -> None:
    start: date = values["valid_from"]
    if latest is not None and (start <= latest.valid_from or start < today):
        raise ValidationError(
            {"valid_from": gettext("Mulai berlaku paling cepat hari ini, dan sesudah versi sebelumnya.")}
        )
    least = values.get("limit_least")
    if values["limit"] < 1 or (least is not None and not 0 < least < values["limit"]):
        raise ValidationError({"limit": gettext("Jangka waktu paling lama harus lebih dari yang tercepat.")})
    names = [each.name.casefold() for each in requirements]
    if len(set(names)) != len(names):
        raise ValidationError(gettext("Ada persyaratan yang tertulis dua kali."))
    _check_steps(steps, values["limit"], values["limit_unit"])


def _check_steps(steps: Sequence[StepText], limit: int, unit: str) -> None:
    """The steps must come to the limit. Of calendar days nobody knows how many are worked: there they may not exceed
    it."""
    total = sum(step.minutes for step in steps)
    if not steps:
        return
    if unit == "hari":
        if total > limit * WORKING_DAY_MINUTES:
            raise ValidationError(gettext("Waktu semua langkah melebihi jangka waktu."))
    elif total != nominal_minutes(limit, unit):
        told = {"steps": working_time(total), "limit": working_time(nominal_minutes(limit, unit))}
        raise ValidationError(
            gettext("Waktu semua langkah berjumlah %(steps)s, padahal jangka waktunya %(limit)s.") % told
        )


def _write(
    service: Service,
    latest: ServiceStandard | None,
    values: Mapping[str, Any],
    requirements: Sequence[RequirementText],
    steps: Sequence[StepText],
    actor: Viewer | None,
) -> ServiceStandard:
    if latest is not None:
        latest.valid_to = values["valid_from"]
        latest.save(update_fields=["valid_to"])
    standard = ServiceStandard.objects.create(
        service=service,
        number=latest.number + 1 if latest else 1,
        published_by=actor.employee if actor else None,
        **values,
    )
    Requirement.objects.bulk_create(
        [
            Requirement(standard=standard, number=number, **_as_fields(each))
            for number, each in enumerate(requirements, 1)
        ]
    )
    StandardStep.objects.bulk_create(
        [StandardStep(standard=standard, number=number, **_as_fields(each)) for number, each in enumerate(steps, 1)]
    )
    return standard


def _as_fields(text: RequirementText | StepText) -> dict[str, Any]:
    return {field.name: getattr(text, field.name) for field in fields(text)}


def refresh(service: Service, today: date) -> None:
    """Puts the time of the version in force on the service itself, for lists and norms."""
    standard = service.standards.filter(valid_from__lte=today).order_by("-valid_from").first()
    if standard is None:
        return
    minutes = nominal_minutes(standard.limit, standard.limit_unit)
    first = service.standards.count() == 1 and not service.active and service.standard_minutes == 0
    if minutes != service.standard_minutes or first:
        service.standard_minutes, service.active = minutes, service.active or first
        service.save(update_fields=["standard_minutes", "active"])


def publish_pledge(
    *, actor: Viewer | None, unit: Unit, text: str, signer: str, signer_title: str, place: str, day: date
) -> ServicePledge:
    """The pledge of a unit from its day on; the ones before stay readable."""
    if actor is not None:
        require_manager(actor, unit)
    if ServicePledge.objects.filter(unit=unit, day__gte=day).exists():
        raise ValidationError({"day": gettext("Tanggalnya harus sesudah maklumat sebelumnya.")})
    with transaction.atomic():
        pledge = ServicePledge.objects.create(
            unit=unit,
            text=text,
            signer=signer,
            signer_title=signer_title,
            place=place,
            day=day,
            published_by=actor.employee if actor else None,
        )
        _record("citizens.pledge_published", pledge, unit, actor)
    return pledge


def _record(verb: str, obj: Any, unit: Unit, actor: Viewer | None, **changes: Any) -> None:
    record(
        verb,
        actor=actor.user if actor else None,
        obj=obj,
        agency_id=unit.agency_id,
        unit_id=unit.pk,
        changes=changes,
    )
