"""Templates: a plan to begin with, made from an agreed one, given as a draft to whoever holds a post."""

import uuid
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.planning.plans.models import (
    Plan,
    PlanTemplate,
    PlanVersion,
    TemplateRun,
    VersionState,
    new_key,
)
from terang.planning.plans.personal import impersonal_document
from terang.planning.plans.placement import shaped_for
from terang.planning.plans.services.locking import tell
from terang.planning.plans.services.writing import begin_version
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_keeper_of
from terang.registry.people.models import Employee, Post
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlanDocument, as_json, from_json
from terang.web.errors import NotNow, Stale


def make_template(
    *, actor: Viewer, version: PlanVersion, name: str, kind: str, category: str, title: str
) -> PlanTemplate:
    """A template of an agreed plan, for a kind of post, a family of posts or a title. What belongs to one person (who
    assigned it, leader's row, matrix cell, special expectations, study leave) is left out.

    Raises NotNow for a version that is not agreed, ValidationError for a name that is taken.
    """
    require_keeper_of(actor, version.plan.employee.agency_id)
    if version.state != VersionState.AGREED:
        raise NotNow(gettext("Templat dibuat dari rencana yang sudah disepakati."))
    name = name.strip()
    if PlanTemplate.objects.filter(agency_id=actor.agency_id, name=name).exists():
        raise ValidationError({"name": gettext("Nama ini sudah dipakai templat lain.")})
    with transaction.atomic():
        template = PlanTemplate.objects.create(
            agency_id=actor.agency_id,
            name=name,
            kind=kind,
            category=category.strip(),
            title=title.strip(),
            document=as_json(impersonal_document(from_json(version.document))),
        )
        _told("template_made", actor, template)
    return template


def with_new_keys(document: PlanDocument) -> PlanDocument:
    """The document with rows that are nobody's yet."""
    rows = (
        replace(each, key=new_key(), indicators=tuple(replace(i, key=new_key()) for i in each.indicators))
        for each in document.results
    )
    return replace(document, results=tuple(rows))


def retire_template(*, actor: Viewer, template: PlanTemplate, seen: int) -> PlanTemplate:
    """The template is no longer offered; plans begun with it stay. Raises NotNow where it is retired already."""
    require_keeper_of(actor, template.agency_id)
    with transaction.atomic():
        current = PlanTemplate.objects.select_for_update().get(pk=template.pk)
        if current.version != seen:
            raise Stale(gettext("Templat ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
        if current.retired_on:
            raise NotNow(gettext("Templat ini sudah tidak dipakai."))
        current.retired_on, current.version = actor.today, current.version + 1
        current.save(update_fields=["retired_on", "version"])
        _told("template_retired", actor, current)
    return current


def start_run(
    *, actor: Viewer, template: PlanTemplate, unit: Unit, post_title: str, form_key: uuid.UUID
) -> TemplateRun:
    """Has the worker give the template to everybody in a unit and below it, or only to those on posts with this title.
    The same form twice is one run."""
    require_keeper_of(actor, template.agency_id)
    if unit.agency_id != actor.agency_id:
        raise ValidationError({"unit": gettext("Unit ini milik pemerintah daerah lain.")})
    if template.retired_on:
        raise NotNow(gettext("Templat ini sudah tidak dipakai."))
    with transaction.atomic():
        run, made = TemplateRun.objects.get_or_create(
            form_key=form_key,
            defaults={
                "template": template,
                "unit": unit,
                "post_title": post_title.strip(),
                "asked_by": actor.employee,
                "asked_at": timezone.now(),
                "day": actor.today,
            },
        )
        if made:
            _told("template_given", actor, template, unit=unit.name, post=run.post_title)
    return run


def give_draft(
    *,
    actor: Viewer | None,
    employee: Employee,
    post: Post,
    period: tuple[date, date],
    document: PlanDocument,
    origin: str,
) -> Plan | None:
    """Begins a plan for somebody as a draft that the person goes on with; `origin` says where its words come from. None
    where the person has a plan for the time already: nothing of anybody's own is written over."""
    start, end = period
    document = shaped_for(document, post)
    with transaction.atomic():
        Employee.objects.select_for_update().get(pk=employee.pk)
        if Plan.objects.filter(employee=employee, period_start__lt=end, period_end__gt=start).exists():
            return None
        plan = Plan.objects.create(employee=employee, post=post, unit=post.unit, period_start=start, period_end=end)
        version = begin_version(plan, with_new_keys(document), actor)
        tell(version, "plan_given", actor, {"origin": origin})
    return plan


def _told(verb: str, actor: Viewer, template: PlanTemplate, **changes: str) -> None:
    told = {"name": template.name, **changes}
    record(f"plans.{verb}", actor=actor.user, obj=template, agency_id=template.agency_id, changes=told)
