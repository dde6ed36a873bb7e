"""Signing the yearly agreement (Perjanjian Kinerja, PermenPANRB 53/2014): what is signed is frozen.

Targets may change afterwards; then they deviate from what was signed until the change is signed too, with its reason.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.planning.goals.access import require_signer
from terang.planning.goals.models import Agreement, AgreementItem, AgreementState, ChangeCause
from terang.planning.goals.promises import Draft, draft_of, items_of
from terang.planning.goals.services.writing import require_reason
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


@transaction.atomic
def sign_agreement(
    *,
    actor: Viewer,
    unit: Unit,
    year: int,
    on: date,
    document: str,
    seen: str,
    cause: str = "",
    reason: str = "",
) -> Agreement:
    """Enters the signing of the draft whose digest was `seen`; a later one needs its cause and reason.

    Giver and taker are the heads of the unit and above it on the day of signing. Raises Stale where a target changed
    since the page was drawn, or somebody else was quicker; NotNow where there is nothing to sign.
    """
    require_signer(actor, unit)
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    draft = draft_of(unit, year, actor.today, signing_on=on)
    if draft.digest != seen:
        raise Stale(_("Target atau perjanjian ini berubah sejak Anda membukanya. Muat ulang, lalu periksa lagi."))
    if on > actor.today:
        raise ValidationError({"on": _("Tanggal tanda tangan belum tiba.")})
    if draft.signed:
        _check_change(draft, on, cause)
        reason = require_reason(reason)
    return _signed(draft, on, document, actor, cause if draft.signed else "", reason if draft.signed else "")


@transaction.atomic
def record_signing(
    *, unit: Unit, year: int, on: date, document: str = "", cause: str = "", reason: str = ""
) -> Agreement:
    """As `sign_agreement`, by the system, of agreements signed elsewhere: an import, the demo."""
    return _signed(draft_of(unit, year, on), on, document, None, cause, reason)


def _check_change(draft: Draft, on: date, cause: str) -> None:
    if not draft.deviations and not draft.other_officials:
        raise NotNow(_("Tidak ada target atau pejabat yang berubah sejak perjanjian ini ditandatangani."))
    if cause not in ChangeCause.values:
        raise ValidationError({"cause": _("Pilih sebab perubahan.")})
    if draft.signed and on < draft.signed.signed_on:
        raise ValidationError({"on": _("Tanggal ini sebelum perjanjian yang diubah ditandatangani.")})


def _signed(draft: Draft, on: date, document: str, actor: Viewer | None, cause: str, reason: str) -> Agreement:
    giver, taker, before = draft.parties.giver, draft.parties.taker, draft.signed
    if giver is None:
        raise NotNow(_("Belum ada pimpinan unit pada tanggal itu, maka belum ada yang menandatangani."))
    if not draft.to_sign:
        raise NotNow(_("Belum ada indikator dengan target tahun ini. Isi targetnya dahulu."))
    if before:
        Agreement.objects.filter(pk=before.pk).update(state=AgreementState.REPLACED)
    agreement = Agreement.objects.create(
        unit=draft.unit,
        year=draft.year,
        number=before.number + 1 if before else 1,
        cause=cause,
        reason=reason,
        giver=giver.employee,
        giver_title=giver.title,
        taker=taker.employee if taker else None,
        taker_title=taker.title if taker else "",
        signed_on=on,
        document=document.strip(),
    )
    items = items_of(draft.to_sign)
    for item in items:
        item.agreement = agreement
    AgreementItem.objects.bulk_create(items)
    _tell(agreement, items, actor)
    return agreement


def _tell(agreement: Agreement, items: list[AgreementItem], actor: Viewer | None) -> None:
    record(
        "goals.agreement_signed",
        actor=actor.user if actor else None,
        obj=agreement,
        agency_id=agreement.unit.agency_id,
        unit_id=agreement.unit_id,
        changes={
            "year": agreement.year,
            "number": agreement.number,
            "signed_on": agreement.signed_on.isoformat(),
            "targets": {str(item.indicator_id): item.target_milli for item in items},
        },
        reason=agreement.reason,
    )
