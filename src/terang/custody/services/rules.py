"""The personnel agency sets how look-alikes are asked about, and how long files are kept; each from a day on."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.custody.models import CustodyTerms, RetentionRule, StoredFile, UseKind
from terang.registry.people.access import require_keeper_of
from terang.registry.people.viewer import Viewer

MOST_DAYS, MOST_YEARS = 60, 100


@transaction.atomic
def set_terms(*, actor: Viewer, valid_from: date, answer_days: int, asks_same_day: bool, basis: str) -> CustodyTerms:
    """New terms from a day on; a question that is open keeps its day. Raises ValidationError."""
    require_keeper_of(actor, actor.agency_id)
    _require_day(actor, valid_from, CustodyTerms.objects.filter(agency_id=actor.agency_id))
    if not 1 <= answer_days <= MOST_DAYS:
        raise ValidationError({"answer_days": gettext("Isi 1 sampai %(most)s hari kerja.") % {"most": MOST_DAYS}})
    said = {"valid_from": valid_from, "answer_days": answer_days, "asks_same_day": asks_same_day}
    terms = CustodyTerms.objects.create(agency_id=actor.agency_id, basis=basis.strip(), **said)
    _record("custody.terms_set", actor, terms, said, terms.basis)
    return terms


@transaction.atomic
def set_retention(
    *, actor: Viewer, kind: UseKind | str, years: int | None, valid_from: date, basis: str
) -> RetentionRule:
    """How many years files of a kind are kept, from a day on; None: for ever. Raises ValidationError."""
    require_keeper_of(actor, actor.agency_id)
    _require_day(actor, valid_from, RetentionRule.objects.filter(agency_id=actor.agency_id, kind=kind))
    if years is not None and not 1 <= years <= MOST_YEARS:
        raise ValidationError({"years": gettext("Isi 1 sampai %(most)s tahun.") % {"most": MOST_YEARS}})
    if not basis.strip():
        raise ValidationError({"basis": gettext("Sebutkan dasar hukumnya: pemusnahan arsip memerlukan dasar.")})
    said = {"kind": str(kind), "years": years, "valid_from": valid_from}
    rule = RetentionRule.objects.create(agency_id=actor.agency_id, basis=basis.strip(), **said)
    StoredFile.objects.filter(agency_id=actor.agency_id, destroyed_on=None).update(look_again_on=None)
    _record("custody.retention_set", actor, rule, said, rule.basis)
    return rule


def _require_day(actor: Viewer, valid_from: date, rows: models.QuerySet[Any]) -> None:
    """Nothing is set for days that have passed, and one day has one rule."""
    if valid_from < actor.today:
        raise ValidationError({"valid_from": gettext("Ketentuan baru berlaku paling cepat hari ini.")})
    if rows.filter(valid_from=valid_from).exists():
        raise ValidationError({"valid_from": gettext("Pada tanggal ini sudah ada ketentuan. Pilih tanggal lain.")})


def _record(verb: str, actor: Viewer, obj: models.Model, changes: dict[str, Any], basis: str) -> None:
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in changes.items()}
    record(verb, actor=actor.user, obj=obj, agency_id=actor.agency_id, changes=told, reason=basis)
