"""A coordinator keeps what may be reported, and the government's own terms."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.complaints.access import require_coordinator
from terang.evidence.complaints.models import ComplaintCategory, ComplaintTerms
from terang.evidence.complaints.terms import OWN_TERMS
from terang.registry.people.viewer import Viewer
from terang.rules.complaints.deadlines import local_terms, national_terms
from terang.rules.errors import RuleInputError
from terang.web.sentences import said


@transaction.atomic
def set_category(*, actor: Viewer, category: ComplaintCategory, values: dict[str, Any]) -> ComplaintCategory:
    """Adds a category or changes one; its code never changes, for other systems know it by that. Raises
    ValidationError for a code that is taken."""
    require_coordinator(actor)
    code = category.code or values["code"]
    taken = ComplaintCategory.objects.filter(agency_id=actor.agency_id, code=code).exclude(pk=category.pk)
    if taken.exists():
        raise ValidationError({"code": gettext("Kode ini sudah dipakai kategori lain.")})
    for name, value in values.items():
        setattr(category, name, value)
    category.agency_id, category.code = actor.agency_id, code
    category.save()
    told = {"code": code, "active": category.active, "kind": str(category.usual_class)}
    record("complaints.category_set", actor=actor.user, obj=category, agency_id=actor.agency_id, changes=told)
    return category


@transaction.atomic
def set_terms(*, actor: Viewer, valid_from: date, values: dict[str, Any]) -> ComplaintTerms:
    """New terms from a day on; due days given before stay. Raises ValidationError for a day that has passed or is
    taken, and for a term that is worse for citizens than the national one."""
    require_coordinator(actor)
    if valid_from < actor.today:
        raise ValidationError({"valid_from": gettext("Ketentuan baru berlaku paling cepat hari ini.")})
    if ComplaintTerms.objects.filter(agency_id=actor.agency_id, valid_from=valid_from).exists():
        raise ValidationError({"valid_from": gettext("Pada tanggal ini sudah ada ketentuan. Pilih tanggal lain.")})
    national = national_terms(valid_from)
    for name in OWN_TERMS:
        try:
            local_terms(national, {name: values.get(name)})
        except RuleInputError as refused:
            raise ValidationError({name: f"{said(refused.message)} {said(refused.hint)}"}) from None
    terms = ComplaintTerms.objects.create(agency_id=actor.agency_id, valid_from=valid_from, **values)
    told = {"valid_from": valid_from.isoformat(), **{name: values.get(name) for name in OWN_TERMS if values.get(name)}}
    record(
        "complaints.terms_set", actor=actor.user, obj=terms, agency_id=actor.agency_id, changes=told, reason=terms.basis
    )
    return terms
